/** A JSON object from outside whose members have not been checked yet. */
export type Json = Readonly<Record<string, unknown>>;

/** Returns whether a JSON value is an object: neither an array nor `null`. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
