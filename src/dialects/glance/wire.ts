import type { Call, Handler, Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { parseJson } from '../shared/json-body.ts';
import { hasBody, isBodyMissing, isUtf8Query } from '../shared/webob.ts';
import { FAILED, GlanceError, unsupportedMediaType } from './errors.ts';

/** Content-Type of JSON. */
export const JSON_TYPE = { 'Content-Type': 'application/json' } as const;

/** Returns a reply without a body, which the service declares as HTML. */
export const emptyReply = (status: 200 | 202 | 204): Reply => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=UTF-8', 'Content-Length': '0' },
});

/** A reply without body and Content-Type. */
export const BARE_REPLY: Reply = { status: 204, headers: { 'Content-Length': '0' } };

/** Returns a reply of JSON text. */
export const textReply = (status: number, body: string): Reply => ({ status, headers: JSON_TYPE, body });

/** Wraps a handler so that a GlanceError that it throws becomes its reply. */
export const withErrorMapping =
  <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  (call, context) => {
    const mapError = (error: unknown): Reply => {
      if (error instanceof GlanceError) return error.reply(call);
      throw error;
    };
    try {
      const reply = handler(call, context);
      return reply instanceof Promise ? reply.catch(mapError) : reply;
    } catch (error) {
      return mapError(error);
    }
  };

/** The body of a request and the headers that announce it. */
export type SentBody = Pick<Call, 'body' | 'headers'>;

/**
 * Rejects a request body.
 * @throws GlanceError 400
 */
export function rejectBody(call: SentBody & Pick<Call, 'method'>): void {
  if (hasBody(call)) throw new GlanceError(400, 'A body is not expected with this request.');
}

/**
 * Fails on a request body.
 * @throws GlanceError 500 for a body, 400 for a malformed one.
 */
export function failOnBody(call: Call): void {
  if (!hasBody(call)) return;
  parseBody(call);
  throw new GlanceError(500, FAILED);
}

/** Returns the Content-Type of a request; `text/plain` if it has none. */
export const contentType = (call: Call): string => call.headers['content-type'] ?? 'text/plain';

/** Returns the media type of a request body without parameters. Blanks before a semicolon belong to it. */
export const mediaType = (call: Call): string => contentType(call).split(';', 1)[0] as string;

/**
 * Checks the media type of a request body.
 * @throws GlanceError 415, whose message has the whole Content-Type.
 */
export function requireMediaType(call: Call, expected: string): void {
  if (mediaType(call) !== expected) throw unsupportedMediaType(contentType(call));
}

/**
 * Parses the JSON of a body.
 * @throws GlanceError 400 if the body is missing, malformed, or neither an array nor an object.
 */
export function parseBody(call: SentBody): unknown {
  if (isBodyMissing(call)) throw new GlanceError(400, 'Body expected in request.');
  let value: unknown;
  try {
    value = parseJson(call.body ?? Buffer.alloc(0));
  } catch {
    throw new GlanceError(400, 'Malformed JSON in request body.');
  }
  if (typeof value !== 'object' || value === null) {
    throw new GlanceError(400, 'Unexpected body type. Expected list/dict.');
  }
  return value;
}

/** Message for text that is not UTF-8. */
export const UNDECODABLE =
  'Error decoding your request. Either the URL or the request body contained characters that could not be decoded by Glance';

/**
 * Rejects a query whose percent-encoded bytes are not UTF-8.
 * @throws GlanceError 400
 */
export function rejectUndecodableQuery(search: string): void {
  if (!isUtf8Query(search)) throw new GlanceError(400, UNDECODABLE);
}
