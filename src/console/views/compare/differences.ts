import type { SessionEntry } from '../../session/session.ts';

/** A request that both runs have, or that only one of them has. */
export interface Pair {
  readonly left: SessionEntry | undefined;
  readonly right: SessionEntry | undefined;
  /** What differs; empty for equal requests and responses. */
  readonly differences: readonly string[];
}

/** Ids differ from run to run. */
const ID = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/gi;
/** What also differs in bodies: times and addresses. */
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?/g;
const ADDRESS = /\b(?:127\.0\.0\.1|localhost):\d+|\/w\/[\w.-]+/g;

/** Ids of tokens differ, too. */
const AUDIT_IDS = /"audit_ids":\s*\[[^\]]*\]/g;

/** A text without what differs from run to run. */
export const plain = (text: string): string =>
  text.replace(ID, '{id}').replace(TIME, '{time}').replace(ADDRESS, '{address}').replace(AUDIT_IDS, '{audit ids}');

/** A body without what differs from run to run; the order of members means nothing in JSON. */
function comparable(text = ''): string {
  try {
    return plain(JSON.stringify(JSON.parse(text, (_name, value: unknown) => inOrder(value))));
  } catch {
    return plain(text);
  }
}

const inOrder = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** By what requests of two runs are paired: ids and worlds aside. */
const keyOf = ({ method, operation, url }: SessionEntry): string =>
  `${method} ${operation ?? ''} ${plain(url).replace(/^\{address\}/, '')}`;

/** Longest lists that are aligned exactly; longer ones are paired in their order. */
const MAX_ALIGNED = 3000;

/** Pairs the requests of two runs in their order, and says what differs. */
export function pairsOf(left: readonly SessionEntry[], right: readonly SessionEntry[]): readonly Pair[] {
  const [one, other] = [left.map(keyOf), right.map(keyOf)];
  const lengths = left.length * right.length > MAX_ALIGNED ** 2 ? undefined : commonLengths(one, other);
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && (one[i] === other[j] || lengths === undefined)) {
      pairs.push(pairOf(left[i++], right[j++]));
    } else if (j >= right.length || (i < left.length && common(lengths, i + 1, j) >= common(lengths, i, j + 1))) {
      pairs.push(pairOf(left[i++], undefined));
    } else pairs.push(pairOf(undefined, right[j++]));
  }
  return pairs;
}

const common = (lengths: readonly Uint16Array[] | undefined, i: number, j: number): number => lengths?.[i]?.[j] ?? 0;

/** Lengths of the longest common subsequences of all ends of two lists. */
function commonLengths(one: readonly string[], other: readonly string[]): readonly Uint16Array[] {
  const rows = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const length =
        one[i] === other[j] ? common(rows, i + 1, j + 1) + 1 : Math.max(common(rows, i + 1, j), common(rows, i, j + 1));
      const row = rows[i];
      if (row !== undefined) row[j] = length;
    }
  }
  return rows;
}

function pairOf(left: SessionEntry | undefined, right: SessionEntry | undefined): Pair {
  if (left === undefined || right === undefined) {
    return { left, right, differences: [left === undefined ? 'only on the right' : 'only on the left'] };
  }
  const parts: readonly (readonly [name: string, of: (entry: SessionEntry) => string])[] = [
    ['request', keyOf],
    ['request body', (entry) => comparable(entry.request.body?.text)],
    ['status', ({ status }) => String(status)],
    ['source', ({ source }) => source],
    ['fault', ({ fault }) => (fault === undefined ? '' : `${fault.scenario} ${fault.kind} ${fault.phase}`)],
    ['outcome', ({ outcome }) => outcome],
    ['response body', (entry) => comparable(entry.response.body?.text)],
  ];
  const differences = parts.filter(([, of]) => of(left) !== of(right)).map(([name]) => name);
  return { left, right, differences };
}
