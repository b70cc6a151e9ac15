// Measures what it costs to observe clients: node bench/observation.mjs. Compares CPU time per request of a process that
// stores requests with their bodies in the journal and counts coverage with one that does neither. (Conduct reads the
// journal, and costs nothing before.) The two take turns, so that other processes and the temperature affect both alike.
// Prints JSON: for each kind of request and number of connections, microseconds with and without (medians), the overhead in
// percent, the interval in which it is with a confidence of about 95 percent, and whether all of that is below 5 percent.
// Processes that do the same differ by some percent for as long as they run, depending on what V8 happened to compile and how:
// each pair gives one value, the median of its turns, and the interval is that of the mean over the pairs.
import { Agent } from 'node:http';
import { CASES, start, usageOf } from './traffic.mjs';

/** Pairs of processes. */
const PAIRS = 2 * Number(process.env.BENCH_ROUNDS ?? 3);
/** Turns of each pair, for each kind of request and number of connections. */
const ROUNDS = 16;
/** Turns before: more requests than the journal has entries, so that it drops one for each new one. */
const WARM_UP = 4;
/** Requests of one turn, by number of connections. */
const REQUESTS = { 1: 300, 32: 800 };
/** The aim, in percent. */
const AIM = 5;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

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
  const { cpu: began } = await usageOf(server);
  await Promise.all(Array.from({ length: connections }, work));
  const { cpu } = await usageOf(server);
  agent.destroy();
  return (cpu - began) / sent;
}

/** Returns the costs of the turns of a pair. */
async function compare(servers, act, connections) {
  const turns = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const isOnFirst = round % 2 === 0;
    const first = await costOf(isOnFirst ? servers.on : servers.off, act, connections);
    const second = await costOf(isOnFirst ? servers.off : servers.on, act, connections);
    const [on, off] = isOnFirst ? [first, second] : [second, first];
    if (round >= 0) turns.push({ on, off });
  }
  return turns;
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (ratio) => 100 * (ratio - 1);

/** Returns the interval of the mean of some values, by Student's distribution (approximated). */
function intervalOf(values) {
  const middle = mean(values);
  const freedom = values.length - 1;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / freedom);
  const half = ((1.96 + 2.37 / freedom + 2.8 / freedom ** 2) * deviation) / Math.sqrt(values.length);
  return [middle - half, middle + half];
}

/** @param pairs - the turns of each pair. */
function summarize(pairs) {
  const all = pairs.flat();
  const ratios = pairs.map((turns) => median(turns.map(({ on, off }) => on / off)));
  const [low, high] = intervalOf(ratios).map(percent);
  return {
    on: median(all.map(({ on }) => on)),
    off: median(all.map(({ off }) => off)),
    overhead: percent(mean(ratios)),
    low,
    high,
    isBelowAim: high < AIM,
  };
}

/** By kind of request and number of connections: the turns of each pair. */
const turns = {};
for (let pair = 0; pair < PAIRS; pair += 1) {
  const servers = {
    on: await start({ journalBodies: 65_536 }),
    off: await start({ journalSize: 0, journalBodies: 'off', coverage: false }),
  };
  for (const [name, act] of Object.entries(CASES)) {
    turns[name] ??= { 1: [], 32: [] };
    for (const connections of [1, 32]) turns[name][connections].push(await compare(servers, act, connections));
  }
  for (const { child } of Object.values(servers)) child.disconnect();
}
const results = Object.fromEntries(
  Object.entries(turns).map(([name, byConnections]) => [
    name,
    Object.fromEntries(Object.entries(byConnections).map(([connections, pairs]) => [connections, summarize(pairs)])),
  ]),
);
console.log(JSON.stringify(results));
