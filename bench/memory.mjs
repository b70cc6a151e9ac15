// npm run bench:memory: sends a million requests and prints the memory of the server after 10,000, 100,000 and 1,000,000
// of them, each time after a garbage collection: reads, refused requests, injected errors, and creates with deletes, so
// that the number of images stays the same. BENCH_REQUESTS makes it shorter, BENCH_KINDS selects kinds of requests by
// name, separated by commas. Fails when the heap grows by more than 5 %
// and 2 MiB between the last two.
import { Agent } from 'node:http';
import { CASES, start, usageOf } from './traffic.mjs';

const TOTAL = Number(process.env.BENCH_REQUESTS ?? 1_000_000);
const CONNECTIONS = 16;
const STEPS = [TOTAL / 100, TOTAL / 10, TOTAL];
const MEBIBYTE = 2 ** 20;

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const server = { ...(await start({}, ['--expose-gc'])), agent };
const { BENCH_KINDS: chosen } = process.env;
const kinds = Object.entries(CASES)
  .filter(([name]) => chosen === undefined || chosen.split(',').includes(name))
  .map(([, send]) => send);
let sent = 0;

/** Sends requests of all kinds in turn until `count` have been sent since the start. */
async function sendUntil(count) {
  const work = async () => {
    for (let turn = 0; sent < count; turn += 1) {
      const requests = await kinds[turn % kinds.length](server);
      sent += requests;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

const mebibytes = (bytes) => (bytes / MEBIBYTE).toFixed(1).padStart(9);
console.log('  requests  heap, MiB  outside of it, MiB   RSS, MiB');
const heaps = [];
for (const step of STEPS) {
  await sendUntil(step);
  const { heapUsed, external, rss } = await usageOf(server);
  heaps.push(heapUsed);
  console.log(
    `${String(step).padStart(10)}  ${mebibytes(heapUsed)}  ${mebibytes(external).padStart(18)}  ${mebibytes(rss)}`,
  );
}
agent.destroy();
server.child.disconnect();
const [, before, after] = heaps;
if (after > before * 1.05 && after - before > 2 * MEBIBYTE) {
  console.error('the heap grows with the number of requests');
  process.exitCode = 1;
}
