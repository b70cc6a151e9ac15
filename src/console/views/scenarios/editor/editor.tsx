import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { call } from '../../../api/client.ts';
import type { PutScenarioBody } from '../../../api/types.ts';
import { messageOf } from '../../../state/actions.ts';
import { showView } from '../../../state/route.ts';
import { Action } from '../../../ui/action.tsx';
import { world } from '../state.ts';
import { type Check, useCheck } from './check.ts';
import { type Offer, offersAt } from './complete.ts';

const START = `{
  "description": "The first image that a client creates is over its limit.",
  "rules": [
    {
      "match": { "operation": "image-v2.createImage" },
      "calls": 1,
      "fault": { "answer": 413 }
    }
  ]
}`;

/** An editor for scenarios in JSON, which completes and checks while you write. @param from - a scenario to start from. */
export function Editor({ name: from }: { readonly name: string }) {
  const name = useSignal(from === '' ? 'mine' : `${from}-copy`.slice(0, 128));
  const text = useSignal(from === '' ? START : '');
  useEffect(() => {
    if (from === '') return;
    call('showScenario', { params: { name: from } }, world.peek()).then(
      ({ description, expect, rules, states }) => {
        const machine = states === undefined ? {} : { states: { initial: states.initial, per: states.per } };
        text.value = JSON.stringify({ description, ...(expect && { expect }), ...machine, rules }, null, 2);
      },
      (error: unknown) => {
        text.value = `// ${messageOf(error)}`;
      },
    );
  }, [from, text]);
  const check = useCheck(name, text);
  const body = useComputed(() => bodyOf(text.value));
  const params = { name: name.value };
  return (
    <div class="view editor">
      <h2 class="view-name">Write a scenario</h2>
      <div class="toolbar">
        <label class="inline-field">
          <span>Name</span>
          <input type="text" value={name.value} onInput={(event) => (name.value = event.currentTarget.value)} />
        </label>
        <Action
          id="putScenario"
          input={{ params, body: body.value }}
          world={world.value}
          disabled={!check.value.isValid}
          done={`Saved ${name.value}.`}
          onDone={() => showView('scenarios', name.value)}
        >
          Save
        </Action>
        <Action
          id="putScenario"
          input={{ params, body: { ...body.value, enabled: true } }}
          world={world.value}
          kind="primary"
          disabled={!check.value.isValid}
          done={`Saved and enabled ${name.value}.`}
          onDone={() => showView('scenarios', name.value)}
        >
          Save and enable
        </Action>
      </div>
      <TextArea
        text={text.value}
        onChange={(value) => (text.value = value)}
        isValid={check.value.issues.length === 0}
      />
      <Verdict check={check.value} />
    </div>
  );
}

function bodyOf(text: string): PutScenarioBody {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as PutScenarioBody) : {};
  } catch {
    return {};
  }
}

function Verdict({ check: { isValid, issues, notes } }: { readonly check: Check }) {
  return (
    <div class="verdict" role="status" id="editor-verdict">
      {isValid && <span class="word word-success">valid</span>}
      <ul class="plain-list">
        {issues.map((issue) => (
          <li key={issue} class="callout callout-error">
            {issue}
          </li>
        ))}
        {notes.map((note) => (
          <li key={note} class="callout">
            {note}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface TextAreaProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly isValid: boolean;
}

/** The text with its offers: Ctrl+Space or typing shows them, arrows choose, Enter and Tab take. */
function TextArea({ text, onChange, isValid }: TextAreaProps) {
  const element = useRef<HTMLTextAreaElement>(null);
  const offers = useSignal<readonly Offer[]>([]);
  const at = useSignal(0);
  const ask = (): void => {
    const area = element.current;
    offers.value = area === null ? [] : offersAt(area.value, area.selectionStart);
    at.value = 0;
  };
  /** Where the caret goes once the text of an offer is drawn. */
  const caret = useRef<number | undefined>(undefined);
  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    element.current?.focus();
    element.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
    ask();
  }, [text]);
  const accept = (offer: Offer): void => {
    caret.current = offer.caret;
    onChange(offer.text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { length } = offers.value;
    const chosen = offers.value[at.value];
    if (event.key === ' ' && event.ctrlKey) ask();
    else if (event.key === 'Escape' && length > 0) offers.value = [];
    else if (event.key === 'ArrowDown' && length > 0) at.value = (at.value + 1) % length;
    else if (event.key === 'ArrowUp' && length > 0) at.value = (at.value - 1 + length) % length;
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) accept(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div class="editor-panes">
      <textarea
        ref={element}
        class="editor-text"
        aria-label="Scenario in JSON"
        aria-invalid={!isValid}
        aria-describedby="editor-verdict"
        spellcheck={false}
        value={text}
        onInput={(event) => {
          onChange(event.currentTarget.value);
          ask();
        }}
        onClick={() => (offers.value = [])}
        onKeyDown={onKeyDown}
      />
      <div class="offers" role="listbox" aria-label="Completions" tabIndex={-1}>
        {offers.value.map((offer, index) => (
          <div
            key={offer.title}
            role="option"
            tabIndex={-1}
            aria-selected={index === at.value}
            onClick={() => accept(offer)}
            onKeyDown={() => undefined}
          >
            <code>{offer.title}</code>
            <span class="quiet">{offer.description}</span>
          </div>
        ))}
        {offers.value.length === 0 && (
          <div role="option" aria-selected="false" tabIndex={-1} class="quiet">
            Ctrl+Space completes members, operations and values.
          </div>
        )}
      </div>
    </div>
  );
}
