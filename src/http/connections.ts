/** How long connections stay open between requests, and how long a request may take to arrive. */
import type { Server, ServerResponse } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { InvalidRequest, ParserError } from './invalid-request.ts';

declare module 'node:net' {
  interface Socket {
    /** The response to the latest request on this connection. */
    answering?: ServerResponse;
    /** The response to the last request that waits, or is under way, on this connection. */
    lastInLine?: ServerResponse;
  }
}

/** Limits of connections; the defaults are those of the doubled services. */
export interface ConnectionOptions {
  /** Milliseconds after which idle connections are closed; 900 seconds when omitted. 0 closes them after each response. */
  readonly keepAlive?: number;
  /** The same for single dialects, by name. */
  readonly keepAliveByDialect?: Readonly<Record<string, number>>;
  /** Milliseconds in which a request must arrive completely; no limit when omitted, as in the services. */
  readonly requestTimeout?: number;
  /** Milliseconds in which the head of a request must arrive; that of the whole request when omitted. */
  readonly headerTimeout?: number;
  /** Most bytes of a request line with its headers; 65,536 when omitted. */
  readonly maxHeaderSize?: number;
  /** Most open connections of one port; further ones are closed at once. No limit when omitted. */
  readonly maxConnections?: number;
}

/** Idle time of Glance and of Nova's own server (`client_socket_timeout`), in milliseconds. */
const DEFAULT_KEEP_ALIVE = 900_000;

/** The longest request line with headers that the services read, in bytes. */
const MAX_HEADER_SIZE = 65_536;

/** The longest time of a timer of Node, in milliseconds: 24 days. */
const NO_TIMEOUT = 2 ** 31 - 1;

/** Node's own interval for checks of `requestTimeout`, in milliseconds. */
const CHECK_INTERVAL = 1000;

/** The settings of a Node server. Each of Node's own limits is set, so that none of its defaults reaches clients. */
export function serverOptions({
  requestTimeout = 0,
  headerTimeout = requestTimeout,
  maxHeaderSize = MAX_HEADER_SIZE,
}: ConnectionOptions) {
  return {
    maxHeaderSize,
    // Node checks no head without a limit for the whole request.
    requestTimeout: requestTimeout === 0 && headerTimeout > 0 ? NO_TIMEOUT : requestTimeout,
    headersTimeout: headerTimeout,
    connectionsCheckingInterval: CHECK_INTERVAL,
    // The idle time is that of the socket instead: a keep-alive timeout of Node is announced in a Keep-Alive header.
    keepAliveTimeout: 0,
  };
}

/**
 * Applies the idle time to a server, and removes the limits that the services do not have.
 * @param onInvalid - receives what is not a request, after the response to it.
 */
export function limitConnections(
  server: Server | TlsServer,
  { keepAlive = DEFAULT_KEEP_ALIVE, maxConnections }: ConnectionOptions,
  onInvalid?: (invalid: InvalidRequest) => void,
): void {
  if (maxConnections !== undefined) server.maxConnections = maxConnections;
  server.timeout = keepAlive === 0 ? DEFAULT_KEEP_ALIVE : keepAlive;
  server.maxRequestsPerSocket = 0;
  server.maxHeadersCount = 0;
  server.on('timeout', closeIdle);
  server.on('clientError', (error: ParserError, socket: Socket) => rejectInvalid(error, socket, onInvalid));
}

/** Closes a connection on which the client neither sends nor reads. While the client waits for a response, it stays open. */
function closeIdle(socket: Socket): void {
  const response = socket.answering;
  const isWaiting = response?.req.complete === true && !response.writableEnded && socket.writableLength === 0;
  if (!isWaiting) socket.destroy();
}

/** Responses to what is not a request, by the code of Node's error. */
const INVALID: Readonly<Record<string, readonly [status: number, reason: string]>> = {
  HPE_HEADER_OVERFLOW: [400, 'Headers Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
};

/** Headers of the responses to what is not a request. */
const INVALID_HEADERS = ['Connection', 'close', 'Content-Length', '0'] as const;

/** Responds to bytes that are not a request, unless a response has begun, and closes the connection. */
function rejectInvalid(
  error: ParserError,
  socket: Socket,
  onInvalid: ((invalid: InvalidRequest) => void) | undefined,
): void {
  const response = socket.answering;
  const isFree = response === undefined || response.writableEnded || !response.headersSent;
  // An error of the operating system, such as ECONNRESET, is the end of the connection: nothing invalid was sent.
  if (!socket.writable || !isFree || error.syscall !== undefined) {
    socket.destroy(error);
    return;
  }
  const [status, reason] = INVALID[error.code ?? ''] ?? [400, 'Bad Request'];
  const [connection, close, length, none] = INVALID_HEADERS;
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${connection}: ${close}\r\n${length}: ${none}\r\n\r\n`);
  // A request whose body is invalid has an entry of its own.
  const isBody = response !== undefined && !(response.writableEnded && response.req.complete);
  if (!isBody) onInvalid?.({ error, socket, status, headers: INVALID_HEADERS });
}

/**
 * Prepares a response for what its client asked of the connection. As the services do, an open connection is mentioned
 * only to clients that ask for it: `Connection: keep-alive` in the request.
 */
export function prepareConnection(response: ServerResponse, { keepAlive }: ConnectionOptions): void {
  const { req: request } = response;
  request.socket.answering = response;
  if (keepAlive === 0) response.setHeader('Connection', 'close');
  else if (response.shouldKeepAlive && !isKeepAlive(request.headers.connection)) response.removeHeader('Connection');
}

const isKeepAlive = (connection: string | undefined): boolean =>
  connection === 'keep-alive' || connection?.toLowerCase() === 'keep-alive';

/** Returns a function that applies the idle times of single dialects; `undefined` if none is set. */
export function dialectConnections({ keepAlive = DEFAULT_KEEP_ALIVE, keepAliveByDialect = {} }: ConnectionOptions) {
  if (Object.keys(keepAliveByDialect).length === 0) return undefined;
  return (response: ServerResponse, dialect: string): void => {
    const milliseconds = keepAliveByDialect[dialect] ?? keepAlive;
    const { socket } = response.req;
    if (milliseconds === 0) response.setHeader('Connection', 'close');
    else if (socket.timeout !== milliseconds) socket.setTimeout(milliseconds);
  };
}

/**
 * Serves a request once the responses to earlier requests on its connection are complete, as the services do. A client that
 * sends many requests at once then shares the event loop with others. Requests of a client that has left are dropped.
 */
export function serveInTurn(response: ServerResponse, serve: () => void): void {
  const { socket } = response.req;
  const before = socket.lastInLine;
  socket.lastInLine = response;
  if (before === undefined || isComplete(before)) serve();
  else before.once('close', () => setImmediate(() => socket.writable && serve()));
}

const isComplete = (response: ServerResponse): boolean => response.writableFinished || response.destroyed;
