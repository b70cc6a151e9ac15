import { useSignal } from '@preact/signals';
import { call } from '../../../api/client.ts';
import type { NaturalResponse } from '../../../api/types.ts';
import type { SessionEntry } from '../../../session/session.ts';
import { messageOf } from '../../../state/actions.ts';
import { CurlButton } from '../../../ui/action.tsx';
import { StatusBadge } from '../../../ui/badges.tsx';
import { fullTime } from '../../../ui/format.ts';
import { JsonText, marked, prettyJson } from '../../../ui/json.tsx';

/** What the response would be without the rule: now, because the state of then is gone. */
export function Natural({ entry, isLive }: { readonly entry: SessionEntry; readonly isLive: boolean }) {
  const found = useSignal<NaturalResponse | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const input = { params: { id: String(entry.id) } };
  const ask = async (): Promise<void> => {
    problem.value = undefined;
    try {
      found.value = await call('showNaturalResponse', input, entry.world);
    } catch (error) {
      problem.value = messageOf(error);
    }
  };
  return (
    <section>
      <h3>Without the rule</h3>
      {!isLive && <p class="quiet">A running server can tell what the response would be without the rule.</p>}
      {isLive && (
        <p>
          <span class="action">
            <button type="button" class="button button-plain" onClick={() => void ask()}>
              What would it be now?
            </button>
            <CurlButton id="showNaturalResponse" input={input} world={entry.world} />
          </span>{' '}
          <span class="quiet">The request runs on a copy of the world, without rules.</span>
        </p>
      )}
      {problem.value !== undefined && <div class="callout callout-error">{problem.value}</div>}
      {found.value !== undefined && <Found response={found.value} />}
    </section>
  );
}

function Found({ response: { status, time, headers, body } }: { readonly response: NaturalResponse }) {
  const text = body?.text;
  const pretty = text === undefined ? undefined : prettyJson(text);
  return (
    <>
      <p>
        <StatusBadge status={status} /> now, not then: what has happened since counts, up to{' '}
        {fullTime(Date.parse(time))} by the world's clock.
      </p>
      <dl class="headers">
        {headers.map(({ name, value }, index) => (
          <div key={`${index}${name}`}>
            <dt>{name}</dt>
            <dd>{marked(value)}</dd>
          </div>
        ))}
      </dl>
      {text !== undefined && <pre>{pretty === undefined ? marked(text) : <JsonText text={pretty} />}</pre>}
      {body?.arriving === true && <p class="quiet">Its body is image data.</p>}
    </>
  );
}
