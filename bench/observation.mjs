// Measures what it costs to observe clients: node bench/observation.mjs. Compares CPU time per request of a process that
// stores requests with their bodies in the journal and counts coverage with one that does neither. (Conduct reads the
// journal, and costs nothing before.) The two take turns, so that other processes and the temperature affect both alike.
// Prints JSON: for each kind of request and number of connections, microseconds with and without, and the overhead in
// percent: the median over the turns. Processes that do the same differ by some percent for as long as they run, depending on
// what V8 happened to compile and how, so there are several pairs.
import { Agent } from 'node:http';
import { CASES, start, usageOf } from './traffic.mjs';

/** Pairs of processes. */
const PAIRS = 2 * Number(process.env.BENCH_ROUNDS ?? 3);
/** Turns of each pair, for each kind of request and number of connections. */
const ROUNDS = 8;
/** Turns before: more requests than the journal has entries, so that it drops one for each new one. */
const WARM_UP = 4;
/** Requests of one turn, by number of connections. */
const REQUESTS = { 1: 600, 32: 1600 };

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

const summarize = (turns) => ({
  on: median(turns.map(({ on }) => on)),
  off: median(turns.map(({ off }) => off)),
  overhead: 100 * (median(turns.map(({ on, off }) => on / off)) - 1),
});

const turns = {};
for (let pair = 0; pair < PAIRS; pair += 1) {
  const servers = {
    on: await start({ journalBodies: 65_536 }),
    off: await start({ journalSize: 0, journalBodies: 'off', coverage: false }),
  };
  for (const [name, act] of Object.entries(CASES)) {
    turns[name] ??= { 1: [], 32: [] };
    for (const connections of [1, 32]) turns[name][connections].push(...(await compare(servers, act, connections)));
  }
  for (const { child } of Object.values(servers)) child.disconnect();
}
const results = Object.fromEntries(
  Object.entries(turns).map(([name, byConnections]) => [
    name,
    Object.fromEntries(Object.entries(byConnections).map(([connections, all]) => [connections, summarize(all)])),
  ]),
);
console.log(JSON.stringify(results));
