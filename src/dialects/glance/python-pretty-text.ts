import { isPlain, reprString } from './python-repr.ts';

/** Where a value is printed. */
export interface Place {
  readonly indent: number;
  /** Characters that must still fit on the last line: closing brackets and the comma. */
  readonly allowance: number;
  readonly width: number;
  readonly level: number;
  readonly maxLevels: number;
}

/** Formats a long text as adjacent literals, one a line; in brackets at the outermost level. */
export function prettyText(text: string, place: Place): string {
  const isOutermost = place.level === 1;
  const indent = isOutermost ? place.indent + 1 : place.indent;
  const allowance = isOutermost ? place.allowance + 1 : place.allowance;
  const width = place.width - indent;
  const chunks: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    const lastWidth = end === text.length ? width - allowance : width;
    addChunks(chunks, text.slice(start, end), { width, lastWidth });
    start = end;
  }
  if (chunks.length <= 1) return chunks[0] ?? reprString(text);
  const joined = chunks.join(`\n${' '.repeat(indent)}`);
  return isOutermost ? `(${joined})` : joined;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Codes of the characters after which Python's `splitlines` begins another line. */
const LINE_BREAKS: readonly number[] = [LINE_FEED, CARRIAGE_RETURN, 0x0b, 0x0c, 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029];

/** A pattern finds a character in a long text much sooner than a loop does. */
const LINE_BREAK = new RegExp(`[${String.fromCharCode(...LINE_BREAKS)}]`, 'g');

/** Returns where the line that starts at an index ends, with its line break. */
function lineEnd(text: string, start: number): number {
  LINE_BREAK.lastIndex = start;
  const at = LINE_BREAK.exec(text)?.index;
  if (at === undefined) return text.length;
  return text.charCodeAt(at) === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED ? at + 2 : at + 1;
}

/** Where Python's white space differs from that of JavaScript. */
const BYTE_ORDER_MARK = 0xfeff;
const MORE_SPACES: ReadonlySet<number> = new Set([0x1c, 0x1d, 0x1e, 0x1f, 0x85]);

function isSpace(code: number): boolean {
  if (code > 0x20 && code < 0x7f) return false;
  return MORE_SPACES.has(code) || (code !== BYTE_ORDER_MARK && String.fromCharCode(code).trim() === '');
}

/** Returns where the word that starts at an index ends, with the spaces behind it. */
function wordEnd(line: string, start: number): number {
  let at = start;
  while (at < line.length && !isSpace(line.charCodeAt(at))) at += 1;
  while (at < line.length && isSpace(line.charCodeAt(at))) at += 1;
  return at;
}

/** The maximum width of literals, and of the last one. */
interface Widths {
  readonly width: number;
  readonly lastWidth: number;
}

/** Splits a line of text into literals at spaces. */
function addChunks(chunks: string[], line: string, { width, lastWidth }: Widths): void {
  const whole = reprString(line);
  // A single word is not split, and a long one takes long to format again.
  if (whole.length <= lastWidth || wordEnd(line, 0) === line.length) {
    chunks.push(whole);
    return;
  }
  // Most texts need no escapes, so that their length is known without formatting them.
  const lengthOf = isPlain(line) ? (start: number, end: number) => end - start + 2 : reprLengthIn(line);
  let start = 0;
  let end = 0;
  while (end < line.length) {
    const next = wordEnd(line, end);
    if (lengthOf(start, next) > (next === line.length ? lastWidth : width)) {
      if (end > start) chunks.push(reprString(line.slice(start, end)));
      start = end;
    }
    end = next;
  }
  if (end > start) chunks.push(reprString(line.slice(start, end)));
}

const reprLengthIn =
  (line: string) =>
  (start: number, end: number): number =>
    reprString(line.slice(start, end)).length;
