import { ExactNumber, exactMember } from '../../base/exact-numbers.ts';

/** Formats a value as Python's `str()` does: a text as it is, all else as `pythonRepr`. */
export const pythonStr = (value: unknown): string => (typeof value === 'string' ? value : pythonRepr(value));

/** Formats a JSON value as Python does: `None`, `True`, `'text'`, `['a']`, `{'a': 1}`. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'string') return reprString(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return reprNumber(value);
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map((_item, index) => pythonRepr(exactMember(value, index))).join(', ')}]`;
  return `{${Object.keys(value)
    .map((key) => `${reprString(key)}: ${pythonRepr(exactMember(value, key))}`)
    .join(', ')}}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (character === quote) out += `\\${quote}`;
    else if (ESCAPES[character] !== undefined) out += ESCAPES[character];
    else out += code > 0x1f && code < 0x7f ? character : printable(character, code);
  }
  return quote + out + quote;
}

/** Characters that Python does not print: controls, unassigned ones, and all separators. */
const UNPRINTABLE = /[\p{C}\p{Z}]/u;

/** A character, or its escape with 2, 4 or 8 hexadecimal digits. */
function printable(character: string, code: number): string {
  if (!UNPRINTABLE.test(character)) return character;
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

function reprNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  if (!Number.isFinite(value)) return String(value).toLowerCase().replace('infinity', 'inf');
  const [, sign = '', digits = '', exponentText = '0'] = /^(-?)([\d.]+)e([+-]\d+)$/.exec(value.toExponential()) ?? [];
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 16) return String(value);
  return `${sign}${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** Formats a value as Python's `pprint`: over several lines if it exceeds `width`, keys sorted, long texts split at spaces. */
export function pythonPretty(value: unknown, width: number): string {
  return pretty(value, { indent: 0, allowance: 0, width, level: 1 });
}

/** Where a value is printed. */
interface Place {
  readonly indent: number;
  /** Characters that must still fit on the last line: closing brackets and the comma. */
  readonly allowance: number;
  readonly width: number;
  readonly level: number;
}

function pretty(value: unknown, place: Place): string {
  const flat = pythonRepr(sorted(value));
  if (flat.length <= place.width - place.indent - place.allowance) return flat;
  if (Array.isArray(value))
    return prettyItems(
      '[]',
      value.map((_item, index) => ['', exactMember(value, index)] as const),
      place,
    );
  if (typeof value === 'object' && value !== null && !(value instanceof ExactNumber)) {
    const items = sortedEntries(value).map(([key, item]) => [`${pythonRepr(key)}: `, item] as const);
    return prettyItems('{}', items, place);
  }
  return typeof value === 'string' ? prettyText(value, place) : flat;
}

/** Formats the items of a list or dictionary, one a line, each after its label. */
function prettyItems(
  brackets: '[]' | '{}',
  items: readonly (readonly [label: string, item: unknown])[],
  { indent, allowance, width, level }: Place,
): string {
  const lines = items.map(([label, item], index) => {
    const isLast = index === items.length - 1;
    return (
      label +
      pretty(item, {
        indent: indent + 1 + label.length,
        allowance: isLast ? allowance + 1 : 1,
        width,
        level: level + 1,
      })
    );
  });
  return brackets[0] + lines.join(`,\n${' '.repeat(indent + 1)}`) + brackets[1];
}

/** Formats a long text as adjacent literals, one a line; in brackets at the outermost level. */
function prettyText(text: string, place: Place): string {
  const isOutermost = place.level === 1;
  const indent = isOutermost ? place.indent + 1 : place.indent;
  const allowance = isOutermost ? place.allowance + 1 : place.allowance;
  const width = place.width - indent;
  const lines = text.match(/.*?(?:\n|$)/gs)?.filter((line) => line !== '') ?? [];
  const chunks = lines.flatMap((line, index) =>
    chunksOf(line, { width, lastWidth: index === lines.length - 1 ? width - allowance : width }),
  );
  if (chunks.length <= 1) return chunks[0] ?? reprString(text);
  const joined = chunks.join(`\n${' '.repeat(indent)}`);
  return isOutermost ? `(${joined})` : joined;
}

/**
 * Splits a line of text into literals at spaces.
 * @param widths.lastWidth - maximum width of the last literal.
 */
function chunksOf(
  line: string,
  { width, lastWidth }: { readonly width: number; readonly lastWidth: number },
): readonly string[] {
  if (reprString(line).length <= lastWidth) return [reprString(line)];
  const words = line.match(/\S*\s*/g)?.filter((word) => word !== '') ?? [];
  const chunks: string[] = [];
  let current = '';
  words.forEach((word, index) => {
    const extended = current + word;
    if (reprString(extended).length <= (index === words.length - 1 ? lastWidth : width)) {
      current = extended;
      return;
    }
    if (current !== '') chunks.push(reprString(current));
    current = word;
  });
  if (current !== '') chunks.push(reprString(current));
  return chunks;
}

const sortedEntries = (value: object): [string, unknown][] =>
  Object.keys(value)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map((key) => [key, exactMember(value, key)]);

/** Sorts the keys of all objects in a value, as `pprint` does even on one line. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((_item, index) => sorted(exactMember(value, index)));
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  return Object.fromEntries(sortedEntries(value).map(([key, item]) => [key, sorted(item)]));
}

/** The name of Python's type of a JSON value. */
export const pythonType = (value: unknown): string => {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'str';
  if (value instanceof ExactNumber) return value.isFloat ? 'float' : 'int';
  return Array.isArray(value) ? 'list' : 'dict';
};
