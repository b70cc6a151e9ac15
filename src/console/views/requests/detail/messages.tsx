import { useSignal } from '@preact/signals';
import type { Message } from '../../../api/types.ts';
import type { SessionEntry } from '../../../session/session.ts';
import { copy } from '../../../state/actions.ts';
import { bytes } from '../../../ui/format.ts';
import { hexDump } from '../../../ui/hex.ts';
import { JsonText, marked, prettyJson } from '../../../ui/json.tsx';

/** Request and response side by side. */
export function Messages({ entry, isWhole }: { readonly entry: SessionEntry; readonly isWhole: boolean }) {
  return (
    <div class="messages">
      <MessageView title="Request" line={`${entry.method} ${entry.url}`} message={entry.request} isWhole={isWhole} />
      <MessageView
        title="Response"
        line={entry.status === 0 ? 'no response' : String(entry.status)}
        message={entry.response}
        isWhole={isWhole}
      />
    </div>
  );
}

interface MessageProps {
  readonly title: string;
  readonly line: string;
  readonly message: Message;
  readonly isWhole: boolean;
}

function MessageView({ title, line, message, isWhole }: MessageProps) {
  return (
    <section class="message">
      <h3>{title}</h3>
      <div class="message-line">{marked(line)}</div>
      <dl class="headers">
        {message.headers.map(({ name, value }, index) => (
          // Headers may repeat, and never change their places.
          <div key={`${index}${name}`}>
            <dt>{name}</dt>
            <dd>{marked(value)}</dd>
          </div>
        ))}
      </dl>
      <Body message={message} isWhole={isWhole} />
    </section>
  );
}

function Body({ message, isWhole }: { readonly message: Message; readonly isWhole: boolean }) {
  const isRaw = useSignal(false);
  const { body } = message;
  if (body === undefined) return null;
  const { text, base64, size, truncated, arriving, digests } = body;
  const pretty = text === undefined ? undefined : prettyJson(text);
  const shown = isRaw.value || pretty === undefined ? text : pretty;
  return (
    <div class="body">
      <div class="body-bar">
        <span>
          {bytes(size)}
          {truncated === true && ', truncated'}
          {arriving === true && ', arriving'}
        </span>
        {pretty !== undefined && (
          <button
            type="button"
            class="button button-quiet"
            aria-pressed={isRaw.value}
            onClick={() => (isRaw.value = !isRaw.value)}
          >
            Raw
          </button>
        )}
        {shown !== undefined && (
          <button type="button" class="button button-quiet" onClick={() => void copy(shown, 'the body')}>
            Copy
          </button>
        )}
      </div>
      {shown !== undefined && <pre>{pretty === undefined ? marked(shown) : <JsonText text={shown} />}</pre>}
      {base64 !== undefined && <pre>{hexOf(base64)}</pre>}
      {digests !== undefined && (
        <dl class="headers">
          {Object.entries(digests).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {shown === undefined && base64 === undefined && (
        <div class="quiet">{isWhole ? 'The journal does not store this body.' : 'Loading …'}</div>
      )}
    </div>
  );
}

/** Bytes that are shown of a body that is no text. */
const SHOWN_BYTES = 512;

/** The beginning of a body that is no text. */
const hexOf = (base64: string): string => hexDump(base64.slice(0, Math.ceil(SHOWN_BYTES / 3) * 4));
