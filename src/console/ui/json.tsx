/** Bodies: JSON with colors, other texts as they are. */
import type { ComponentChildren } from 'preact';

const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;
/** What the journal writes instead of secrets. */
const REDACTED = '[redacted]';
/** Longest text that gets colors, in characters. */
const MAX_COLORED = 200_000;

/** JSON text with colors; redacted values are marked. */
export function JsonText({ text }: { readonly text: string }) {
  if (text.length > MAX_COLORED) return <>{text}</>;
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKENS)) {
    const [whole, string, colon, word, number] = match;
    parts.push(text.slice(end, match.index));
    end = match.index + whole.length;
    if (string !== undefined) {
      parts.push(<span class={colon === undefined ? 'json-string' : 'json-name'}>{marked(string)}</span>, colon ?? '');
    } else if (word !== undefined) parts.push(<span class="json-word">{word}</span>);
    else parts.push(<span class="json-number">{number}</span>);
  }
  parts.push(text.slice(end));
  return <>{parts}</>;
}

/** A text in which redacted values are marked. */
export function marked(text: string): ComponentChildren {
  if (!text.includes(REDACTED)) return text;
  const parts = text.split(REDACTED);
  return parts.flatMap((part, index) =>
    index === 0
      ? [part]
      : [
          <span key={index} class="redacted" title="The server does not show secrets: --journal-secrets show">
            redacted
          </span>,
          part,
        ],
  );
}

/** Formats JSON text with two spaces; `undefined` if it is not JSON. */
export function prettyJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}
