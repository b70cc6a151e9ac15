import { parseInteger } from '../../shared/paging.ts';
import { FAILED, GlanceError } from '../errors.ts';
import { parseIsoTime } from './times.ts';

/** Returns an error with status 400. */
export const badRequest = (message: string): GlanceError => new GlanceError(400, message);

/** How an API reads the values of filters. */
export interface ValueRules {
  /** Parses an integer; `undefined` for any other text. */
  integer(text: string): number | undefined;
  /** Parses a bound of a range, which `integer` accepted. */
  bound(text: string, integer: number): number;
  /** Returns the value with which a number is compared. */
  number(text: string): number | string;
  /** Returns the values that a text filter accepts. */
  texts(text: string): readonly string[];
}

const DIGITS = /^[+-]?\d+$/;

const digits = (text: string): number | undefined => (DIGITS.test(text) ? Number(text) : undefined);

/** Values as Glance reads them now. */
export const GLANCE_VALUES: ValueRules = {
  integer: parseInteger,
  bound(text, integer) {
    const exact = BigInt(text.trim().replaceAll('_', '').replace('+', ''));
    // The database stores sizes as 64-bit integers.
    if (BigInt.asIntN(64, exact) !== exact) throw new GlanceError(500, FAILED);
    return integer;
  },
  // The database converts the text; one that is not a number equals no number.
  number: (text) => (/^\s*[+-]?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN),
  texts(text) {
    const { operator, operand } = splitOperator(text);
    if (operator === 'eq') return [operand];
    if (operator === 'in') return splitList(operand);
    throw badRequest(`Unable to filter by unknown operator '${operator}'.`);
  },
};

/** Values as the older services read them: plain, without operators. */
export const PLAIN_VALUES: ValueRules = {
  integer: digits,
  bound: (_text, integer) => integer,
  number: (text) => digits(text) ?? text,
  texts: (text) => [text],
};

/** Values as the older services read them, with `in:a,"b,c"` for several. */
export const LISTED_VALUES: ValueRules = {
  ...PLAIN_VALUES,
  texts: (text) =>
    text.startsWith('in:')
      ? [...text.slice(3).matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
      : [text],
};

/** Splits `gt:5` into operator and operand; a value without an operator has `eq`. */
export function splitOperator(text: string): { readonly operator: string; readonly operand: string } {
  const colon = text.indexOf(':');
  // A time of day has colons too.
  if (colon === -1 || parseIsoTime(text) !== undefined) return { operator: 'eq', operand: text };
  return { operator: text.slice(0, colon), operand: text.slice(colon + 1) };
}

function splitList(text: string): readonly string[] {
  checkQuotes(text);
  const items: string[] = [];
  for (const match of text.matchAll(/"((?:[^"\\]|\\.)*)"|[^,]+/g)) {
    items.push(match[1] ?? match[0]);
  }
  return items;
}

function checkQuotes(text: string): void {
  let isOpen = false;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] !== '"' || text[index - 1] === '\\') continue;
    const neighbor = isOpen ? text[index + 1] : text[index - 1];
    if (neighbor !== undefined && neighbor !== ',') {
      throw badRequest(
        isOpen
          ? `Invalid filter value ${text}. There is no comma after closing quotation mark.`
          : `Invalid filter value ${text}. There is no comma before opening quotation mark.`,
      );
    }
    isOpen = !isOpen;
  }
  if (isOpen) throw badRequest(`Invalid filter value ${text}. The quote is not closed.`);
}
