/** The search language: words and `field:value` terms, all of which must match. `-` excludes, quotes keep spaces, commas are "or". */
import { FIELDS, type Field } from './fields.ts';

/** A term of a query. */
export interface Term {
  /** `undefined`: any of the usual texts of an entry. */
  readonly field: Field | undefined;
  /** Alternatives, one of which must match. */
  readonly values: readonly string[];
  readonly isExcluded: boolean;
  /** Where the term is in the text. */
  readonly start: number;
  readonly end: number;
}

/** A query that was read. */
export interface Query {
  readonly terms: readonly Term[];
  /** What cannot be understood, in whole sentences. */
  readonly problems: readonly string[];
}

const TOKEN = /-?(?:[\w.]+:)?(?:"[^"]*"?|[^\s"])+/g;
const PARTS = /^(-?)(?:([\w.]+):)?(.*)$/s;

/** Reads a query. Terms with unknown fields are problems, and match as words. */
export function parseQuery(text: string): Query {
  const terms: Term[] = [];
  const problems: string[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [, minus, name, value = ''] = PARTS.exec(match[0]) ?? [];
    const field = name === undefined ? undefined : FIELDS.find((each) => each.name === name);
    if (name !== undefined && field === undefined) problems.push(`There is no field "${name}".`);
    const isWord = name !== undefined && field === undefined;
    const values = splitValues(isWord ? `${name}:${value}` : value);
    if (values.length === 0) continue;
    const problem = field?.problem?.(values);
    if (problem !== undefined) problems.push(problem);
    terms.push({
      field,
      values,
      isExcluded: minus === '-',
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return { terms, problems };
}

/** Splits alternatives at commas outside quotes. */
function splitValues(text: string): readonly string[] {
  const values = text.match(/(?:"[^"]*"?|[^,"])+/g) ?? [];
  return values.map((value) => value.replaceAll('"', '')).filter((value) => value !== '');
}

/** Writes a value so that it is read as one. */
export const quoteValue = (value: string): string => (/[\s",]/.test(value) ? `"${value.replaceAll('"', '')}"` : value);

/** Adds a term to a query, or removes it if it is there. */
export function toggleTerm(text: string, field: string, value: string): string {
  const term = `${field}:${quoteValue(value)}`;
  const parts = tokensOf(text);
  const kept = parts.filter((part) => part !== term);
  return (kept.length < parts.length ? kept : [...parts, term]).join(' ');
}

/** Whether a query has a term. */
export const hasTerm = (text: string, field: string, value: string): boolean =>
  tokensOf(text).includes(`${field}:${quoteValue(value)}`);

const tokensOf = (text: string): readonly string[] => text.match(TOKEN) ?? [];
