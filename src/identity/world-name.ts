/** A name that says which world it is of, taken apart. */
export interface NameInWorld {
  readonly name: string;
  readonly world: string;
}

/** `demo@t17`, taken apart at the last `@`; `undefined` for text that has none with something on either side. */
export function splitName(text: string): NameInWorld | undefined {
  const at = text.lastIndexOf('@');
  if (at <= 0 || at === text.length - 1) return undefined;
  return { name: text.slice(0, at), world: text.slice(at + 1) };
}

/** A name without the name of that world at its end. */
export function nameWithin(text: string, world: string): string {
  const split = splitName(text);
  return split?.world === world ? split.name : text;
}
