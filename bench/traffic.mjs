// What the benchmarks of requests share: a Sideglance process to measure, and kinds of requests to send to it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { fileURLToPath } from 'node:url';

/** An image whose deletion an injected 503 answers. */
const BROKEN = '00000000-0000-4000-b000-000000000503';

/** Starts a process and creates what the requests need. */
export async function start(options, execArgv = []) {
  const child = fork(fileURLToPath(new URL('./served.mjs', import.meta.url)), [JSON.stringify(options)], { execArgv });
  const [{ url }] = await once(child, 'message');
  const { hostname: host, port } = new URL(url);
  const server = { child, host, port, ...(await prepare({ host, port })) };
  await breakDelete(server);
  return server;
}

/** Asks a process for the CPU time and the memory that it uses. */
export async function usageOf({ child }) {
  child.send('usage');
  const [usage] = await once(child, 'message');
  return usage;
}

/** Sends a request and returns the response with its body. */
const send = ({ host, port, agent }, { method, path, headers, body }) =>
  new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const all =
      text === undefined ? headers : { ...headers, 'Content-Type': 'application/json', 'Content-Length': text.length };
    const sent = httpRequest({ host, port, agent, method, path, headers: all }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const content = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode, headers: response.headers, content });
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });

/** Logs in and creates a protected image. Returns the headers with a token, and the id of the image. */
export async function prepare(server) {
  const domain = { name: 'Default' };
  const auth = {
    identity: { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } },
    scope: { project: { name: 'demo', domain } },
  };
  const login = await send(server, { method: 'POST', path: '/identity/v3/auth/tokens', body: { auth } });
  const headers = { 'X-Auth-Token': login.headers['x-subject-token'], 'User-Agent': 'bench/1' };
  const created = await createImage({ ...server, headers }, { name: 'protected', protected: true });
  return { headers, image: JSON.parse(created.content).id };
}

const createImage = ({ headers, ...server }, body) =>
  send(server, { method: 'POST', path: '/image/v2/images', headers, body });

/** Creates an image whose deletion an injected 503 answers. */
async function breakDelete(server) {
  await createImage(server, { id: BROKEN, name: 'broken' });
  const match = { operation: 'image-v2.deleteImage', image: { id: BROKEN } };
  const rule = { match, calls: { from: 1 }, undocumented: true, fault: { answer: 503 } };
  await send(server, { method: 'POST', path: '/__admin/faults', headers: {}, body: rule });
}

const one = (method, path, status) => async (server) => {
  const response = await send(server, { method, path: path(server), headers: server.headers });
  if (response.status !== status) throw new Error(`${method} ${path(server)} returned ${response.status}`);
  return 1;
};

async function createAndDelete(server) {
  const { headers } = server;
  const body = { name: 'bench', disk_format: 'raw', container_format: 'bare' };
  const created = await send(server, { method: 'POST', path: '/image/v2/images', headers, body });
  const { id } = JSON.parse(created.content);
  const deleted = await send(server, { method: 'DELETE', path: `/image/v2/images/${id}`, headers });
  if (deleted.status !== 204) throw new Error(`DELETE of a new image returned ${deleted.status}`);
  return 2;
}

/** Kinds of requests. Each function returns how many requests it has sent. */
export const CASES = {
  'GET one': one('GET', ({ image }) => `/image/v2/images/${image}`, 200),
  'list page of 25': one('GET', () => '/image/v2/images?limit=25', 200),
  'create + delete': createAndDelete,
  'delete rejected (403)': one('DELETE', ({ image }) => `/image/v2/images/${image}`, 403),
  'injected 503': one('DELETE', () => `/image/v2/images/${BROKEN}`, 503),
};
