/** Query filters of lists. */

const FALSE = /^(0|false|no|off|f|n)$/i;

/** Whether the value of a boolean filter means false. */
export const isFalse = (text: string): boolean => FALSE.test(text);

/** Comparisons by suffix of the filter's name: `name__contains=web`. */
const COMPARISONS: Readonly<Record<string, (value: string, filter: string) => boolean>> = {
  equals: (value, filter) => value === filter,
  contains: (value, filter) => value.includes(filter),
  startswith: (value, filter) => value.startsWith(filter),
  endswith: (value, filter) => value.endsWith(filter),
};

function matches(value: string | null, comparison: string, filter: string): boolean {
  // Keystone compares case-sensitively even with `iequals`.
  const exact = COMPARISONS[comparison === 'iequals' ? 'equals' : comparison];
  if (exact !== undefined) return value !== null && exact(value, filter);
  const caseless = comparison.startsWith('i') ? COMPARISONS[comparison.slice(1)] : undefined;
  if (caseless === undefined) return true;
  return value !== null && caseless(value.toLowerCase(), filter.toLowerCase());
}

/**
 * Whether an item matches the filters of a query.
 * @param members - the members of the item that can be filtered by; `null` matches no filter. Other parameters are ignored.
 */
export function matchesQuery(members: Readonly<Record<string, string | null>>, query: URLSearchParams): boolean {
  for (const [name, filter] of query) {
    const at = name.indexOf('__');
    const [member, comparison] = at === -1 ? [name, 'equals'] : [name.slice(0, at), name.slice(at + 2)];
    const value = Object.hasOwn(members, member) ? members[member] : undefined;
    if (value !== undefined && !matches(value, comparison, filter)) return false;
  }
  return true;
}
