/** Returns whether a value is longer than `max` characters as JSON. Stops counting there, so that large values take no longer. */
export const isLong = (value: unknown, max: number): boolean => spend(value, max) < 0;

/** Subtracts the length of a value from the characters that remain; negative if they do not suffice. */
function spend(value: unknown, left: number): number {
  if (typeof value === 'string') return left - value.length - 2;
  if (typeof value !== 'object' || value === null) return left - String(value).length;
  // Stops before the members, because a value can be nested without end.
  let rest = left - 2;
  if (rest < 0) return rest;
  for (const name in value) {
    rest = spend(
      (value as Readonly<Record<string, unknown>>)[name],
      rest - (Array.isArray(value) ? 1 : name.length + 4),
    );
    if (rest < 0) break;
  }
  return rest;
}

/** Returns the first names of an object. */
export function firstNames(value: object, count: number): readonly string[] {
  const names: string[] = [];
  for (const name in value) {
    if (names.length === count) break;
    names.push(name);
  }
  return names;
}
