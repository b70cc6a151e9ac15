/** How deeply JSON texts nest lists and objects, and how many values they have. */

/** Thrown for a value that is nested more deeply than a service can process. */
export class NestingError extends Error {
  /** The number of levels that the service can process. */
  readonly maxLevels: number;

  constructor(maxLevels: number) {
    super(`more than ${maxLevels} levels of lists and objects`);
    this.name = 'NestingError';
    this.maxLevels = maxLevels;
  }
}

/** How many values a large text may have, so that processing it does not keep others waiting. */
export const MAX_VALUES = 50_000;
/** Shorter texts may have any number of values, in bytes. */
const SMALL = 128 * 1024;

const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LEFT_BRACKET = 0x5b;
const RIGHT_BRACKET = 0x5d;
const LEFT_BRACE = 0x7b;
const RIGHT_BRACE = 0x7d;

/** Returns the index of the bracket that opens more than `maxLevels` levels; -1 if there is none. Strings are skipped. */
function findExcess(text: Uint8Array, maxLevels: number): number {
  let level = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === LEFT_BRACKET || byte === LEFT_BRACE) {
      level += 1;
      if (level > maxLevels) return at;
    } else if (byte === RIGHT_BRACKET || byte === RIGHT_BRACE) level -= 1;
    else if (byte === QUOTE) at = endOfString(text, at);
  }
  return -1;
}

/** Returns whether a value is nested more deeply than `maxLevels` levels, such as one that contains itself. */
export function isDeeperThan(value: unknown, maxLevels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (maxLevels === 0) return true;
  for (const name in value) {
    if (isDeeperThan((value as Readonly<Record<string, unknown>>)[name], maxLevels - 1)) return true;
  }
  return false;
}

/** Returns the index of the quote that ends a string, or the length of the text. */
function endOfString(text: Uint8Array, start: number): number {
  let quote = text.indexOf(QUOTE, start + 1);
  while (quote !== -1 && isEscaped(text, quote)) quote = text.indexOf(QUOTE, quote + 1);
  return quote === -1 ? text.length : quote;
}

/** Whether an odd number of backslashes stands before an index. */
function isEscaped(text: Uint8Array, index: number): boolean {
  let at = index - 1;
  while (text[at] === BACKSLASH) at -= 1;
  return (index - at) % 2 === 0;
}

/** Returns whether a large JSON text has more than `MAX_VALUES` values. */
export function hasTooManyValues(text: Uint8Array): boolean {
  if (text.length <= SMALL) return false;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (byte === QUOTE) at = endOfString(text, at);
    else if (byte === COMMA || byte === LEFT_BRACKET || byte === LEFT_BRACE) {
      values += 1;
      if (values > MAX_VALUES) return true;
    }
  }
  return false;
}

/**
 * Rejects a JSON text that is nested too deeply. A text that is malformed before it gets there is left to its parser.
 * @throws NestingError
 */
export function assertShallow(text: Buffer, maxLevels: number): void {
  if (text.length <= maxLevels) return;
  const excess = findExcess(text, maxLevels);
  if (excess !== -1 && isStartOfJson(text.toString('utf8', 0, excess))) throw new NestingError(maxLevels);
}

/** Whether a text can be continued to JSON: its parser only complains about its end. */
function isStartOfJson(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    const position = /at position (\d+)/.exec((error as Error).message)?.[1];
    return position === undefined ? /end of JSON/.test((error as Error).message) : Number(position) >= text.length;
  }
}
