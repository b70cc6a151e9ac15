// A client of few instructions, because it shares the processor with the server that it measures.
import { connect } from 'node:net';

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** A connection that is kept open. Sends one request at a time. */
class Connection {
  #socket;
  #received = [];
  #waiting;

  constructor({ host, port }) {
    this.host = host;
    this.port = port;
  }

  /** Sends a request and returns its response. */
  send({ method, path, headers, body }) {
    const content = bodyOf(body);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    if (content !== undefined) {
      if (headers['Content-Type'] === undefined) lines.push('Content-Type: application/json\r\n');
      lines.push(`Content-Length: ${content.length}\r\n`);
    }
    const head = Buffer.from(`${method} ${path} HTTP/1.1\r\nHost: ${this.host}\r\n${lines.join('')}\r\n`);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject, hasBody: method !== 'HEAD' };
      this.#open().write(content === undefined ? head : Buffer.concat([head, content]));
    });
  }

  close() {
    this.#socket?.destroy();
  }

  #open() {
    if (this.#socket !== undefined) return this.#socket;
    const socket = connect({ host: this.host, port: this.port });
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('close', () => {
      this.#socket = undefined;
      this.#received = [];
      this.#waiting?.reject(new Error('the server closed the connection'));
    });
    socket.on('error', () => undefined);
    this.#socket = socket;
    return socket;
  }

  #take(chunk) {
    this.#received.push(chunk);
    const bytes = this.#received.length === 1 ? chunk : Buffer.concat(this.#received);
    this.#received = [bytes];
    const response = parse(bytes, this.#waiting?.hasBody === true);
    if (response === undefined) return;
    this.#received = [];
    const { resolve } = this.#waiting;
    this.#waiting = undefined;
    if (response.headers.connection === 'close') {
      this.#socket?.removeAllListeners('close').destroy();
      this.#socket = undefined;
    }
    resolve(response);
  }
}

const bodyOf = (body) => (body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)));

/** Parses a response with a Content-Length; `undefined` until it is complete. */
function parse(bytes, hasBody) {
  const end = bytes.indexOf(END_OF_HEAD);
  if (end === -1) return undefined;
  const [statusLine, ...lines] = bytes.latin1Slice(0, end).split('\r\n');
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const start = end + END_OF_HEAD.length;
  if (headers['transfer-encoding'] === 'chunked') return chunked(bytes, { start, statusLine, headers });
  const length = hasBody ? Number(headers['content-length'] ?? 0) : 0;
  if (bytes.length < start + length) return undefined;
  return { status: Number(statusLine.split(' ')[1]), headers, content: bytes.utf8Slice(start, start + length) };
}

/** Returns a response in chunks, whose content no kind of request reads. */
function chunked(bytes, { start, statusLine, headers }) {
  if (bytes.indexOf('0\r\n\r\n', start, 'latin1') === -1) return undefined;
  return { status: Number(statusLine.split(' ')[1]), headers, content: '' };
}

/** Returns a function that sends requests over so many connections. */
export function connectionsTo(place, count) {
  const all = Array.from({ length: count }, () => new Connection(place));
  const idle = [...all];
  return {
    async send(request) {
      const connection = idle.pop() ?? new Connection(place);
      try {
        return await connection.send(request);
      } finally {
        idle.push(connection);
      }
    },
    close: () => {
      for (const connection of [...all, ...idle]) connection.close();
    },
  };
}
