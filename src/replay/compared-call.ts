import { isUtf8 } from 'node:buffer';
import type { HttpCall } from '../http/http-call.ts';
import type { HeaderField } from '../journal/entry.ts';
import { MAX_URL } from '../journal/journal.ts';
import { mentionsSecret, REDACTED, redactHeader, redactText, redactUrl } from '../journal/redact.ts';
import type { ComparedBody, ComparedRequest } from './request-fields.ts';
import type { TokenNames } from './token-names.ts';

/** Headers with tokens that a response may repeat. */
const TOKEN_HEADERS: ReadonlySet<string> = new Set(['x-auth-token', 'x-subject-token']);

/**
 * Returns the forms that a request may have in a recording, which depends on how much of its body the journal stored. The first one has the
 * whole body.
 */
export function comparedCalls(call: HttpCall, isUpload: boolean, tokens: TokenNames): readonly ComparedRequest[] {
  const headers: HeaderField[] = [];
  for (let at = 0; at < call.rawHeaders.length; at += 2) {
    const [name, value] = [call.rawHeaders[at] as string, call.rawHeaders[at + 1] as string];
    if (TOKEN_HEADERS.has(name.toLowerCase())) tokens.note(value);
    const redacted = redactHeader({ name, value });
    headers.push({ name, value: tokens.toRecorded(redacted.value) });
  }
  const url = tokens.toRecorded(redactUrl(call.target.slice(0, MAX_URL)));
  const bodies = bodiesOf(call.body, isUpload, tokens);
  // A service may have rejected the request before it asked for the body.
  if (call.headers.expect !== undefined) bodies.push({ kind: 'none' });
  return bodies.map((body) => ({ method: call.method, url, headers, body }));
}

function bodiesOf(body: Buffer | undefined, isUpload: boolean, tokens: TokenNames): ComparedBody[] {
  if (isUpload) return [{ kind: 'upload' }];
  if (body === undefined || body.length === 0) return [{ kind: 'none' }];
  const text = isUtf8(body)
    ? tokens.toRecorded(redactText(body.toString()))
    : mentionsSecret(body)
      ? REDACTED
      : body.toString('base64');
  return [
    { kind: 'text', text },
    { kind: 'size', size: body.length },
  ];
}
