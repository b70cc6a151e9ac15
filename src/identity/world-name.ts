/** A login name that ends with the name of a world, in its two parts. */
export interface NameInWorld {
  readonly name: string;
  readonly world: string;
}

/** Splits `demo@t17` at the last `@`; `undefined` if there is none, or nothing before or after it. */
export function splitName(text: string): NameInWorld | undefined {
  const at = text.lastIndexOf('@');
  if (at <= 0 || at === text.length - 1) return undefined;
  return { name: text.slice(0, at), world: text.slice(at + 1) };
}

/** Removes `@world` from the end of a name, if it names that world. */
export function nameWithin(text: string, world: string): string {
  const split = splitName(text);
  return split?.world === world ? split.name : text;
}
