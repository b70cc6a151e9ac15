import type { Steps } from './slices.ts';

/** Size of a piece of JSON text, in characters. */
const PIECE = 2 ** 16;
/** How many levels of lists and objects are converted member by member. */
const LEVELS = 3;

/** Converts a JSON value to its text in UTF-8, in pieces that can be sent one after the other. */
export function* toJsonPieces(value: unknown): Steps<readonly Buffer[]> {
  const pieces: Buffer[] = [];
  let text = '';
  for (const part of toJsonParts(value)) {
    text += part;
    if (text.length >= PIECE) {
      pieces.push(Buffer.from(text));
      text = '';
    }
    yield;
  }
  pieces.push(Buffer.from(text));
  return pieces;
}

/** Returns the JSON text of a value in parts. @param levels - how many levels of lists and objects are converted member by member. */
export const toJsonParts = (value: unknown, levels = LEVELS): Iterable<string> => partsOf(value, levels);

/** Returns the parts of a JSON text, each of which is the text of one value below some levels. */
function partsOf(value: unknown, levels: number): Iterable<string> {
  if (typeof value !== 'object' || value === null || levels === 0) return [JSON.stringify(value)];
  return Array.isArray(value) ? listParts(value, levels) : objectParts(value, levels);
}

function* listParts(list: readonly unknown[], levels: number): Iterable<string> {
  let opening = '[';
  for (const item of list) {
    yield opening;
    yield* partsOf(item ?? null, levels - 1);
    opening = ',';
  }
  yield opening === '[' ? '[]' : ']';
}

function* objectParts(object: object, levels: number): Iterable<string> {
  let opening = '{';
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined) continue;
    yield `${opening}${JSON.stringify(name)}:`;
    yield* partsOf(value, levels - 1);
    opening = ',';
  }
  yield opening === '{' ? '{}' : '}';
}
