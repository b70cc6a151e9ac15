import type { EntryList } from '../session/entry-list.ts';
import { FIELDS } from './fields.ts';
import { quoteValue } from './parse.ts';

/** A completion of a query. */
export interface Completion {
  /** What is shown. */
  readonly label: string;
  readonly hint: string;
  /** The query with it. */
  readonly text: string;
  /** Where the caret stands then. */
  readonly caret: number;
}

/** Number of completions that are offered. */
const MAX_COMPLETIONS = 8;
/** Entries that are looked at for values, from the latest one. */
const MAX_LOOKED_AT = 5000;

/** Returns completions of the term that ends at the caret. */
export function completionsOf(text: string, caret: number, entries: EntryList): readonly Completion[] {
  const before = text.slice(0, caret);
  const start = before.search(/[^\s]*$/);
  const term = before.slice(start);
  const [, minus = '', name, value = ''] = /^(-?)(?:([\w.]+):)?(.*)$/s.exec(term) ?? [];
  const replace = (replacement: string): Pick<Completion, 'text' | 'caret'> => ({
    text: text.slice(0, start) + replacement + text.slice(caret),
    caret: start + replacement.length,
  });
  if (name === undefined) return fieldCompletions(value, (field) => replace(`${minus}${field}:`));
  const wanted = value.replaceAll('"', '').toLowerCase();
  return valuesOf(name, entries)
    .filter((each) => each.toLowerCase().includes(wanted) && each !== value)
    .slice(0, MAX_COMPLETIONS)
    .map((each) => ({ label: each, hint: '', ...replace(`${minus}${name}:${quoteValue(each)} `) }));
}

const fieldCompletions = (
  beginning: string,
  replace: (field: string) => Pick<Completion, 'text' | 'caret'>,
): readonly Completion[] =>
  FIELDS.filter(({ name }) => name.startsWith(beginning.toLowerCase()))
    .slice(0, beginning === '' ? FIELDS.length : MAX_COMPLETIONS)
    .map(({ name, description }) => ({ label: `${name}:`, hint: description, ...replace(name) }));

/** Values of a field: its words, and those of entries, the most frequent first. */
function valuesOf(name: string, entries: EntryList): readonly string[] {
  const field = FIELDS.find((each) => each.name === name);
  if (field === undefined) return [];
  const counts = new Map<string, number>();
  for (const entry of entries.items.slice(-MAX_LOOKED_AT)) {
    const value = field.offered?.(entry);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const frequent = [...counts].sort((one, other) => other[1] - one[1]).map(([value]) => value);
  return [...(field.words ?? []), ...frequent];
}
