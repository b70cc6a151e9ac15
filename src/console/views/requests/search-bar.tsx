import { useComputed, useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { type Completion, completionsOf } from '../../search/complete.ts';
import { parseQuery } from '../../search/parse.ts';
import { session } from '../../session/session.ts';
import { query } from '../../state/filter.ts';

/** The search field, with completion of fields and their values. */
export function SearchBar() {
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const isOpen = useSignal(false);
  const caret = useSignal(0);
  const at = useSignal(-1);
  const completions = useComputed((): readonly Completion[] => {
    const entries = session.value?.entries;
    return isOpen.value && entries !== undefined ? completionsOf(query.value, caret.value, entries) : [];
  });
  const problems = useComputed(() => parseQuery(query.value).problems);

  const update = (): void => {
    const element = input.current;
    if (element === null) return;
    query.value = element.value;
    caret.value = element.selectionStart ?? element.value.length;
    at.value = -1;
    isOpen.value = true;
  };
  const take = ({ text, caret: end }: Completion): void => {
    query.value = text;
    at.value = -1;
    caret.value = end;
    isOpen.value = !text.slice(0, end).endsWith(' ');
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(end, end);
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const length = completions.value.length;
    const chosen = completions.value[at.value];
    if (event.key === 'Escape') {
      if (isOpen.value && length > 0) isOpen.value = false;
      else query.value = '';
    } else if (event.key === 'ArrowDown' && length > 0) at.value = (at.value + 1) % length;
    else if (event.key === 'ArrowUp' && length > 0) at.value = (at.value - 1 + length) % length;
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) take(chosen);
    else return;
    event.preventDefault();
  };
  const isListed = completions.value.length > 0;
  return (
    <div class="search">
      <input
        ref={input}
        data-search
        type="text"
        role="combobox"
        aria-label="Search requests"
        aria-expanded={isListed}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={at.value < 0 ? undefined : `${id}-${at.value}`}
        aria-invalid={problems.value.length > 0}
        placeholder="Search: createImage status:5xx client:gophercloud …"
        autocomplete="off"
        spellcheck={false}
        value={query.value}
        onInput={update}
        onFocus={update}
        onClick={update}
        onBlur={() => (isOpen.value = false)}
        onKeyDown={onKeyDown}
      />
      <kbd class="search-key">/</kbd>
      {isListed && (
        <div id={id} class="completions" role="listbox" tabIndex={-1} aria-label="Completions">
          {completions.value.map((completion, index) => (
            <div
              key={completion.label}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at.value}
              onMouseDown={(event) => {
                event.preventDefault();
                take(completion);
              }}
            >
              <code>{completion.label}</code>
              <span class="quiet">{completion.hint}</span>
            </div>
          ))}
        </div>
      )}
      {problems.value.length > 0 && !isListed && (
        <div class="search-problem" role="alert">
          {problems.value.join(' ')}
        </div>
      )}
    </div>
  );
}
