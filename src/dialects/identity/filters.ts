/** Filters of lists, as queries say them. */

const FALSE = /^(0|false|no|off|f|n)$/i;

/** Whether a filter asks for what is not so. */
export const isNo = (wanted: string): boolean => FALSE.test(wanted);

/** What comes after the name of a member in a filter: `name__contains=web`. */
const COMPARISONS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  equals: (value, wanted) => value === wanted,
  contains: (value, wanted) => value.includes(wanted),
  startswith: (value, wanted) => value.startsWith(wanted),
  endswith: (value, wanted) => value.endsWith(wanted),
};

function fits(value: string, comparison: string, wanted: string): boolean {
  // Names are the same or not the same, whatever the case is said to be.
  const exact = COMPARISONS[comparison === 'iequals' ? 'equals' : comparison];
  if (exact !== undefined) return exact(value, wanted);
  const caseless = comparison.startsWith('i') ? COMPARISONS[comparison.slice(1)] : undefined;
  return caseless === undefined || caseless(value.toLowerCase(), wanted.toLowerCase());
}

/** Whether something is asked for. @param members - what it can be asked for by; all else in the query is passed over. */
export function fitsQuery(members: Readonly<Record<string, string>>, query: URLSearchParams): boolean {
  for (const [name, wanted] of query) {
    const at = name.indexOf('__');
    const [member, comparison] = at === -1 ? [name, 'equals'] : [name.slice(0, at), name.slice(at + 2)];
    const value = Object.hasOwn(members, member) ? members[member] : undefined;
    if (value !== undefined && !fits(value, comparison, wanted)) return false;
  }
  return true;
}
