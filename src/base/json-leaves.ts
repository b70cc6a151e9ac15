import { isObject } from './json.ts';
import { escapePointer } from './json-pointer.ts';

/** Returns an object or list in JSON; `undefined` for other texts. */
export function jsonOf(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The parts of a JSON value that have no parts themselves, as JSON, by JSON pointer. */
export function* leavesOf(value: unknown, pointer = ''): Iterable<readonly [pointer: string, text: string]> {
  const parts = Array.isArray(value) || isObject(value) ? Object.entries(value) : [];
  if (parts.length === 0) yield [pointer, JSON.stringify(value)];
  for (const [name, part] of parts) yield* leavesOf(part, `${pointer}/${escapePointer(name)}`);
}
