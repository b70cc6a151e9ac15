import { hasTerm, toggleTerm } from '../../search/parse.ts';
import { query } from '../../state/filter.ts';

const CHIPS: readonly (readonly [title: string, field: string, value: string])[] = [
  ['2xx', 'status', '2xx'],
  ['4xx', 'status', '4xx'],
  ['5xx', 'status', '5xx'],
  ['no response', 'status', '0'],
  ['natural', 'source', 'natural'],
  ['by profile', 'source', 'by-profile'],
  ['injected', 'source', 'injected'],
  ['retries', 'has', 'retries'],
];

/** Filters that are used often, as buttons. They are terms of the query. */
export function Chips() {
  return (
    <fieldset class="chips" aria-label="Filters">
      {CHIPS.map(([title, field, value]) => (
        <button
          key={title}
          type="button"
          class={`chip chip-${field}-${value}`}
          aria-pressed={hasTerm(query.value, field, value)}
          onClick={() => (query.value = toggleTerm(query.peek(), field, value))}
        >
          {title}
        </button>
      ))}
    </fieldset>
  );
}
