import type { ServerResponse } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { reportInternalError } from '../base/internal-errors.ts';

/** Codes of the errors of a connection that its client has closed. */
const CLOSED: ReadonlySet<unknown> = new Set([
  'ERR_STREAM_PREMATURE_CLOSE',
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
]);

/** Sends a stream, through others if given. If it fails, the connection is closed: the response has begun. */
export function pipeBody(body: Readable, response: ServerResponse, through: readonly Transform[] = []): void {
  pipeline([body, ...through, response]).catch((error: NodeJS.ErrnoException) => {
    response.destroy();
    if (!CLOSED.has(error.code)) reportInternalError(error, 'the body of a response');
  });
}
