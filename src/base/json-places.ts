import { isObject } from './json.ts';

/** One place in a JSON value: an object or list, and the name or index of the part. */
export interface JsonPlace {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string;
}

/** The step of a path that stands for every element of a list and every member of an object. */
export const ANY_STEP = '*';

const isHolder = (value: unknown): value is JsonPlace['holder'] => Array.isArray(value) || isObject(value);

const keysOf = (holder: JsonPlace['holder'], step: string): readonly string[] =>
  step === ANY_STEP ? Object.keys(holder) : [step];

/**
 * Finds the places in a JSON value that a path leads to. The last step may name a part that does not exist.
 * @param path - the steps of a JSON pointer; `*` stands for every element or member.
 */
export function placesAt(value: unknown, path: readonly string[]): readonly JsonPlace[] {
  let holders = [value].filter(isHolder);
  for (const step of path.slice(0, -1)) {
    holders = holders.flatMap((holder) => partsOf(holder, step)).filter(isHolder);
  }
  const last = path.at(-1);
  if (last === undefined) return [];
  return holders.flatMap((holder) => keysOf(holder, last).map((key) => ({ holder, key })));
}

/** Returns the parts of a JSON value that a path leads to; the value itself for an empty path. */
export function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  let found: readonly unknown[] = [value];
  for (const step of path) found = found.filter(isHolder).flatMap((holder) => partsOf(holder, step));
  return found;
}

const partsOf = (holder: JsonPlace['holder'], step: string): readonly unknown[] =>
  keysOf(holder, step)
    .filter((key) => Object.hasOwn(holder, key))
    .map((key) => (holder as Record<string, unknown>)[key]);
