// Measures how much 1,000 rules that do not match slow down a GET: node bench/rules.mjs. The worlds of one process take
// turns, so that only the rules differ, and CPU time is measured, so that other processes do not matter. Prints JSON: for
// each set of rules, microseconds per request, and the overhead in percent compared to no rules.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startSideglance } from '../dist/index.js';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3) * 70;
const WARM_UP = 15;
const REQUESTS = 400;
const SHOW = 'image-v2.showImage';
const COUNT = 1000;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const cloud = await startSideglance();
const { url } = cloud;

async function call(method, path, body, headers = {}) {
  const response = await fetch(url + path, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}: ${text.slice(0, 200)}`);
  return { response, json: text === '' ? undefined : JSON.parse(text) };
}

const rules = (rule) => Array.from({ length: COUNT }, (_, number) => rule(number));
const scenario = (rules) => (world) => call('PUT', `/w/${world}/__admin/scenarios/bench`, { enabled: true, rules });
const other = (number) => `00000000-0000-4000-c000-${String(number).padStart(12, '0')}`;

const { json: contracts } = await call('GET', '/__admin/contracts');
const others = contracts.filter(({ dialect, operation }) => `${dialect}.${operation}` !== SHOW);

/** Sets of rules, by what they match. */
const SETS = {
  none: () => undefined,
  'other operations': scenario(
    rules((number) => {
      const { dialect, operation } = others[number % others.length];
      return {
        match: { operation: `${dialect}.${operation}`, header: { 'X-Rule': String(number) } },
        fault: { delay: 1 },
      };
    }),
  ),
  'other images': scenario(
    rules((number) => ({ match: { operation: SHOW, image: { id: other(number) } }, fault: { answer: 404 } })),
  ),
  'images of other names': scenario(
    rules((number) => ({ match: { operation: SHOW, image: { name: `other ${number}` } }, fault: { answer: 404 } })),
  ),
  'other images, as one-off faults': async (world) => {
    for (const rule of rules((number) => ({
      match: { operation: SHOW, image: { id: other(number) } },
      fault: { answer: 404 },
    }))) {
      await call('POST', `/w/${world}/__admin/faults`, rule);
    }
  },
};

async function prepare(world, arm) {
  await call('POST', '/__admin/worlds', { name: world });
  await arm(world);
  const domain = { name: 'Default' };
  const { response } = await call('POST', `/w/${world}/identity/v3/auth/tokens`, {
    auth: {
      identity: { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } },
      scope: { project: { name: 'demo', domain } },
    },
  });
  const headers = { 'X-Auth-Token': response.headers.get('x-subject-token') };
  const { json } = await call('GET', `/w/${world}/image/v2/images?limit=1`, undefined, headers);
  return { method: 'GET', path: `/w/${world}/image/v2/images/${json.images[0].id}`, headers };
}

/** Returns the CPU time that this process needs for a request, in microseconds. Another process creates the load. */
async function costOf(request) {
  const began = process.cpuUsage();
  loader.send({ ...request, url, amount: REQUESTS });
  const [failed] = await once(loader, 'message');
  const { user, system } = process.cpuUsage(began);
  if (failed > 0) throw new Error(`${request.path}: ${failed} requests failed`);
  return (user + system) / REQUESTS;
}

const requests = new Map();
for (const [name, arm] of Object.entries(SETS)) requests.set(name, await prepare(`rules-${requests.size}`, arm));
const loader = fork(fileURLToPath(new URL('./load.mjs', import.meta.url)));
const costs = new Map([...requests.keys()].map((name) => [name, []]));
for (let round = -WARM_UP; round < ROUNDS; round += 1) {
  // The order affects the result (temperature, caches), so it rotates.
  const turn = (round + WARM_UP) % requests.size;
  const order = [...requests].slice(turn).concat([...requests].slice(0, turn));
  for (const [name, request] of order) {
    const cost = await costOf(request);
    if (round >= 0) costs.get(name).push(cost);
  }
}
loader.disconnect();
await cloud.close();
const base = median(costs.get('none'));
const results = [...costs].map(([name, all]) => {
  const microseconds = median(all);
  return [name, { microseconds, overhead: 100 * (microseconds / base - 1) }];
});
console.log(JSON.stringify(Object.fromEntries(results)));
