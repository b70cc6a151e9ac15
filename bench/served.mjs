// A Sideglance process that a benchmark measures: node bench/served.mjs OPTIONS, with the options as JSON. Sends its
// address to the parent process, and for each message the CPU time that it has used, in microseconds, and with
// --expose-gc its memory after a garbage collection, in bytes.
import { startSideglance } from '../dist/index.js';

const cloud = await startSideglance(JSON.parse(process.argv[2] ?? '{}'));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send({ cpu: user + system, rss, heapUsed, external });
});
process.on('disconnect', () => process.exit(0));
process.send({ url: cloud.url });
