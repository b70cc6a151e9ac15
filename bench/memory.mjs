// npm run bench:memory: sends a million requests of all kinds, each with new names, and prints the memory of the process
// after 1, 10 and 100 percent of them, each time after a garbage collection. What they create, they delete. Server and
// clients are in one process. BENCH_REQUESTS makes it shorter, BENCH_KINDS selects kinds by name, separated by semicolons.
// Fails when the memory after all requests is higher than after 10 percent by more than the limits below.
import { setTimeout as wait } from 'node:timers/promises';
import { startInMemory } from './kinds/in-memory.mjs';
import { KINDS, prepareKinds, roundOf } from './kinds/index.mjs';

const TOTAL = Number(process.env.BENCH_REQUESTS ?? 1_000_000);
const CONNECTIONS = 8;
const STEPS = [TOTAL / 100, TOTAL / 10, TOTAL];
const MEBIBYTE = 2 ** 20;
/** How much the memory may grow between the last two steps: on the heap and outside of it, and as the system sees it. */
const LIMITS = { used: 16 * MEBIBYTE, rss: 32 * MEBIBYTE };

const { BENCH_KINDS: chosen } = process.env;
const names = chosen === undefined ? Object.keys(KINDS) : chosen.split(';');
const unknown = names.filter((name) => KINDS[name] === undefined);
if (unknown.length > 0)
  throw new Error(`no such kinds: ${unknown.join('; ')}; there are: ${Object.keys(KINDS).join('; ')}`);

if (globalThis.gc === undefined) throw new Error('start node with --expose-gc');
const started = await startInMemory(CONNECTIONS);
const server = await prepareKinds(started);
let sent = 0;
let number = 0;
let rounds = 0;
let queue = [];

/** Returns the name of the next kind. */
function nextKind() {
  if (queue.length === 0) {
    queue = roundOf(rounds, names).reverse();
    rounds += 1;
  }
  return queue.pop();
}

/** Sends requests of all kinds in turn until `count` have been sent since the start. */
async function sendUntil(count) {
  const work = async () => {
    while (sent < count) {
      const name = nextKind();
      if (name === undefined) continue;
      number += 1;
      try {
        const requests = await KINDS[name](server, number);
        sent += requests;
      } catch (error) {
        throw new Error(`${name}: ${error.message}`, { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

/** The memory of this process after a garbage collection, which closed connections and streams precede. */
async function memory() {
  await wait(100);
  globalThis.gc();
  await wait(100);
  globalThis.gc();
  return process.memoryUsage();
}

const mebibytes = (bytes) => (bytes / MEBIBYTE).toFixed(1).padStart(9);
console.log('  requests  heap, MiB  outside of it, MiB   RSS, MiB');
const measured = [];
for (const step of STEPS) {
  await sendUntil(step);
  const { heapUsed, external, rss } = await memory();
  measured.push({ used: heapUsed + external, rss });
  console.log(
    `${String(step).padStart(10)}  ${mebibytes(heapUsed)}  ${mebibytes(external).padStart(18)}  ${mebibytes(rss)}`,
  );
}
await started.close();
const [, before, after] = measured;
for (const [what, limit] of Object.entries(LIMITS)) {
  const grown = after[what] - before[what];
  if (grown <= limit) continue;
  console.error(`the memory grows with the number of requests: ${what} by ${mebibytes(grown).trim()} MiB`);
  process.exitCode = 1;
}
