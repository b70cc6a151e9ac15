import type { Call, Handler, Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { parseJson } from '../shared/json-body.ts';
import { FAILED, GlanceRefusal } from './errors.ts';

/** The header of a JSON answer. */
export const JSON_TYPE = { 'Content-Type': 'application/json' } as const;

/** An answer without a body, as the service marks it: as HTML. */
export const emptyReply = (status: 200 | 202 | 204): Reply => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=UTF-8', 'Content-Length': '0' },
});

/** An answer without a body that some calls give: not even a type is told. */
export const BARE_REPLY: Reply = { status: 204, headers: { 'Content-Length': '0' } };

/** An answer of JSON text. */
export const textReply = (status: number, body: string): Reply => ({ status, headers: JSON_TYPE, body });

/** A handler whose refusals are worded as the request's Accept prefers. */
export const withErrorMapping =
  <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  (call, context) => {
    const word = (error: unknown): Reply => {
      if (error instanceof GlanceRefusal) return error.reply(call);
      throw error;
    };
    try {
      const answer = handler(call, context);
      return answer instanceof Promise ? answer.catch(word) : answer;
    } catch (error) {
      return word(error);
    }
  };

const WRITING: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** Whether the service takes note of a body: one of unannounced length is overlooked where none is usual. */
const hasBody = (call: Call): boolean =>
  call.body !== undefined && (call.headers['content-length'] !== undefined || WRITING.has(call.method));

/** @throws GlanceRefusal 400 for a body where none belongs. */
export function refuseBody(call: Call): void {
  if (hasBody(call)) throw new GlanceRefusal(400, 'A body is not expected with this request.');
}

/** @throws GlanceRefusal 500 for a body that calls cannot cope with, 400 for one that cannot be read. */
export function failOnBody(call: Call): void {
  if (!hasBody(call)) return;
  parseBody(call);
  throw new GlanceRefusal(500, FAILED);
}

/** The media type of a request body, without parameters; text where the request does not say. */
export const mediaType = (call: Call): string =>
  (call.headers['content-type'] ?? 'text/plain').split(';', 1)[0] as string;

/** Whether no body came, nor one of unannounced length that turned out to be empty. */
export const isBodyMissing = (call: Call): boolean =>
  call.body === undefined && call.headers['transfer-encoding'] === undefined;

/**
 * The JSON value of a body.
 * @throws GlanceRefusal 400 for none, for what is no JSON, and for what is neither a list nor an object.
 */
export function parseBody(call: Call): unknown {
  if (isBodyMissing(call)) throw new GlanceRefusal(400, 'Body expected in request.');
  let value: unknown;
  try {
    value = parseJson(call.body ?? Buffer.alloc(0));
  } catch {
    throw new GlanceRefusal(400, 'Malformed JSON in request body.');
  }
  if (typeof value !== 'object' || value === null) {
    throw new GlanceRefusal(400, 'Unexpected body type. Expected list/dict.');
  }
  return value;
}

/** What the service says of bytes that are no text to it. */
export const UNREADABLE =
  'Error decoding your request. Either the URL or the request body contained characters that could not be decoded by Glance';

/** @throws GlanceRefusal 400 for percent-encoded bytes that are no UTF-8. */
export function refuseUnreadable(search: string): void {
  if (!search.includes('%')) return;
  try {
    // Percent signs that begin no code stand for themselves.
    decodeURIComponent(search.replace(/%(?![\da-f]{2})/gi, '%25'));
  } catch {
    throw new GlanceRefusal(400, UNREADABLE);
  }
}
