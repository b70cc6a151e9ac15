import { Readable } from 'node:stream';
import type { Reply } from '../contract/contract.ts';
import type { ReadyMessage } from '../http/playback.ts';
import type { EntryBody, HeaderField } from '../journal/entry.ts';
import { secretsIn } from '../journal/json-secrets.ts';
import { redactHeader, redactText, replaceSecrets } from '../journal/redact.ts';
import type { RecordedExchange } from '../recording/recording.ts';
import type { TokenNames } from './token-names.ts';

/** What a response is completed from. */
export interface MessageContext {
  /** What the world replies. It has the secrets and the data that a recording lacks. */
  readonly reply: Reply;
  readonly tokens: TokenNames;
  /** Replaces addresses of the recorded server by those of this one. */
  relocate(text: string): string;
  /** Notes that a part of the response is not the recorded one. */
  note(message: string): void;
}

const PLACEHOLDER = /^(?:sha256:[0-9a-f]{16}|\[redacted\])$/;
const HAS_PLACEHOLDER = /sha256:[0-9a-f]{16}|\[redacted\]/;

/** Returns the recorded response with all its secrets and data; `undefined` if it cannot be completed. */
export function presentMessage(
  { status, reason, response }: RecordedExchange,
  context: MessageContext,
): ReadyMessage | undefined {
  const body = presentBody(response.body, status, context);
  if (body === NOT_KNOWN) return undefined;
  const headers = response.headers.map((field, at) => presentHeader(field, nthOf(response.headers, at), context));
  const isText = typeof body === 'string' || Buffer.isBuffer(body);
  const moved = isText ? relocateBody(body, context) : body;
  const size = isText ? Buffer.byteLength(body) : undefined;
  return {
    status,
    reason,
    body: moved,
    headers: headers.flatMap(({ name, value }) =>
      name.toLowerCase() === 'content-length' && Number(value) === size
        ? [name, String(Buffer.byteLength(moved as string | Buffer))]
        : [name, value],
    ),
  };
}

/** The world replied with something else than what is needed. */
const NOT_KNOWN = Symbol('not known');

/** Number of the header among those with its name, from 0. */
const nthOf = (headers: readonly HeaderField[], at: number): number =>
  headers.slice(0, at).filter(({ name }) => name === headers[at]?.name).length;

function presentHeader({ name, value }: HeaderField, nth: number, context: MessageContext): HeaderField {
  if (!HAS_PLACEHOLDER.test(value)) return { name, value: context.relocate(value) };
  const { reply, tokens, note } = context;
  const own = headerOf(reply, name, nth);
  if (own !== undefined) {
    if (redactHeader({ name, value: own }).value !== value && PLACEHOLDER.test(value)) tokens.learn(value, own);
    else tokens.note(own);
    return { name, value: own };
  }
  const known = tokens.tokenOf(value);
  if (known === undefined) note(`the secret in the header ${name} is not known`);
  return { name, value: known ?? value };
}

function headerOf({ headers = {} }: Reply, name: string, nth: number): string | undefined {
  const value = Object.entries(headers).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
  return typeof value === 'string' ? (nth === 0 ? value : undefined) : value?.[nth];
}

function presentBody(
  body: EntryBody | undefined,
  status: number,
  context: MessageContext,
): Reply['body'] | typeof NOT_KNOWN {
  const { reply, note } = context;
  if (body === undefined) return reply.body instanceof Readable && reply.status === status ? reply.body : undefined;
  const isWhole = body.truncated === undefined && body.arriving === undefined;
  if (isWhole && body.base64 !== undefined) return Buffer.from(body.base64, 'base64');
  if (isWhole && body.text !== undefined && body.text !== '[redacted]') return presentText(body.text, context);
  if (reply.status === status && reply.body !== undefined) {
    if (isOther(reply.body, body)) note('the body is not in the recording, and the world replied with another one');
    return reply.body;
  }
  note('the body is not in the recording, and the world replied otherwise');
  return NOT_KNOWN;
}

/** Whether a body differs from what is known of the recorded one. */
function isOther(own: NonNullable<Reply['body']>, { size, text, base64 }: EntryBody): boolean {
  if (own instanceof Readable) return false;
  const bytes = Buffer.from(own);
  if (bytes.length !== size) return true;
  const beginning = base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64');
  return text !== '[redacted]' && !bytes.subarray(0, beginning.length).equals(beginning);
}

/** Fills the secrets into a text: those of the same places in the reply of the world, or tokens that the client has sent. */
function presentText(text: string, { reply, tokens, note }: MessageContext): string {
  if (!HAS_PLACEHOLDER.test(text)) return text;
  const { body } = reply;
  const own = typeof body === 'string' || Buffer.isBuffer(body) ? body.toString() : '';
  if (own !== '' && redactText(own) === text) return own;
  const secrets = new Map(
    isJson(own) ? secretsIn(own).map(({ path, start, end }) => [path, own.slice(start, end)]) : [],
  );
  if (!isJson(text)) {
    note('the secret in the body is not known');
    return text;
  }
  return replaceSecrets(text, ({ path, start, end, isToken }) => {
    const recorded = text.slice(start, end);
    const digest = JSON.parse(recorded) as unknown;
    if (typeof digest !== 'string' || !PLACEHOLDER.test(digest)) return recorded;
    const secret = secrets.get(path);
    if (secret !== undefined) {
      if (isToken) tokens.learn(digest, JSON.parse(secret) as string);
      return secret;
    }
    const known = tokens.tokenOf(digest);
    if (known === undefined) note(`the secret at ${path} of the body is not known`);
    return known === undefined ? recorded : JSON.stringify(known);
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function relocateBody(body: string | Buffer, { relocate }: MessageContext): string | Buffer {
  if (typeof body === 'string') return relocate(body);
  // Only text has addresses; other bytes stay as they are.
  return body;
}
