// A Sideglance in this process, and connections to it that are streams in memory: a million requests through sockets would
// take several times as long, most of it in the operating system.
import { Server } from 'node:net';
import { Duplex } from 'node:stream';
import { startSideglance } from '../../dist/index.js';

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** Starts a Sideglance. Returns it with its own server, which takes connections. */
async function startCaptured() {
  const servers = [];
  const { listen } = Server.prototype;
  Server.prototype.listen = function capture(...args) {
    servers.push(this);
    return listen.apply(this, args);
  };
  const cloud = await startSideglance({});
  Server.prototype.listen = listen;
  return { cloud, server: servers[0] };
}

/** The server's end of a connection, with the members of a socket that servers use. */
class Line extends Duplex {
  remoteAddress = '127.0.0.1';
  bytesWritten = 0;
  timeout = 0;
  #receive;

  /** @param receive - receives what the server sends. */
  constructor(receive) {
    super();
    this.#receive = receive;
  }

  setTimeout() {
    return this;
  }

  setNoDelay() {
    return this;
  }

  setKeepAlive() {
    return this;
  }

  destroySoon() {
    this.end();
    this.destroy();
  }

  _read() {}

  _write(chunk, _encoding, done) {
    this.bytesWritten += chunk.length;
    this.#receive(chunk);
    done();
  }

  _writev(chunks, done) {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), '', done);
  }
}

/** A client with one connection, which is kept open. Sends one request at a time. */
class Client {
  #server;
  #line;
  #received;
  #waiting;

  constructor(server) {
    this.#server = server;
  }

  /** Sends a request and returns its response. */
  send({ method, path, headers, body }) {
    const content = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    let head = `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n`;
    for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`;
    if (content !== undefined) {
      if (headers['Content-Type'] === undefined) head += 'Content-Type: application/json\r\n';
      head += `Content-Length: ${content.length}\r\n`;
    }
    const bytes = Buffer.from(`${head}\r\n`);
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#connect().push(content === undefined ? bytes : Buffer.concat([bytes, content]));
    });
  }

  #connect() {
    if (this.#line !== undefined && !this.#line.destroyed) return this.#line;
    this.#line = new Line((chunk) => this.#receive(chunk)).on('error', () => undefined);
    this.#server.emit('connection', this.#line);
    return this.#line;
  }

  #receive(chunk) {
    this.#received = this.#received === undefined ? chunk : Buffer.concat([this.#received, chunk]);
    const response = parse(this.#received);
    if (response === undefined) return;
    this.#received = undefined;
    if (response.headers.connection === 'close') this.#line = undefined;
    // The server has to return from its write first.
    setImmediate(this.#waiting, response);
  }
}

/** Parses a response; `undefined` until it is complete. Of one in chunks, the content is left out. */
function parse(bytes) {
  const end = bytes.indexOf(END_OF_HEAD);
  if (end === -1) return undefined;
  const [statusLine, ...lines] = bytes.latin1Slice(0, end).split('\r\n');
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const start = end + END_OF_HEAD.length;
  const status = Number(statusLine.split(' ')[1]);
  if (headers['transfer-encoding'] === 'chunked') {
    return bytes.indexOf('0\r\n\r\n', start, 'latin1') === -1 ? undefined : { status, headers, content: '' };
  }
  const length = Number(headers['content-length'] ?? 0);
  return bytes.length < start + length
    ? undefined
    : { status, headers, content: bytes.utf8Slice(start, start + length) };
}

/**
 * Starts a Sideglance in this process.
 * @param clients - number of connections.
 * @returns its address, and a function that sends requests through memory.
 */
export async function startInMemory(clients) {
  const { cloud, server } = await startCaptured();
  const idle = Array.from({ length: clients }, () => new Client(server));
  const { hostname: host, port } = new URL(cloud.url);
  return {
    host,
    port,
    close: () => cloud.close(),
    async send(request) {
      const client = idle.pop() ?? new Client(server);
      try {
        return await client.send(request);
      } finally {
        idle.push(client);
      }
    },
  };
}
