import { useSignal } from '@preact/signals';
import type { HeldRequest } from '../../../api/types.ts';
import { useResource } from '../../../state/resource.ts';
import { Action } from '../../../ui/action.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { prettyJson } from '../../../ui/json.tsx';
import { Field, TextArea } from '../../../ui/text-fields.tsx';
import { type AnswerChoice, answerOf, changedRequest, changedResponse, PHASES } from './input.ts';

/** What the dialog is open for. */
export interface HeldDialogProps {
  readonly held: HeldRequest;
  /** `answer`: another response; `change`: of the request, or of the response that is held. */
  readonly mode: 'answer' | 'change';
  readonly onClose: () => void;
}

/** A form that answers a held request by hand, or changes it before it goes on. */
export function HeldDialog({ held, mode, onClose }: HeldDialogProps) {
  const title = mode === 'answer' ? 'Answer by hand' : `Change the ${held.at}`;
  return (
    <Dialog title={title} onClose={onClose} class="held-dialog">
      <h2>{title}</h2>
      <p class="quiet">
        {held.method} {held.url}
      </p>
      {mode === 'answer' && <AnswerForm held={held} onDone={onClose} />}
      {mode === 'change' && <ChangeForm held={held} onDone={onClose} />}
      <button type="button" class="button button-quiet dialog-close" onClick={onClose}>
        Cancel
      </button>
    </Dialog>
  );
}

interface FormProps {
  readonly held: HeldRequest;
  readonly onDone: () => void;
}

/** Statuses that no service documents, and that proxies in front of it return. */
const UNDOCUMENTED: readonly number[] = [429, 500, 502, 503, 504];

function AnswerForm({ held, onDone }: FormProps) {
  const contracts = useResource('listContracts', {});
  const found = contracts.value.value?.find(({ dialect, operation }) => `${dialect}.${operation}` === held.operation);
  const documented = found?.statuses ?? [];
  const choice = useSignal<AnswerChoice>({ status: '', retryAfter: '', headers: '', body: '', phase: 'before' });
  const change = (part: Partial<AnswerChoice>): void => {
    choice.value = { ...choice.value, ...part };
  };
  const statuses = [...documented, ...UNDOCUMENTED.filter((status) => !documented.includes(status))];
  const first = documented.find((status) => status >= 400) ?? 503;
  const { status, retryAfter, headers, body, phase } = choice.value;
  const shown = status === '' ? String(first) : status;
  return (
    <form class="form-grid" aria-label="Answer by hand" onSubmit={(event) => event.preventDefault()}>
      <label for="held-status">Status</label>
      <select id="held-status" value={shown} onChange={(event) => change({ status: event.currentTarget.value })}>
        {statuses.map((each) => (
          <option key={each} value={String(each)} selected={String(each) === shown}>
            {each}
            {documented.includes(each) ? '' : ' (not documented)'}
          </option>
        ))}
      </select>
      <Field
        label="Retry-After"
        placeholder="as usual; seconds"
        value={retryAfter}
        onChange={(value) => change({ retryAfter: value })}
      />
      <TextArea
        label="Headers"
        placeholder="Name: value"
        value={headers}
        onChange={(value) => change({ headers: value })}
      />
      <TextArea label="Body" placeholder="that of the API" value={body} onChange={(value) => change({ body: value })} />
      {held.at === 'request' && (
        <>
          <label for="held-phase">Effect</label>
          <select id="held-phase" value={phase} onChange={(event) => change({ phase: event.currentTarget.value })}>
            {Object.entries(PHASES).map(([id, title]) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </>
      )}
      <span />
      <Action
        id="respondHeld"
        input={{ params: { held_id: held.id }, body: answerOf({ ...choice.value, status: shown }, documented) }}
        world={held.world}
        kind="primary"
        submits
        done="The request was answered by hand."
        onDone={onDone}
      >
        Answer
      </Action>
    </form>
  );
}

/** The text of a body that can be changed. */
const textOf = (text: string | undefined): string => (text === undefined ? '' : (prettyJson(text) ?? text));

function ChangeForm({ held, onDone }: FormProps) {
  const { request, response } = held;
  const message = response ?? request;
  const before = textOf(message.body?.text);
  const body = useSignal(before);
  const headers = useSignal('');
  const status = useSignal(response === undefined ? '' : String(response.status));
  const params = { held_id: held.id };
  const choice = { headers: headers.value, body: body.value };
  const isRedacted = body.value !== before && body.value.includes('[redacted]');
  const isWhole = message.body?.truncated !== true;
  return (
    <form class="form-grid" aria-label={`Change the ${held.at}`} onSubmit={(event) => event.preventDefault()}>
      {response !== undefined && (
        <Field label="Status" value={status.value} onChange={(value) => (status.value = value)} />
      )}
      <TextArea
        label="Headers"
        placeholder={'Name: value, to add or replace\nName: without a value, to remove'}
        value={headers.value}
        onChange={(value) => (headers.value = value)}
      />
      <TextArea
        label="Body"
        rows={12}
        disabled={!isWhole || (response !== undefined && before === '')}
        value={body.value}
        onChange={(value) => (body.value = value)}
      />
      <span />
      <div>
        {isRedacted && (
          <p class="callout">
            The body has secrets that the server does not show, so that they would be lost: --journal-secrets show
          </p>
        )}
        {response === undefined ? (
          <Action
            id="continueHeld"
            input={{ params, body: changedRequest(choice, before) }}
            world={held.world}
            kind="primary"
            submits
            done="The changed request goes on."
            onDone={onDone}
          >
            Send it on
          </Action>
        ) : (
          <Action
            id="respondHeld"
            input={{
              params,
              body: changedResponse(choice, before, { from: response.status, to: Number(status.value) }),
            }}
            world={held.world}
            kind="primary"
            submits
            done="The changed response was sent."
            onDone={onDone}
          >
            Send it
          </Action>
        )}
      </div>
    </form>
  );
}
