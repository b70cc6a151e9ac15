/** Values as Python prints them: error messages of the Python services quote what they found. */

/** A JSON value in Python's words: `None`, `True`, `'text'`, `['a']`, `{'a': 1}`. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'string') return reprString(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return reprNumber(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${reprString(key)}: ${pythonRepr(item)}`)
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
    else if (code < 0x20 || code === 0x7f || (code > 0x7f && code < 0xa1) || code === 0xad) {
      out += `\\x${code.toString(16).padStart(2, '0')}`;
    } else if (code >= 0xd800 && code <= 0xdfff) out += `\\u${code.toString(16)}`;
    else out += character;
  }
  return quote + out + quote;
}

function reprNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  if (!Number.isFinite(value)) return String(value).toLowerCase().replace('infinity', 'inf');
  const [, sign = '', digits = '', exponentText = '0'] = /^(-?)([\d.]+)e([+-]\d+)$/.exec(value.toExponential()) ?? [];
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 16) return String(value);
  return `${sign}${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** A value over several lines where one of `width` does not hold it; keys sorted, long texts split at spaces. */
export function pythonPretty(value: unknown, width: number): string {
  return pretty(value, 0, 0, width, 1);
}

/** @param allowance - characters that must still fit on the last line: closing brackets and the comma. */
function pretty(value: unknown, indent: number, allowance: number, width: number, level: number): string {
  const flat = pythonRepr(sorted(value));
  const room = width - indent - allowance;
  if (flat.length <= room) return flat;
  if (Array.isArray(value)) {
    const items = value.map((item, index) =>
      pretty(item, indent + 1, index === value.length - 1 ? allowance + 1 : 1, width, level + 1),
    );
    return `[${items.join(`,\n${' '.repeat(indent + 1)}`)}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = sortedEntries(value);
    const items = entries.map(([key, item], index) => {
      const name = `${pythonRepr(key)}: `;
      const last = index === entries.length - 1;
      return name + pretty(item, indent + 1 + name.length, last ? allowance + 1 : 1, width, level + 1);
    });
    return `{${items.join(`,\n${' '.repeat(indent + 1)}`)}}`;
  }
  return typeof value === 'string' ? prettyText(value, indent, allowance, width, level) : flat;
}

/** A long text as adjacent literals, one to a line; at the outermost level in brackets. */
function prettyText(text: string, outerIndent: number, outerAllowance: number, width: number, level: number): string {
  const indent = level === 1 ? outerIndent + 1 : outerIndent;
  const allowance = level === 1 ? outerAllowance + 1 : outerAllowance;
  const lines = text.match(/.*?(?:\n|$)/gs)?.filter((line) => line !== '') ?? [];
  const chunks: string[] = [];
  const most = width - indent;
  lines.forEach((line, at) => {
    const isLastLine = at === lines.length - 1;
    if (reprString(line).length <= most - (isLastLine ? allowance : 0)) {
      chunks.push(reprString(line));
      return;
    }
    const words = line.match(/\S*\s*/g)?.filter((word) => word !== '') ?? [];
    let current = '';
    words.forEach((word, index) => {
      const candidate = current + word;
      const limit = most - (isLastLine && index === words.length - 1 ? allowance : 0);
      if (reprString(candidate).length > limit) {
        if (current !== '') chunks.push(reprString(current));
        current = word;
      } else {
        current = candidate;
      }
    });
    if (current !== '') chunks.push(reprString(current));
  });
  if (chunks.length <= 1) return chunks[0] ?? reprString(text);
  const joined = chunks.join(`\n${' '.repeat(indent)}`);
  return level === 1 ? `(${joined})` : joined;
}

const sortedEntries = (value: object): [string, unknown][] =>
  Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** The value with the keys of all its objects in order, as the pretty printer has them even on one line. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(sortedEntries(value).map(([key, item]) => [key, sorted(item)]));
}
