import { jsonOf, leavesOf } from '../base/json-leaves.ts';
import { withoutVolatile } from '../client-runs/volatile.ts';
import type { Entry, EntryMessage } from '../journal/entry.ts';
import type { ResponseDifference } from './report.ts';

/** A request in two runs, or in one of them. */
export interface RequestPair {
  readonly key: string;
  readonly from: Entry | undefined;
  readonly to: Entry | undefined;
}

/** Differences of one request that are kept. */
const MAX_DIFFERENCES = 20;
/** Characters of a value that are kept. */
const MAX_VALUE = 200;

/** Headers that differ in every response, or follow from the body. */
const VOLATILE_HEADERS: ReadonlySet<string> = new Set([
  'content-length',
  'date',
  'openstack-request-id',
  'x-compute-request-id',
  'x-openstack-request-id',
]);

/** Path and query below the root of the world, with `{id}` in place of ids. */
export const plainUrl = ({ url }: Pick<Entry, 'url'>): string => withoutVolatile(url.replace(/^\/w\/[^/?]+/, ''));

/** Pairs the requests of two runs: the n-th with a method and URL of one run is the n-th with them in the other. */
export function pairRequests(from: readonly Entry[], to: readonly Entry[]): readonly RequestPair[] {
  const others = byKey(to);
  const own = byKey(from);
  const pairs = [...own].map(([key, entry]) => ({ key, from: entry, to: others.get(key) }));
  const added = [...others]
    .filter(([key]) => !own.has(key))
    .map(([key, entry]) => ({ key, from: undefined, to: entry }));
  return [...pairs, ...added];
}

function byKey(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  const counts = new Map<string, number>();
  return new Map(
    entries.map((entry) => {
      const name = `${entry.method} ${plainUrl(entry)}`;
      const nth = (counts.get(name) ?? 0) + 1;
      counts.set(name, nth);
      return [`${name} #${nth}`, entry];
    }),
  );
}

/** Lists what differs between the responses of a pair; ids, times and secrets do not. */
export function differencesOf({ from, to }: RequestPair): readonly ResponseDifference[] {
  if (from === undefined || to === undefined) return [];
  const [one, other] = [fieldsOf(from), fieldsOf(to)];
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((field) => one.get(field) !== other.get(field))
    .slice(0, MAX_DIFFERENCES)
    .map((field) => ({ field, from: shown(one.get(field)), to: shown(other.get(field)) }));
}

const shown = (value: string | undefined): string | null =>
  value === undefined ? null : value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}...` : value;

function fieldsOf({ status, response }: Entry): ReadonlyMap<string, string> {
  const fields = new Map([['status', String(status)]]);
  for (const { name, value } of response.headers) {
    const key = name.toLowerCase();
    if (!VOLATILE_HEADERS.has(key)) fields.set(`header ${key}`, withoutVolatile(value));
  }
  for (const [pointer, text] of bodyFields(response)) fields.set(`body ${pointer}`.trimEnd(), text);
  return fields;
}

/** The parts of a body by JSON pointer; the whole body if it is not JSON, or its size if it is not stored. */
function* bodyFields({ body }: EntryMessage): Iterable<readonly [pointer: string, text: string]> {
  if (body === undefined) return;
  const text = body.text ?? body.base64;
  const value = text === undefined || body.truncated === true ? undefined : jsonOf(text);
  if (value === undefined) yield ['', withoutVolatile(text ?? `${body.size} bytes`)];
  else for (const [pointer, leaf] of leavesOf(value)) yield [pointer, withoutVolatile(leaf)];
}
