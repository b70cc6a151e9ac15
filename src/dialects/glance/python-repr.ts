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
  "'": "\\'",
};

const NAMED: ReadonlySet<string> = new Set(['\\', '\n', '\r', '\t']);

/** Characters that Python does not print: controls, unassigned ones, and all separators but the space. */
const UNPRINTABLE = /\\|(?! )[\p{C}\p{Z}]/gu;
const UNPRINTABLE_OR_QUOTE = /[\\']|(?! )[\p{C}\p{Z}]/gu;

/** Printable ASCII without quotes and backslashes. */
const PLAIN = /^[ !#$%&()*+,\-./0-9:;<=>?@A-Z[\]^_`a-z{|}~]*$/;

/** Whether Python prints a text, and each part of it, as it is, between single quotes. */
export const isPlain = (text: string): boolean => PLAIN.test(text);

/** Formats a text as Python does. */
export function reprString(text: string): string {
  if (isPlain(text)) return `'${text}'`;
  const isQuoted = text.includes("'");
  const quote = isQuoted && !text.includes('"') ? '"' : "'";
  const escaped = text.length <= MAX_SHORT ? escapeShort(text, quote) : undefined;
  if (escaped !== undefined) return quote + escaped + quote;
  if (!OTHER.test(text)) return quote + escapeNamed(text, quote) + quote;
  return quote + text.replace(isQuoted && quote === "'" ? UNPRINTABLE_OR_QUOTE : UNPRINTABLE, escapeCharacter) + quote;
}

/** Characters other than printable ASCII and those with an escape of their own. */
const OTHER = /[^\n\r\t -~]/;

/** Escapes a long text that has only characters with an escape of their own. */
function escapeNamed(text: string, quote: string): string {
  const named = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  return quote === "'" ? named.replaceAll("'", "\\'") : named;
}

/** Up to this length, a loop is faster than a pattern. */
const MAX_SHORT = 100;

/** Escapes a text of ASCII; `undefined` for any other one, and for one with control characters that have no name. */
function escapeShort(text: string, quote: string): string | undefined {
  let escaped = '';
  for (const character of text) {
    if (character === "'" ? quote === "'" : NAMED.has(character)) escaped += ESCAPES[character];
    else if (character < ' ' || character > '~') return undefined;
    else escaped += character;
  }
  return escaped;
}

/** The escape of a character: its own, or its code with 2, 4 or 8 hexadecimal digits. */
function escapeCharacter(character: string): string {
  const known = ESCAPES[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) as number;
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

/** The name of Python's type of a JSON value. */
export const pythonType = (value: unknown): string => {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'str';
  if (value instanceof ExactNumber) return value.isFloat ? 'float' : 'int';
  return Array.isArray(value) ? 'list' : 'dict';
};
