/** How values of the search language are compared with those of entries. */

const patterns = new Map<string, RegExp>();

/** Whether a text contains a value, in upper or lower case; `*` in the value stands for any text, and the value for the whole text. */
export function matchesText(text: string | undefined, value: string): boolean {
  if (text === undefined) return false;
  if (!value.includes('*')) return text.toLowerCase().includes(value.toLowerCase());
  let pattern = patterns.get(value);
  if (pattern === undefined) {
    const source = value.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
    pattern = new RegExp(`^${source.join('.*')}$`, 'is');
    patterns.set(value, pattern);
  }
  return pattern.test(text);
}

const RANGE = /^(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)$/;
const COMPARED = /^(>=|<=|>|<|=)?(\d+(?:\.\d+)?)$/;
const CLASS = /^([1-9])xx$/i;

/** Whether a number matches `503`, `5xx`, `>=400` or `200..299`. */
export function matchesNumber(number: number, value: string): boolean {
  const [, hundreds] = CLASS.exec(value) ?? [];
  if (hundreds !== undefined) return Math.floor(number / 100) === Number(hundreds);
  const [, from, to] = RANGE.exec(value) ?? [];
  if (from !== undefined) return number >= Number(from) && number <= Number(to);
  const [, operator, limit] = COMPARED.exec(value) ?? [];
  if (limit === undefined) return false;
  return compare(number, operator ?? '=', Number(limit));
}

function compare(number: number, operator: string, limit: number): boolean {
  if (operator === '>') return number > limit;
  if (operator === '>=') return number >= limit;
  if (operator === '<') return number < limit;
  if (operator === '<=') return number <= limit;
  return number === limit;
}

/** What is wrong with the values of a field for numbers. */
export function numberProblem(name: string, values: readonly string[]): string | undefined {
  const other = values.find((value) => !CLASS.test(value) && !RANGE.test(value) && !COMPARED.test(value));
  return other === undefined
    ? undefined
    : `${name}:${other} is no number; write ${name}:503, ${name}:>=400 or ${name}:1..9.`;
}
