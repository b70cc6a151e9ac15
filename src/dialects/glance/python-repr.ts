/** Formats a JSON value as Python does: `None`, `True`, `'text'`, `['a']`, `{'a': 1}`. */
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
  const { indent, allowance, width, level } = place;
  const flat = pythonRepr(sorted(value));
  const room = width - indent - allowance;
  if (flat.length <= room) return flat;
  if (Array.isArray(value)) {
    const items = value.map((item, index) =>
      pretty(item, {
        indent: indent + 1,
        allowance: index === value.length - 1 ? allowance + 1 : 1,
        width,
        level: level + 1,
      }),
    );
    return `[${items.join(`,\n${' '.repeat(indent + 1)}`)}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = sortedEntries(value);
    const items = entries.map(([key, item], index) => {
      const name = `${pythonRepr(key)}: `;
      const last = index === entries.length - 1;
      return (
        name +
        pretty(item, {
          indent: indent + 1 + name.length,
          allowance: last ? allowance + 1 : 1,
          width,
          level: level + 1,
        })
      );
    });
    return `{${items.join(`,\n${' '.repeat(indent + 1)}`)}}`;
  }
  return typeof value === 'string' ? prettyText(value, place) : flat;
}

/** Formats a long text as adjacent literals, one a line; in brackets at the outermost level. */
function prettyText(text: string, place: Place): string {
  const { width, level } = place;
  const indent = level === 1 ? place.indent + 1 : place.indent;
  const allowance = level === 1 ? place.allowance + 1 : place.allowance;
  const lines = text.match(/.*?(?:\n|$)/gs)?.filter((line) => line !== '') ?? [];
  const chunks: string[] = [];
  const max = width - indent;
  lines.forEach((line, at) => {
    const isLastLine = at === lines.length - 1;
    if (reprString(line).length <= max - (isLastLine ? allowance : 0)) {
      chunks.push(reprString(line));
      return;
    }
    const words = line.match(/\S*\s*/g)?.filter((word) => word !== '') ?? [];
    let current = '';
    words.forEach((word, index) => {
      const candidate = current + word;
      const limit = max - (isLastLine && index === words.length - 1 ? allowance : 0);
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

/** Sorts the keys of all objects in a value, as `pprint` does even on one line. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(sortedEntries(value).map(([key, item]) => [key, sorted(item)]));
}
