import { ExactNumber, holdsExact, registerExact, registerHolder } from '../../base/exact-numbers.ts';

/** Parses JSON and keeps the numbers whose digits JavaScript's numbers lose, and those that Python knows and JSON does not. */

/** Starts of texts that stand for numbers, and of texts that start with the first character of that. */
const MARK = '\u0000number ';
const ESCAPED = '\u0000\u0000';
const NUL = '\\u0000';

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** What numbers are made of. */
const NUMBER_PART = /[-+.\deE]+/y;
/** Numbers that Python reads and JSON does not have. */
const PYTHON_NUMBER = /-?Infinity|NaN/y;

/** What follows a string that is the name of a member. */
const COLON = /\s*:/y;

/** Returns whether a number has to be kept as it is written: a float without a fraction, or an integer beyond 53 bits. */
export function isInexact(literal: string): boolean {
  const value = Number(literal);
  if (/[.eE]/.test(literal)) return Number.isInteger(value);
  return !Number.isSafeInteger(value);
}

/** Parses JSON with `NaN` and `Infinity`, and keeps exact numbers. @throws SyntaxError */
export const parseWithNumbers = (text: string): unknown => revived(JSON.parse(markNumbers(text)), undefined, '');

/** Replaces the numbers that JavaScript cannot hold by texts, in time that grows with the length alone. */
function markNumbers(text: string): string {
  let marked = '';
  let copied = 0;
  for (let at = 0; at < text.length; ) {
    const start = at;
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (startsNumber(code)) at = endOfNumber(text, at);
    else at += 1;
    const replacement = at === start + 1 ? undefined : markOf(text, start, at);
    if (replacement === undefined) continue;
    marked += text.slice(copied, start) + replacement;
    copied = at;
  }
  return marked + text.slice(copied);
}

/** Whether a character is a digit, a minus, or starts `NaN` or `Infinity`. */
const startsNumber = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x4e || code === 0x49;

/** Returns the index after the quote that ends a string. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code === 0x5c) at += 1;
  }
  return text.length;
}

function endOfNumber(text: string, start: number): number {
  PYTHON_NUMBER.lastIndex = start;
  if (PYTHON_NUMBER.test(text)) return PYTHON_NUMBER.lastIndex;
  NUMBER_PART.lastIndex = start;
  return NUMBER_PART.test(text) ? NUMBER_PART.lastIndex : start + 1;
}

/** Returns what takes the place of a string or number of the text, if anything does. */
function markOf(text: string, start: number, end: number): string | undefined {
  if (text.charCodeAt(start) === 0x22) {
    if (!text.startsWith(NUL, start + 1)) return undefined;
    COLON.lastIndex = end;
    return COLON.test(text) ? undefined : `"${NUL}${text.slice(start + 1, end)}`;
  }
  const literal = text.slice(start, end);
  const isKept = NUMBER.test(literal) ? isInexact(literal) : /[NI]/.test(literal);
  return isKept ? `"${NUL}number ${literal}"` : undefined;
}

/** Puts the numbers back in the place of their texts, and registers where exact ones are. */
function revived(value: unknown, container: object | undefined, name: string): unknown {
  if (typeof value === 'string') return value.charCodeAt(0) === 0 ? revivedText(value, container, name) : value;
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Record<string, unknown>;
  for (const each in members) {
    const member = members[each];
    if (typeof member === 'number' || typeof member === 'boolean') continue;
    const made = revived(member, value, each);
    if (made !== member) members[each] = made;
    if (holdsExact(made)) registerHolder(value);
  }
  return value;
}

function revivedText(value: string, container: object | undefined, name: string): unknown {
  if (value.startsWith(ESCAPED)) return value.slice(1);
  if (!value.startsWith(MARK)) return value;
  const literal = value.slice(MARK.length);
  if (container !== undefined && /\d/.test(literal)) registerExact(container, name, new ExactNumber(literal));
  return Number(literal);
}
