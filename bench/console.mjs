// Measures what the console costs the server: node bench/console.mjs, after a build; needs Debian's chromium. Compares the CPU time
// of a request to three servers, which take turns: the console of the first was never opened, a page of the second was opened and
// closed again, and a page of the third is open. Prints JSON: microseconds of each, and the median over the turns of the overhead
// of the second and the third in percent.
import { Agent, get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { launch, openPage } from '../test/console/support/browser.mjs';
import { cpuOf, median, start, stop } from './process.mjs';

const CLI = fileURLToPath(new URL('../dist/bin/sideglance.js', import.meta.url));
const KINDS = ['never', 'closed', 'open'];
const ROUNDS = 8 * Number(process.env.BENCH_ROUNDS ?? 3);
/** Turns before: more requests than the journal has entries. */
const WARM_UP = 4;
const REQUESTS = 500;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const request = (url) =>
  new Promise((resolve, reject) => {
    get(`${url}/image/v2/images/no-such-image`, { agent }, (response) => response.resume().on('end', resolve)).on(
      'error',
      reject,
    );
  });

/** Returns the CPU time of the server for one request, in microseconds. */
async function costOf({ child, url }) {
  const began = cpuOf(child);
  for (let sent = 0; sent < REQUESTS; sent += 1) await request(url);
  return (cpuOf(child) - began) / REQUESTS;
}

const servers = {};
for (const kind of KINDS) servers[kind] = await start([CLI, 'serve', '--port', '0'], '/__admin/');
const browser = await launch();
const pages = {};
for (const kind of ['closed', 'open']) {
  pages[kind] = await openPage(browser, `${servers[kind].url}/__admin/`);
  await pages[kind].waitForSelector('.state-open');
}
await pages.closed.context().close();

const turns = [];
for (let round = -WARM_UP; round < ROUNDS; round += 1) {
  const turn = {};
  for (let index = 0; index < KINDS.length; index += 1) {
    const kind = KINDS[(round + WARM_UP + index) % KINDS.length];
    turn[kind] = await costOf(servers[kind]);
  }
  if (round >= 0) turns.push(turn);
}
await browser.close();
agent.destroy();
for (const server of Object.values(servers)) await stop(server);

const overhead = (kind) => 100 * (median(turns.map((turn) => turn[kind] / turn.never)) - 1);
const microseconds = Object.fromEntries(KINDS.map((kind) => [kind, median(turns.map((turn) => turn[kind]))]));
console.log(
  JSON.stringify({ microseconds, overhead: { closed: overhead('closed'), open: overhead('open') } }, null, 2),
);
