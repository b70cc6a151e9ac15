import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type MeteredServer, startMetered } from '../support/attack/metered-server.ts';

/** What a run of many connections measures. */
export interface LoadOptions {
  /** Path of the bundled command line. */
  readonly cli: string;
  /** Open connections. */
  readonly connections: number;
  /** Slow downloads and uploads. */
  readonly slowClients: number;
  /** Requests that are measured in each case. */
  readonly requests: number;
}

/** One case of a run. */
export interface LoadResult {
  readonly isFine: boolean;
  /** What was measured, for people. */
  readonly line: string;
}

const MAX_FACTOR = 2;
/** Milliseconds of processor time for which one pipelined burst may hold the event loop. */
const MAX_HOLD = 100;
const MEBIBYTE = 2 ** 20;

const VERSIONS = 'GET /image/versions HTTP/1.1\r\nHost: x\r\n\r\n';

async function open(port: number, count: number): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  for (let at = 0; at < count; at += 1) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    sockets.push(socket);
  }
  return sockets;
}

/** Processor time of the server for one request on a connection of its own, in milliseconds. */
async function cost(server: MeteredServer, requests: number): Promise<number> {
  const [socket] = (await open(server.port, 1)) as [Socket];
  const ask = async (): Promise<void> => {
    socket.write(VERSIONS);
    for (let text = ''; !text.endsWith(']}'); ) text += String((await once(socket, 'data'))[0]);
  };
  for (let warm = 0; warm < requests; warm += 1) await ask();
  const { cpu: before } = await server.read();
  for (let asked = 0; asked < requests; asked += 1) await ask();
  const { cpu } = await server.read();
  socket.destroy();
  return (cpu - before) / requests;
}

async function logIn(url: string): Promise<string> {
  const domain = { id: 'default' };
  const user = { name: 'demo', domain, password: 'secret' };
  const auth = {
    identity: { methods: ['password'], password: { user } },
    scope: { project: { name: 'demo', domain } },
  };
  const response = await fetch(`${url}/identity/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth }),
  });
  return response.headers.get('x-subject-token') ?? '';
}

async function createImage(url: string, token: string): Promise<string> {
  const headers = { 'x-auth-token': token, 'content-type': 'application/json' };
  const body = JSON.stringify({ name: 'big', disk_format: 'raw', container_format: 'bare' });
  const response = await fetch(`${url}/image/v2/images`, { method: 'POST', headers, body });
  return ((await response.json()) as { readonly id: string }).id;
}

/** Uploads data that slow readers download. */
async function uploadBig(url: string, token: string): Promise<string> {
  const image = await createImage(url, token);
  await fetch(`${url}/image/v2/images/${image}/file`, {
    method: 'PUT',
    headers: { 'x-auth-token': token, 'content-type': 'application/octet-stream' },
    body: Buffer.alloc(64 * MEBIBYTE),
  });
  return image;
}

/** Opens connections that others have to bear. */
type Burden = (server: MeteredServer, options: LoadOptions) => Promise<readonly Socket[]>;

const BURDENS: Readonly<Record<string, Burden>> = {
  'idle connections, each after one request': async ({ port }, { connections }) => {
    const sockets = await open(port, connections);
    for (const socket of sockets) {
      socket.write(VERSIONS);
      await once(socket, 'data');
    }
    return sockets;
  },
  'heads that never end': async ({ port }, { connections }) => {
    const sockets = await open(port, connections);
    for (const socket of sockets) socket.write('GET /image/versions HTTP/1.1\r\nHost: x\r\nX-Half: ');
    return sockets;
  },
  'downloads that nobody reads': async ({ port, url }, { slowClients }) => {
    const token = await logIn(url);
    const image = await uploadBig(url, token);
    const sockets = await open(port, slowClients);
    for (const socket of sockets) {
      socket.pause();
      socket.write(`GET /image/v2/images/${image}/file HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${token}\r\n\r\n`);
    }
    return sockets;
  },
  'uploads that stop': async ({ port, url }, { slowClients }) => {
    const token = await logIn(url);
    const sockets = await open(port, slowClients);
    for (const socket of sockets) {
      const image = await createImage(url, token);
      socket.write(
        `PUT /image/v2/images/${image}/file HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${token}\r\n` +
          'Content-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\nx',
      );
    }
    return sockets;
  },
};

/** Opens connections of each kind in turn, and measures what requests of another client cost meanwhile. */
export async function* runLoad(options: LoadOptions): AsyncGenerator<LoadResult> {
  const server = await startMetered(options.cli, ['--journal-size', '100']);
  try {
    const usual = await cost(server, options.requests);
    for (const [name, burden] of Object.entries(BURDENS)) {
      const before = (await server.read()).rss;
      const sockets = await burden(server, options);
      const found = await cost(server, options.requests);
      const { rss } = await server.read();
      const each = Math.max(0, (rss - before) / sockets.length / 1024);
      for (const socket of sockets) socket.destroy();
      const times = `${found.toFixed(3)} ms for a request, ${usual.toFixed(3)} ms without them`;
      yield {
        isFine: found <= usual * MAX_FACTOR,
        line: `${sockets.length} ${name}: ${times}; ${each.toFixed(0)} KiB each`,
      };
    }
    yield await pipeline(server);
  } finally {
    await server.stop();
  }
}

const PIPELINED = 10_000;

/** Sends many requests at once on one connection, and measures how long they keep others waiting. */
async function pipeline(server: MeteredServer): Promise<LoadResult> {
  const [socket] = (await open(server.port, 1)) as [Socket];
  await server.read();
  let received = 0;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1').split('HTTP/1.1 200').length - 1;
  });
  socket.write(VERSIONS.repeat(PIPELINED));
  let longest = 0;
  while (received < PIPELINED - 1) {
    await (await fetch(`${server.url}/__admin/health`)).arrayBuffer();
    longest = Math.max(longest, (await server.read()).longest);
  }
  socket.destroy();
  return {
    isFine: longest <= MAX_HOLD,
    line: `${PIPELINED} requests at once on one connection: the event loop was held for ${longest.toFixed(0)} ms`,
  };
}
