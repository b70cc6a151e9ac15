// npm run bench: compares Sideglance with plain Express, interleaved in one run. Prints medians and ratios.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { call, logIn } from './cases.mjs';
import { median, memoryOf, start, stop } from './process.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const cli = join(here, '..', 'dist', 'bin', 'sideglance.js');
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);

const scratch = mkdtempSync(join(tmpdir(), 'sideglance-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Runs another benchmark, and returns what it prints. */
const run = (script, args = [], flags = []) =>
  JSON.parse(
    execFileSync(process.execPath, [...flags, join(here, script), ...args], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );

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
const row = (...cells) => rows.push(cells);
const number = (value, digits = 0) => value.toLocaleString('en-US', { maximumFractionDigits: digits });

/** Prints CPU time, rate and the slowest responses of each server, and the ratio of each to Express. */
function reportRequests(results) {
  for (const [name, byConnections] of Object.entries(results)) {
    for (const [connections, servers] of Object.entries(byConnections)) {
      const base = servers.Express;
      const plural = connections === '1' ? 'connection' : 'connections';
      row(`${name}, ${connections} ${plural}`, 'CPU, us', 'to Express', 'requests/s', 'p99, ms');
      for (const [server, { cpu, rate, p99 }] of Object.entries(servers)) {
        row(`  ${server}`, number(cpu, 1), (cpu / base.cpu).toFixed(2), number(rate), number(p99, 1));
      }
    }
  }
}

function reportStarts(starts) {
  row('start to the first response', 'CPU, ms', 'to Express', 'MiB');
  for (const [name, { cpu, memory }] of Object.entries(starts)) {
    row(`  ${name}`, number(cpu), (cpu / starts.Express.cpu).toFixed(2), number(memory));
  }
}

/** Prints CPU time, rate and growth of memory of each transfer. */
function reportTransfers(transfers) {
  for (const [kind, servers] of Object.entries(transfers)) {
    row(`${kind} of a large image`, 'CPU, ms for each MiB', 'to node:http', 'MiB/s', 'growth, MiB');
    const base = servers['node:http'].cpu;
    for (const [server, { cpu, rate, growth }] of Object.entries(servers)) {
      row(`  ${server}`, number(cpu, 2), (cpu / base).toFixed(2), number(rate), number(growth, 1));
    }
  }
}

reportRequests(run('requests.mjs'));
reportStarts(run('starts.mjs'));
reportTransfers(run('transfer.mjs'));

const sideglance = await start([cli, 'serve', '--port', '0'], '/__admin/health');
const bare = await start([join(here, 'express-server.mjs')], '/');
const headers = { 'x-auth-token': await logIn(sideglance.url) };
const list = JSON.parse((await call(sideglance.url, 'GET', '/image/v2/images?limit=25', { headers })).text);
await call(bare.url, 'PUT', '/samples', { body: { one: list.images[0], list } });
for (const [{ url }, prefix] of [
  [sideglance, '/image'],
  [bare, ''],
]) {
  const requests = [{ method: 'GET', path: `${prefix}/v2/images/${list.images[0].id}`, headers }];
  await autocannon({ url, connections: 32, amount: 100_000, requests });
}
const after = { ours: memoryOf(sideglance.child), theirs: memoryOf(bare.child) };
const bareReset = await resets(bare, '/reset', '/v2/images/x', {});
const ourReset = await resets(sideglance, '/__admin/reset', '/image/v2/images', headers);
row('', 'Sideglance', 'Express', 'ratio');
row(
  'memory after 100,000 requests, MiB',
  number(after.ours),
  number(after.theirs),
  (after.ours / after.theirs).toFixed(2),
);
row('reset + first GET, ms', number(ourReset, 2), number(bareReset, 2), (ourReset / bareReset).toFixed(2));
await stop(sideglance);
await stop(bare);

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
  row(`memory at ${number(count)} images, MiB`, number(memoryOf(server.child)), '', '');
  await stop(server);
  if (count === 100_000) {
    const worlds = run('worlds.mjs', [file], ['--expose-gc']);
    for (const [name, { milliseconds, kibibytes }] of Object.entries(worlds)) {
      row(`${name} a world of ${number(count)} images, ms`, number(milliseconds, 3), '', '');
      if (kibibytes > 1) row(`memory for each ${name}, KiB`, number(kibibytes), '', '');
    }
  }
}
const cost = run('rules.mjs');
for (const [name, { microseconds, overhead }] of Object.entries(cost)) {
  row(`GET one, rules for ${name}, microseconds of CPU`, number(microseconds, 1), '', '');
  if (name !== 'none') row('  overhead compared to no rules, %', number(overhead, 1), '', '');
}
const observed = run('observation.mjs');
for (const [name, byConnections] of Object.entries(observed)) {
  for (const [connections, { on, off, overhead, low, high, isBelowAim }] of Object.entries(byConnections)) {
    row(`${name}, ${connections} connections, microseconds of CPU`, number(on, 1), '', '');
    row('  with journal and coverage off', number(off, 1), '', '');
    row('  overhead of journal and coverage, % (from, to)', number(overhead, 1), number(low, 1), number(high, 1));
    row('  all of it below 5 %', isBelowAim ? 'yes' : 'no', '', '');
  }
}
for (const [name, { microseconds, overhead, low, high }] of Object.entries(run('log.mjs'))) {
  row(`GET one, request log: ${name}, microseconds of CPU`, number(microseconds, 1), '', '');
  if (name !== 'off') row('  overhead, % (from, to)', number(overhead, 1), number(low, 1), number(high, 1));
}
for (const [name, { few, many, growth }] of Object.entries(run('growth.mjs'))) {
  row(`${name}, microseconds of CPU`, number(few, 1), number(many, 1), '');
  row('  growth, %', number(growth, 1), '', '');
}

const COLUMNS = [0, 1, 2, 3, 4];
const widths = COLUMNS.map((column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
const line = (cells) =>
  COLUMNS.map((column) => {
    const cell = cells[column] ?? '';
    return column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]);
  })
    .join('  ')
    .trimEnd();
console.log(`Node ${process.version}, ${cpus().length} cores, ${ROUNDS} rounds of ${SECONDS} s; medians`);
for (const cells of rows) console.log(line(cells));
