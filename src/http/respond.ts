import { type ServerResponse, STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Reply } from '../contract/contract.ts';
import type { Wire } from '../faults/fault.ts';
import { isOnAnswer, sendFaulty } from './faults/response-faults.ts';

// The names that the Python services put on the status line, where Node has newer ones.
const REASONS: Readonly<Record<number, string>> = {
  413: 'Request Entity Too Large',
  416: 'Request Range Not Satisfiable',
};

let dateSecond = Number.NaN;
let dateText = '';

/** An HTTP date; the text is kept until the second changes. */
export function httpDate(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = new Date(second * 1000).toUTCString();
  }
  return dateText;
}

type Headers = Readonly<Record<string, string | readonly string[]>>;

/**
 * Sends a reply. `writeHead` with a flat list and one `end` is the fastest way that Node has.
 * @param standing - headers of the dialect; those of the reply win.
 * @param wire - what happens to it on the way.
 */
export function respond(
  response: ServerResponse,
  reply: Reply,
  standing: Headers | undefined,
  now: number,
  isHead: boolean,
  wire?: Wire,
): void {
  const flat: string[] = [];
  const { headers, body } = reply;
  let hasDate = false;
  let hasLength = false;
  if (headers !== undefined) {
    for (const name in headers) {
      const lower = name.length === 4 || name.length === 14 ? name.toLowerCase() : '';
      if (lower === 'date') hasDate = true;
      else if (lower === 'content-length') hasLength = true;
      push(flat, name, headers[name] as string | readonly string[]);
    }
  }
  if (standing !== undefined) {
    for (const name in standing) {
      if (headers === undefined || !hasHeader(headers, name)) {
        push(flat, name, standing[name] as string | readonly string[]);
      }
    }
  }
  if (!hasDate && !reply.isForeign) flat.push('Date', httpDate(now));
  if (reply.isForeign) response.sendDate = false;
  const isStream = body instanceof Readable;
  if (isStream && isHead) body.destroy();
  if (!hasLength && !isStream && (body !== undefined || (reply.status !== 204 && reply.status !== 304))) {
    flat.push('Content-Length', String(body === undefined ? 0 : Buffer.byteLength(body as string | Buffer)));
  }
  const reason = reply.reason ?? REASONS[reply.status];
  if (wire !== undefined && isOnAnswer(wire)) {
    const words = reason ?? STATUS_CODES[reply.status] ?? '';
    sendFaulty(response, { status: reply.status, reason: words, headers: flat, body: isHead ? undefined : body }, wire);
    return;
  }
  if (reason === undefined) response.writeHead(reply.status, flat);
  else response.writeHead(reply.status, reason, flat);
  if (body === undefined || isHead) {
    response.end();
  } else if (isStream) {
    // Head first: a client that waits for it must not have to wait for the first bytes of a slow stream.
    response.flushHeaders();
    pipeline(body, response).catch(() => response.destroy());
  } else {
    response.end(body);
  }
}

function push(flat: string[], name: string, value: string | readonly string[]): void {
  if (typeof value === 'string') flat.push(name, value);
  else for (const one of value) flat.push(name, one);
}

function hasHeader(headers: Headers, name: string): boolean {
  if (name in headers) return true;
  const lower = name.toLowerCase();
  for (const other in headers) if (other.toLowerCase() === lower) return true;
  return false;
}
