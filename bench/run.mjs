// npm run bench: compares Sideglance with plain Express, interleaved in one run. Prints medians and ratios.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

const here = fileURLToPath(new URL('.', import.meta.url));
const cli = join(here, '..', 'dist', 'bin', 'sideglance.js');
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const CONNECTIONS = 32;
const BROKEN = '00000000-0000-4000-b000-000000000503';

const scratch = mkdtempSync(join(tmpdir(), 'sideglance-bench-'));
const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});
process.on('SIGINT', () => process.exit(1));

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Starts a server. Returns its address and the milliseconds until `path` returned 200. */
async function start(args, path) {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PORT: '0' },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
  });
  for (;;) {
    const response = await fetch(url + path);
    await response.arrayBuffer();
    if (response.status < 500) break;
  }
  return { child, url, milliseconds: performance.now() - began };
}

const stop = (child) =>
  new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });

const memory = ({ child }) => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024;

async function call(url, method, path, { headers = {}, body } = {}) {
  const response = await fetch(url + path, {
    method,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status >= 500 || (response.status >= 400 && response.status !== 403))
    throw new Error(`${method} ${path} returned ${response.status}: ${text.slice(0, 200)}`);
  return { response, text };
}

async function logIn(url) {
  const domain = { name: 'Default' };
  const { response } = await call(url, 'POST', '/identity/v3/auth/tokens', {
    body: {
      auth: {
        identity: { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } },
        scope: { project: { name: 'demo', domain } },
      },
    },
  });
  return response.headers.get('x-subject-token');
}

/** Sends requests and returns their rate per second. Throws when a response has an unexpected status. */
async function load(url, requests, expected, amount) {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    ...(amount === undefined ? { duration: SECONDS } : { amount }),
    requests,
  });
  const statuses = Object.keys(result.statusCodeStats ?? {});
  const unexpected = statuses.filter((status) => !expected.includes(Number(status)));
  if (unexpected.length > 0 || result.errors > 0) {
    throw new Error(
      `${requests[0].method} ${requests[0].path}: unexpected ${JSON.stringify(result.statusCodeStats)}, ${result.errors} errors`,
    );
  }
  return result.requests.total / result.duration;
}

const createAndDelete = (prefix, headers) => [
  {
    method: 'POST',
    path: `${prefix}/v2/images`,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bench', disk_format: 'raw', container_format: 'bare' }),
    onResponse: (_status, body, context) => {
      context.id = JSON.parse(body).id;
    },
  },
  {
    method: 'DELETE',
    setupRequest: (request, context) => ({ ...request, path: `${prefix}/v2/images/${context.id}`, headers }),
  },
];

async function prepare(sideglance, bare) {
  const token = await logIn(sideglance.url);
  const headers = { 'x-auth-token': token };
  const json = (text) => JSON.parse(text);
  const created = json(
    (await call(sideglance.url, 'POST', '/image/v2/images', { headers, body: { name: 'protected', protected: true } }))
      .text,
  );
  await call(sideglance.url, 'POST', '/image/v2/images', { headers, body: { id: BROKEN, name: 'broken' } });
  await call(sideglance.url, 'POST', '/__admin/faults', {
    body: {
      match: { operation: 'image-v2.deleteImage', image: { id: BROKEN } },
      calls: { from: 1 },
      undocumented: true,
      fault: { answer: 503 },
    },
  });
  const one = await call(sideglance.url, 'GET', `/image/v2/images/${created.id}`, { headers });
  const list = await call(sideglance.url, 'GET', '/image/v2/images?limit=25', { headers });
  const rejected = await call(sideglance.url, 'DELETE', `/image/v2/images/${created.id}`, { headers });
  const injected = await fetch(`${sideglance.url}/image/v2/images/${BROKEN}`, { method: 'DELETE', headers });
  await call(bare.url, 'PUT', '/samples', {
    body: { one: json(one.text), list: json(list.text), rejected: rejected.text, injected: await injected.text() },
  });
  const get = (path) => [{ method: 'GET', path, headers }];
  const remove = (path) => [{ method: 'DELETE', path, headers }];
  return {
    headers,
    cases: [
      {
        name: 'GET one',
        ours: get(`/image/v2/images/${created.id}`),
        theirs: get(`/v2/images/${created.id}`),
        expected: [200],
      },
      {
        name: 'list page of 25',
        ours: get('/image/v2/images?limit=25'),
        theirs: get('/v2/images?limit=25'),
        expected: [200],
      },
      {
        name: 'create + delete',
        ours: createAndDelete('/image', headers),
        theirs: createAndDelete('', headers),
        expected: [201, 204],
      },
      {
        name: 'delete rejected (403)',
        ours: remove(`/image/v2/images/${created.id}`),
        theirs: remove('/v2/images/protected'),
        expected: [403],
      },
      {
        name: 'injected 503',
        ours: remove(`/image/v2/images/${BROKEN}`),
        theirs: remove('/v2/images/injected'),
        expected: [503],
      },
    ],
  };
}

/** Returns the median duration of a reset with the first GET after it, in milliseconds. */
async function resets(server, resetPath, imagePath, headersAfter) {
  const times = [];
  for (let round = 0; round < 20; round += 1) {
    const began = performance.now();
    await call(server.url, 'POST', resetPath, { headers: headersAfter });
    const response = await fetch(server.url + imagePath, { headers: headersAfter });
    await response.arrayBuffer();
    times.push(performance.now() - began);
  }
  return median(times);
}

const rows = [];
const row = (name, ours, theirs, ratio) => rows.push([name, ours, theirs, ratio]);
const number = (value, digits = 0) => value.toLocaleString('en-US', { maximumFractionDigits: digits });

const starts = { ours: [], theirs: [] };
for (let round = 0; round < ROUNDS + 2; round += 1) {
  for (const [kind, args, path] of [
    ['theirs', [join(here, 'express-server.mjs')], '/'],
    ['ours', [cli, 'serve', '--port', '0'], '/__admin/health'],
  ]) {
    const server = await start(args, path);
    starts[kind].push(server.milliseconds);
    await stop(server.child);
  }
}

const sideglance = await start([cli, 'serve', '--port', '0'], '/__admin/health');
const bare = await start([join(here, 'express-server.mjs')], '/');
const idle = { ours: memory(sideglance), theirs: memory(bare) };
const { cases, headers } = await prepare(sideglance, bare);
for (const { name, ours, theirs, expected } of cases) {
  const rates = { ours: [], theirs: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const their = await load(bare.url, theirs, expected);
    const our = await load(sideglance.url, ours, expected);
    // The first round is a warm-up.
    if (round > 0) {
      rates.theirs.push(their);
      rates.ours.push(our);
    }
  }
  const [our, their] = [median(rates.ours), median(rates.theirs)];
  row(`${name}, requests/s`, number(our), number(their), (our / their).toFixed(2));
}
await load(sideglance.url, cases[0].ours, [200], 100_000);
await load(bare.url, cases[0].theirs, [200], 100_000);
const after = { ours: memory(sideglance), theirs: memory(bare) };
const bareReset = await resets(bare, '/reset', '/v2/images/x', {});
const ourReset = await resets(sideglance, '/__admin/reset', '/image/v2/images', headers);
row('reset + first GET, ms', number(ourReset, 2), number(bareReset, 2), (ourReset / bareReset).toFixed(2));
await stop(sideglance.child);
await stop(bare.child);

for (const count of [10_000, 100_000]) {
  const file = join(scratch, `${count}.json`);
  execFileSync(process.execPath, [cli, 'generate', '--count', String(count), '--seed', '42', '--output', file]);
  const server = await start([cli, 'serve', '--port', '0', '--fixtures', 'default', file], '/__admin/health');
  const milliseconds = await resets(server, '/__admin/reset', '/image/v2/images', {});
  row(
    `reset + first GET at ${number(count)} images, ms`,
    number(milliseconds, 2),
    number(bareReset, 2),
    (milliseconds / bareReset).toFixed(2),
  );
  row(`memory at ${number(count)} images, MiB`, number(memory(server)), '', '');
  await stop(server.child);
  if (count === 100_000) {
    const output = execFileSync(process.execPath, ['--expose-gc', join(here, 'worlds.mjs'), file], {
      encoding: 'utf8',
    });
    for (const [name, { milliseconds, kibibytes }] of Object.entries(JSON.parse(output))) {
      row(`${name} a world of ${number(count)} images, ms`, number(milliseconds, 3), '', '');
      if (kibibytes > 1) row(`memory for each ${name}, KiB`, number(kibibytes), '', '');
    }
  }
}
const cost = JSON.parse(execFileSync(process.execPath, [join(here, 'rules.mjs')], { encoding: 'utf8' }));
for (const [name, { microseconds, overhead }] of Object.entries(cost)) {
  row(`GET one, rules for ${name}, microseconds of CPU`, number(microseconds, 1), '', '');
  if (name !== 'none') row('  overhead compared to no rules, %', number(overhead, 1), '', '');
}
const observed = JSON.parse(execFileSync(process.execPath, [join(here, 'observation.mjs')], { encoding: 'utf8' }));
for (const [name, byConnections] of Object.entries(observed)) {
  for (const [connections, { on, off, overhead }] of Object.entries(byConnections)) {
    row(`${name}, ${connections} connections, microseconds of CPU`, number(on, 1), '', '');
    row('  with journal and coverage off', number(off, 1), '', '');
    row('  overhead of journal and coverage, %', number(overhead, 1), '', '');
  }
}
row(
  'start to first 200, ms',
  number(median(starts.ours)),
  number(median(starts.theirs)),
  (median(starts.ours) / median(starts.theirs)).toFixed(2),
);
row('memory after start, MiB', number(idle.ours), number(idle.theirs), (idle.ours / idle.theirs).toFixed(2));
row(
  'memory after 100,000 requests, MiB',
  number(after.ours),
  number(after.theirs),
  (after.ours / after.theirs).toFixed(2),
);

const widths = [0, 1, 2, 3].map((column) =>
  Math.max(...rows.map((cells) => cells[column].length), ['', 'Sideglance', 'Express', 'ratio'][column].length),
);
const line = (cells) =>
  cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ');
console.log(
  `Node ${process.version}, ${cpus().length} cores, ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s; medians`,
);
console.log(line(['', 'Sideglance', 'Express', 'ratio']));
for (const cells of rows) console.log(line(cells));
