import { keyOf, type Session, type SessionEntry } from '../session/session.ts';
import { parseQuery, type Term } from './parse.ts';
import { matchesNumber, matchesText } from './values.ts';

/** Whether an entry matches a query. */
export type Predicate = (entry: SessionEntry) => boolean;

/** The keys of entries whose bodies contain the text of a term. */
type Found = ReadonlyMap<Term, readonly ReadonlySet<string>[]>;

/** Compiles a query; asks the session for terms about bodies, which the page does not have. */
export async function compileQuery(text: string, session: Session): Promise<Predicate> {
  const { terms } = parseQuery(text);
  const found = new Map<Term, readonly ReadonlySet<string>[]>();
  for (const term of terms) {
    if (term.field?.body !== undefined) found.set(term, await searchBodies(term, session));
  }
  return (entry) => terms.every((term) => matchesTerm(entry, term, found) !== term.isExcluded);
}

/** Compiles a query without terms about bodies; `undefined` if it has some. */
export function compileLocal(text: string): Predicate | undefined {
  const { terms } = parseQuery(text);
  if (terms.some(({ field }) => field?.body !== undefined)) return undefined;
  return (entry) => terms.every((term) => matchesTerm(entry, term, new Map()) !== term.isExcluded);
}

async function searchBodies({ field, values }: Term, session: Session): Promise<readonly ReadonlySet<string>[]> {
  const sides = field?.body === 'both' ? (['request', 'response'] as const) : [field?.body as 'request' | 'response'];
  return Promise.all(values.flatMap((value) => sides.map((side) => session.findInBodies(value, side))));
}

function matchesTerm(entry: SessionEntry, term: Term, found: Found): boolean {
  const { field, values } = term;
  if (field === undefined) return values.some((value) => matchesWord(entry, value));
  if (field.body !== undefined) return found.get(term)?.some((keys) => keys.has(keyOf(entry))) === true;
  return values.some((value) => field.test?.(entry, value) === true);
}

/** A word matches the usual texts of an entry. */
function matchesWord(entry: SessionEntry, value: string): boolean {
  if (/^\d{3}$/.test(value) && matchesNumber(entry.status, value)) return true;
  return (
    matchesText(entry.url, value) ||
    matchesText(entry.operation ?? undefined, value) ||
    matchesText(entry.method, value) ||
    matchesText(entry.label, value) ||
    matchesText(entry.userAgent, value) ||
    matchesText(entry.user, value) ||
    matchesText(entry.world, value) ||
    matchesText(entry.fault?.scenario, value)
  );
}
