// Loaded into a server process before its own code. Measures how long the event loop was held: the processor time between
// two runs of a timer. Replies to each message of the parent process with what was seen since the last message.
import { subscribe } from 'node:diagnostics_channel';
import { PerformanceObserver } from 'node:perf_hooks';

/** Milliseconds between two samples. */
const INTERVAL = 1;

/** Objects whose members no request may change. */
const PROTOTYPES = [Object, Array, Function, String, Number, Map, Set, Promise].map(({ prototype }) => prototype);
const membersOf = () => PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length).join();

let longest = 0;
let longestElapsed = 0;
let longestCollection = 0;
let sampledAt = performance.now();
let cpu = process.cpuUsage();
let internalErrors = [];
const members = membersOf();

function sample() {
  const { user, system } = process.cpuUsage(cpu);
  const now = performance.now();
  // Other threads use processor time as well; on a busy machine, other processes let real time pass.
  const elapsed = now - sampledAt;
  const held = Math.min((user + system) / 1000, elapsed);
  if (held > longest) [longest, longestElapsed] = [held, elapsed];
  cpu = process.cpuUsage();
  sampledAt = now;
}

subscribe('sideglance.internal-error', (error) => internalErrors.push(error?.stack ?? String(error)));
setInterval(sample, INTERVAL).unref();
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longestCollection = Math.max(longestCollection, duration);
}).observe({ entryTypes: ['gc'] });
process.on('message', () => {
  sample();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  const isPolluted = membersOf() !== members;
  const holds = { longest, longestElapsed, longestCollection };
  process.send?.({ ...holds, cpu: (user + system) / 1000, rss, heapUsed, internalErrors, isPolluted });
  longest = 0;
  longestElapsed = 0;
  longestCollection = 0;
  internalErrors = [];
});
process.channel?.unref();
