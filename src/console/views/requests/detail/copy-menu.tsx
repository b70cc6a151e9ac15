import { asLive } from '../../../session/live.ts';
import { type SessionEntry, session } from '../../../session/session.ts';
import { copy } from '../../../state/actions.ts';
import { Action } from '../../../ui/action.tsx';
import { asCurl, asJest, asPytest, asScenario, holdOf, ruleOf } from './exports.ts';

/** What can be made of a request: a command, a scenario, a test; and what can be done with the next one. */
export function CopyMenu({ entry }: { readonly entry: SessionEntry }) {
  const isLive = asLive(session.value) !== undefined;
  return (
    <fieldset class="copy-menu" aria-label="Make something of the request">
      <CopyButton title="curl" text={() => asCurl(entry)} />
      {entry.operation !== null && (
        <>
          <CopyButton title="scenario" text={() => asScenario(entry)} />
          <CopyButton title="Jest" text={() => asJest(entry)} />
          <CopyButton title="pytest" text={() => asPytest(entry)} />
        </>
      )}
      {isLive && entry.operation !== null && (
        <Action
          id="armFault"
          input={{ body: { ...ruleOf(entry) } }}
          world={entry.world}
          title="The next request for this operation gets this response, once"
          done="The next such request gets this response."
        >
          Again, once
        </Action>
      )}
      {isLive && entry.operation !== null && (
        <Action
          id="armFault"
          input={{ body: { ...holdOf(entry) } }}
          world={entry.world}
          title="The next request for this operation waits until you let it go, change it or answer it"
          done="The next such request is held."
        >
          Hold the next one
        </Action>
      )}
    </fieldset>
  );
}

function CopyButton({ title, text }: { readonly title: string; readonly text: () => string }) {
  return (
    <button type="button" class="button button-plain" onClick={() => void copy(text(), `it as ${title}`)}>
      <span class="quiet">Copy as</span> {title}
    </button>
  );
}
