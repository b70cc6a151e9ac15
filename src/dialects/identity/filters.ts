/** Query filters of lists. */
import { ownMember } from '../../base/own-member.ts';
import { badRequest, unexpected } from './request-error.ts';

const FALSE = /^(0|false|no|off|f|n)$/i;

/** Whether the value of a boolean filter means false. */
export const isFalse = (text: string): boolean => FALSE.test(text);

/** The value of a member that lists can be filtered by. */
export type FilterValue = string | boolean | null;

type TextTest = (value: string, filter: string) => boolean;

/** Comparisons of a part of the text, by suffix of the filter's name: `name__contains=web`. */
const PARTS: Readonly<Record<string, TextTest>> = {
  contains: (value, filter) => value.includes(filter),
  startswith: (value, filter) => value.startsWith(filter),
  endswith: (value, filter) => value.endsWith(filter),
};

/** A parameter of a query that is a filter of the list. */
interface Filter {
  readonly member: string;
  /** `equals`, one of `PARTS`, or one of these with `i`. */
  readonly comparison: string;
  readonly text: string;
}

/** Filters that the database of the service applies, or those that it applies later. */
export type FilterPart = 'database' | 'late';

/**
 * Whether an item matches the filters of a query.
 * @param part - the filters that count; all when omitted.
 * @param members - the members of the item that can be filtered by. Other parameters and unknown comparisons are ignored.
 * @throws RequestError for comparisons on which the service fails: it looks for parts of what is no text.
 */
export function matchesQuery(
  members: Readonly<Record<string, FilterValue>>,
  query: URLSearchParams,
  part?: FilterPart,
): boolean {
  const filters = [...query].map(parseFilter).filter(({ member }) => Object.hasOwn(members, member));
  const matches = ({ member, comparison, text }: Filter): boolean => compare(members[member] ?? null, comparison, text);
  // The database of the service compares whole and caseless; what it has found is compared in part later.
  const isLater = ({ comparison }: Filter): boolean => ownMember(PARTS, comparison) !== undefined;
  return (
    (part === 'late' || filters.filter((filter) => !isLater(filter)).every(matches)) &&
    (part === 'database' || filters.filter(isLater).every(matches))
  );
}

function parseFilter([name, text]: readonly [string, string]): Filter {
  const at = name.indexOf('__');
  return at === -1
    ? { member: name, comparison: 'equals', text }
    : { member: name.slice(0, at), comparison: name.slice(at + 2), text };
}

function compare(value: FilterValue, comparison: string, filter: string): boolean {
  // Keystone compares case-sensitively even with `iequals`.
  if (comparison === 'equals' || comparison === 'iequals') {
    return typeof value === 'boolean' ? value === !isFalse(filter) : value === filter;
  }
  const part = ownMember(PARTS, comparison);
  if (part !== undefined) return typeof value === 'string' ? part(value, filter) : failOn(value, comparison);
  const caseless = comparison.startsWith('i') ? ownMember(PARTS, comparison.slice(1)) : undefined;
  if (caseless === undefined) return true;
  return typeof value === 'string' && caseless(value.toLowerCase(), filter.toLowerCase());
}

function failOn(value: boolean | null, comparison: string): never {
  if (comparison !== 'contains') unexpected();
  badRequest(`argument of type '${value === null ? 'NoneType' : 'bool'}' is not iterable`);
}
