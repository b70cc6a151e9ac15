// Measures what it costs to observe clients: node bench/observation.mjs. Compares CPU time per request of a process that
// stores requests with their bodies in the journal and counts coverage with one that does neither. (Conduct reads the
// journal, and costs nothing before.) The two take turns, so that other processes and the temperature affect both alike.
// Prints JSON: for each kind of request and number of connections, microseconds with and without, and the overhead in
// percent: the median over the turns.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { fileURLToPath } from 'node:url';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3) * 15;
const WARM_UP = 8;
/** Requests of one turn, by number of connections. */
const REQUESTS = { 1: 600, 32: 1600 };
const BROKEN = '00000000-0000-4000-b000-000000000503';

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function start(options) {
  const child = fork(fileURLToPath(new URL('./served.mjs', import.meta.url)), [JSON.stringify(options)]);
  const [{ url }] = await once(child, 'message');
  const { hostname: host, port } = new URL(url);
  return { child, host, port, ...(await prepare({ host, port })) };
}

async function cpuOf({ child }) {
  child.send('cpu');
  const [{ cpu }] = await once(child, 'message');
  return cpu;
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

/** Creates what the requests need. Returns the headers with a token, and the id of a protected image. */
async function prepare(server) {
  const domain = { name: 'Default' };
  const auth = {
    identity: { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } },
    scope: { project: { name: 'demo', domain } },
  };
  const login = await send(server, { method: 'POST', path: '/identity/v3/auth/tokens', body: { auth } });
  const headers = { 'X-Auth-Token': login.headers['x-subject-token'], 'User-Agent': 'bench/1' };
  const create = (body) => send(server, { method: 'POST', path: '/image/v2/images', headers, body });
  const created = await create({ name: 'protected', protected: true });
  await create({ id: BROKEN, name: 'broken' });
  const match = { operation: 'image-v2.deleteImage', image: { id: BROKEN } };
  const rule = { match, calls: { from: 1 }, undocumented: true, fault: { answer: 503 } };
  await send(server, { method: 'POST', path: '/__admin/faults', headers: {}, body: rule });
  return { headers, image: JSON.parse(created.content).id };
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
const CASES = {
  'GET one': one('GET', ({ image }) => `/image/v2/images/${image}`, 200),
  'list page of 25': one('GET', () => '/image/v2/images?limit=25', 200),
  'create + delete': createAndDelete,
  'delete rejected (403)': one('DELETE', ({ image }) => `/image/v2/images/${image}`, 403),
  'injected 503': one('DELETE', () => `/image/v2/images/${BROKEN}`, 503),
};

/** Returns the CPU time of the server for one request, in microseconds. */
async function costOf(server, act, connections) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const client = { ...server, agent };
  let sent = 0;
  const work = async () => {
    while (sent < REQUESTS[connections]) {
      const count = await act(client);
      sent += count;
    }
  };
  await act(client);
  sent = 0;
  const began = await cpuOf(server);
  await Promise.all(Array.from({ length: connections }, work));
  const cost = (await cpuOf(server)) - began;
  agent.destroy();
  return cost / sent;
}

async function measure(servers, act, connections) {
  const turns = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const isOnFirst = round % 2 === 0;
    const first = await costOf(isOnFirst ? servers.on : servers.off, act, connections);
    const second = await costOf(isOnFirst ? servers.off : servers.on, act, connections);
    const [on, off] = isOnFirst ? [first, second] : [second, first];
    if (round >= 0) turns.push({ on, off });
  }
  return {
    on: median(turns.map(({ on }) => on)),
    off: median(turns.map(({ off }) => off)),
    overhead: 100 * (median(turns.map(({ on, off }) => on / off)) - 1),
  };
}

const servers = {
  on: await start({ journalBodies: 65_536 }),
  off: await start({ journalSize: 0, journalBodies: 'off', coverage: false }),
};
const results = {};
for (const [name, act] of Object.entries(CASES)) {
  results[name] = {};
  for (const connections of [1, 32]) results[name][connections] = await measure(servers, act, connections);
}
for (const { child } of Object.values(servers)) child.disconnect();
console.log(JSON.stringify(results));
