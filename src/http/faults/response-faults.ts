import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Wire } from '../../faults/fault.ts';
import { Gate, Throttle } from './throttle.ts';

/** A response that is ready to be sent. */
export interface ReadyResponse {
  readonly status: number;
  readonly reason: string;
  /** Header names and values, alternating. */
  readonly headers: readonly string[];
  readonly body: string | Buffer | Readable | undefined;
}

/** Bytes that are not HTTP. */
const GARBAGE = '\u0016\u0003\u0001 this is no HTTP \u0000\u0001\u0002\r\n\r\n';

/** Time for written bytes to arrive before the connection is reset, which may discard them. */
const GRACE_MILLISECONDS = 20;

/** Whether a wire fault is applied when the response is sent. */
export const isOnResponse = (wire: Wire): boolean =>
  wire.kind === 'corrupt' ? wire.how.what === 'length' : !('on' in wire) || wire.on === 'response';

/** Sends a response with a wire fault. */
export function sendFaulty(response: ServerResponse, answer: ReadyResponse, wire: Wire): void {
  const { socket } = response;
  // While an earlier response of a pipelining client is pending, the connection is not available yet.
  if (socket === null && !response.destroyed) {
    response.once('socket', () => sendFaulty(response, answer, wire));
    response.once('close', () => dropBody(answer));
    return;
  }
  if (socket === null || socket.destroyed) {
    dropBody(answer);
    return;
  }
  switch (wire.kind) {
    case 'slow':
      sendThrough(response, answer, new Throttle(wire.bytesPerSecond));
      break;
    case 'stall':
      stall(response, answer, wire);
      break;
    case 'cut':
      cut(socket, answer, wire);
      break;
    case 'garble':
      garble(socket, answer, wire.what);
      break;
    case 'corrupt':
      sendAndClose(response, answer);
      break;
    default:
      wire satisfies never;
  }
}

function writeHead(response: ServerResponse, { status, reason, headers }: ReadyResponse): void {
  response.writeHead(status, reason, [...headers]);
}

const streamOf = (body: ReadyResponse['body']): Readable =>
  body instanceof Readable ? body : Readable.from(body === undefined ? [] : [Buffer.from(body)], { objectMode: false });

function send(response: ServerResponse, answer: ReadyResponse): void {
  writeHead(response, answer);
  if (answer.body instanceof Readable) pipeline(answer.body, response).catch(() => response.destroy());
  else response.end(answer.body);
}

function sendThrough(response: ServerResponse, answer: ReadyResponse, through: Gate | Throttle): void {
  writeHead(response, answer);
  response.flushHeaders();
  pipeline(streamOf(answer.body), through, response).catch(() => response.destroy());
}

function stall(response: ServerResponse, answer: ReadyResponse, wire: Extract<Wire, { readonly kind: 'stall' }>): void {
  const { after, milliseconds } = wire;
  const later = (resume: () => void): void => {
    if (milliseconds !== null) setTimeout(resume, milliseconds).unref();
  };
  if (after !== null) {
    sendThrough(response, answer, new Gate(after, later));
    return;
  }
  if (milliseconds === null) {
    dropBody(answer);
    return;
  }
  later(() => {
    if (response.destroyed) dropBody(answer);
    else send(response, answer);
  });
}

function dropBody({ body }: ReadyResponse): void {
  if (body instanceof Readable) body.destroy();
}

/** Sends everything and closes the connection, because the announced length is wrong. */
function sendAndClose(response: ServerResponse, answer: ReadyResponse): void {
  const { socket } = response;
  response.on('finish', () => socket?.end());
  send(response, answer);
}

function headText({ status, reason, headers }: ReadyResponse, isChunked = false): string {
  const lines = [`HTTP/1.1 ${status} ${reason}`];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    if (isChunked && headers[at]?.toLowerCase() === 'content-length') continue;
    lines.push(`${headers[at]}: ${headers[at + 1]}`);
  }
  if (isChunked) lines.push('Transfer-Encoding: chunked');
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function cut(socket: Socket, answer: ReadyResponse, { by, place }: Extract<Wire, { readonly kind: 'cut' }>): void {
  if (place === null || place.of === 'head') {
    dropBody(answer);
    const head = place === null ? '' : headText(answer).slice(0, place.after);
    socket.write(head, 'latin1', () => disconnect(socket, by));
    return;
  }
  sendFirst(socket, answer, place.after).then(
    () => disconnect(socket, by),
    () => socket.destroy(),
  );
}

function disconnect(socket: Socket, by: 'close' | 'reset'): void {
  if (by === 'close') socket.end();
  else setTimeout(() => socket.resetAndDestroy(), GRACE_MILLISECONDS).unref();
}

const hasLength = (headers: readonly string[]): boolean =>
  headers.some((name, at) => at % 2 === 0 && name.toLowerCase() === 'content-length');

/** Sends the head and the first bytes of a body; without a Content-Length, as the start of a chunk. */
async function sendFirst(socket: Socket, answer: ReadyResponse, count: number): Promise<void> {
  const isChunked = !hasLength(answer.headers);
  socket.write(headText(answer, isChunked), 'latin1');
  if (isChunked) socket.write(`${(count + 1).toString(16)}\r\n`);
  if (count === 0) return dropBody(answer);
  await pipeline(streamOf(answer.body), (chunks) => firstOf(chunks, count), socket, { end: false });
}

/** Yields the first bytes of a stream without reading further. */
async function* firstOf(chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

function garble(socket: Socket, answer: ReadyResponse, what: 'garbage' | 'chunk'): void {
  dropBody(answer);
  if (what === 'garbage') {
    socket.end(GARBAGE, 'latin1');
    return;
  }
  const body = answer.body instanceof Readable ? 'first' : Buffer.from(answer.body ?? '').toString();
  const part = body.slice(0, Math.ceil(body.length / 2)) || 'first';
  const chunk = `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`;
  socket.write(headText(answer, true), 'latin1');
  socket.end(`${chunk}not-a-size\r\n`);
}
