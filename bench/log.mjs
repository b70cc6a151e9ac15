// Measures what the request log costs: node bench/log.mjs. Compares CPU time per request of servers with and without the
// log. All of them take turns. `off` is compared with the library without a log, and with a second server that is the same
// (`off, again`): what these two differ by is noise. Prints JSON: for each server, microseconds per request, and the
// overhead in percent: the median of the ratios to `off`, and the interval in which it is with a confidence of 95 percent.
import { Agent } from 'node:http';
import { fileURLToPath } from 'node:url';
import { cpuOf, median, start, stop } from './process.mjs';
import { CASES, prepare } from './traffic.mjs';

/** Turns of each server. */
const ROUNDS = 20 * Number(process.env.BENCH_ROUNDS ?? 3);
const WARM_UP = 12;
const REQUESTS = 400;
const CONNECTIONS = 32;

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const serve = (...flags) => [file('../dist/bin/sideglance.js'), 'serve', '--port', '0', ...flags];

/** Commands of the servers. Their output goes to a pipe, which is read. */
const COMMANDS = {
  off: serve('--log', 'off'),
  'off, again': serve('--log', 'off'),
  'library without a log': [file('library-server.mjs')],
  text: serve('--log', 'text'),
  'text, verbose': serve('--log', 'text', '--verbose'),
  json: serve('--log', 'json'),
};

async function startServer(command) {
  const { child, url } = await start(command, '/__admin/health');
  const { hostname: host, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  return { child, url, host, port, agent, ...(await prepare({ host, port })) };
}

/** Returns the CPU time of a server for one request, in microseconds. */
async function costOf(server) {
  const began = cpuOf(server.child);
  let sent = 0;
  const work = async () => {
    while (sent < REQUESTS) {
      const count = await CASES['GET one'](server);
      sent += count;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return (cpuOf(server.child) - began) / sent;
}

/** Returns the interval in which the median is with a confidence of 95 percent, by the order of the values. */
function intervalOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = 0.98 * Math.sqrt(sorted.length);
  const low = Math.max(0, Math.floor(sorted.length / 2 - half));
  const high = Math.min(sorted.length - 1, Math.ceil(sorted.length / 2 + half));
  return [sorted[low], sorted[high]];
}

const servers = [];
for (const [name, command] of Object.entries(COMMANDS)) servers.push({ name, ...(await startServer(command)) });
const turns = Object.fromEntries(Object.keys(COMMANDS).map((name) => [name, []]));
for (let round = -WARM_UP; round < ROUNDS; round += 1) {
  // The order affects the result (temperature, caches), so it rotates.
  const first = (round + WARM_UP) % servers.length;
  for (const server of [...servers.slice(first), ...servers.slice(0, first)]) {
    const cost = await costOf(server);
    if (round >= 0) turns[server.name].push(cost);
  }
}
for (const server of servers) {
  server.agent.destroy();
  await stop(server);
}
const percent = (ratio) => 100 * (ratio - 1);
const results = Object.entries(turns).map(([name, costs]) => {
  const ratios = costs.map((cost, round) => cost / turns.off[round]);
  const [low, high] = intervalOf(ratios).map(percent);
  return [name, { microseconds: median(costs), overhead: percent(median(ratios)), low, high }];
});
console.log(JSON.stringify(Object.fromEntries(results)));
