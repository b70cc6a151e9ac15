import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Wire } from '../../faults/fault.ts';
import { pipeBody } from '../pipe-body.ts';
import { resetConnection } from '../tls/raw-sockets.ts';
import { Gate, Slicer, Throttle } from './throttle.ts';

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
export function sendFaulty(response: ServerResponse, ready: ReadyResponse, wire: Wire): void {
  const { socket } = response;
  // While an earlier response of a pipelining client is pending, the connection is not available yet.
  if (socket === null && !response.destroyed) {
    response.once('socket', () => sendFaulty(response, ready, wire));
    response.once('close', () => dropBody(ready));
    return;
  }
  if (socket === null || socket.destroyed) {
    dropBody(ready);
    return;
  }
  switch (wire.kind) {
    case 'slow':
      sendThrough(response, ready, new Throttle(wire.bytesPerSecond));
      break;
    case 'slice':
      sendThrough(response, ready, new Slicer(wire));
      break;
    case 'slowClose':
      closeLate(response, socket, { ready, milliseconds: wire.milliseconds });
      break;
    case 'stall':
      stall(response, ready, wire);
      break;
    case 'cut':
      cut(socket, ready, wire);
      break;
    case 'garble':
      garble(socket, ready, wire.what);
      break;
    case 'corrupt':
      sendAndClose(response, ready);
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

function send(response: ServerResponse, ready: ReadyResponse): void {
  writeHead(response, ready);
  if (ready.body instanceof Readable) pipeBody(ready.body, response);
  else response.end(ready.body);
}

function sendThrough(response: ServerResponse, ready: ReadyResponse, through: Gate | Slicer | Throttle): void {
  writeHead(response, ready);
  response.flushHeaders();
  pipeBody(streamOf(ready.body), response, [through]);
}

function stall(response: ServerResponse, ready: ReadyResponse, wire: Extract<Wire, { readonly kind: 'stall' }>): void {
  const { after, milliseconds } = wire;
  const later = (resume: () => void): void => {
    if (milliseconds === null) return;
    const timer = setTimeout(resume, milliseconds).unref();
    response.once('close', () => clearTimeout(timer));
  };
  if (after !== null) {
    sendThrough(response, ready, new Gate(after, later));
    return;
  }
  if (milliseconds === null) {
    dropBody(ready);
    return;
  }
  const leave = (): void => dropBody(ready);
  response.once('close', leave);
  later(() => {
    response.off('close', leave);
    if (response.destroyed) dropBody(ready);
    else send(response, ready);
  });
}

function dropBody({ body }: ReadyResponse): void {
  if (body instanceof Readable) body.destroy();
}

/** Sends everything and closes the connection, because the announced length is wrong. */
function sendAndClose(response: ServerResponse, ready: ReadyResponse): void {
  const { socket } = response;
  response.on('finish', () => socket?.end());
  send(response, ready);
}

/** What is sent, and how long the connection stays open afterwards. */
interface LateClose {
  readonly ready: ReadyResponse;
  readonly milliseconds: number;
}

/** Sends everything and announces that the connection closes, and closes it later. */
function closeLate(response: ServerResponse, socket: Socket, { ready, milliseconds }: LateClose): void {
  const close = socket.destroySoon.bind(socket);
  // Node closes the connection in this way once the response has been sent.
  socket.destroySoon = () => {
    const timer = setTimeout(close, milliseconds).unref();
    socket.once('close', () => clearTimeout(timer));
  };
  send(response, { ...ready, headers: [...withoutConnection(ready.headers), 'Connection', 'close'] });
}

const withoutConnection = (headers: readonly string[]): readonly string[] =>
  headers.filter((_text, at) => headers[at - (at % 2)]?.toLowerCase() !== 'connection');

function headText({ status, reason, headers }: ReadyResponse, isChunked = false): string {
  const lines = [`HTTP/1.1 ${status} ${reason}`];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    if (isChunked && headers[at]?.toLowerCase() === 'content-length') continue;
    lines.push(`${headers[at]}: ${headers[at + 1]}`);
  }
  if (isChunked) lines.push('Transfer-Encoding: chunked');
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function cut(socket: Socket, ready: ReadyResponse, { by, place }: Extract<Wire, { readonly kind: 'cut' }>): void {
  if (place === null || place.of === 'head') {
    dropBody(ready);
    const head = place === null ? '' : headText(ready).slice(0, place.after);
    socket.write(head, 'latin1', () => disconnect(socket, by));
    return;
  }
  sendFirst(socket, ready, place.after).then(
    () => disconnect(socket, by),
    () => socket.destroy(),
  );
}

function disconnect(socket: Socket, by: 'close' | 'reset'): void {
  if (by === 'close') socket.end();
  else setTimeout(() => resetConnection(socket), GRACE_MILLISECONDS).unref();
}

const hasLength = (headers: readonly string[]): boolean =>
  headers.some((name, at) => at % 2 === 0 && name.toLowerCase() === 'content-length');

/** Sends the head and the first bytes of a body; without a Content-Length, as the start of a chunk. */
async function sendFirst(socket: Socket, ready: ReadyResponse, count: number): Promise<void> {
  const isChunked = !hasLength(ready.headers);
  socket.write(headText(ready, isChunked), 'latin1');
  if (isChunked) socket.write(`${(count + 1).toString(16)}\r\n`);
  if (count === 0) return dropBody(ready);
  await pipeline(streamOf(ready.body), (chunks) => firstOf(chunks, count), socket, { end: false });
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

function garble(socket: Socket, ready: ReadyResponse, what: 'garbage' | 'chunk'): void {
  dropBody(ready);
  if (what === 'garbage') {
    socket.end(GARBAGE, 'latin1');
    return;
  }
  const body = ready.body instanceof Readable ? 'first' : Buffer.from(ready.body ?? '').toString();
  const part = body.slice(0, Math.ceil(body.length / 2)) || 'first';
  const chunk = `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`;
  socket.write(headText(ready, true), 'latin1');
  socket.end(`${chunk}not-a-size\r\n`);
}
