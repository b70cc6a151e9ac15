// Measures whether requests cost more when there is more: node bench/growth.mjs. CPU time for GET of one image and for a page of
// 25, with 100 images and with more, and with an empty and with a full journal. Prints JSON: for each kind of growth, microseconds
// with little and with much, and the growth in percent (medians over turns). BENCH_IMAGES and BENCH_ENTRIES say how much.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logIn } from './cases.mjs';
import { cpuOf, median } from './process.mjs';

const TURNS = Number(process.env.BENCH_ROUNDS ?? 3) * 15;
const WARM_UP = 8;
const REQUESTS = 600;
const IMAGES = Number(process.env.BENCH_IMAGES ?? 100_000);
const ENTRIES = Number(process.env.BENCH_ENTRIES ?? 100_000);
const FEW = 100;
const MEGABYTES = 6000;
/** Memory of all journals: enough for all entries. */
const JOURNAL_BYTES = 4 * 2 ** 30;

const scratch = mkdtempSync(join(tmpdir(), 'sideglance-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** A fixture file with images of one owner, written by hand, because the generator makes more of each. */
function fixtures(count) {
  const path = join(scratch, `${count}.json`);
  const images = Array.from({ length: count }, (_, index) => `{"name":"image ${index}","owner":"demo"}`);
  writeFileSync(path, `{"images":[${images.join(',')}]}`);
  return path;
}

async function serve(options) {
  const child = fork(fileURLToPath(new URL('./served.mjs', import.meta.url)), [JSON.stringify(options)], {
    execArgv: [`--max-old-space-size=${MEGABYTES}`],
  });
  const [{ url }] = await once(child, 'message');
  const headers = { 'X-Auth-Token': await logIn(url) };
  const page = await fetch(`${url}/image/v2/images?limit=25`, { headers });
  const { images } = await page.json();
  return { child, url, headers, one: `/image/v2/images/${images[0].id}`, page: '/image/v2/images?limit=25' };
}

const get = ({ url, headers }, path) =>
  new Promise((resolve, reject) => {
    request(url + path, { agent, headers }, (response) => response.resume().on('end', resolve))
      .on('error', reject)
      .end();
  });

async function costOf(server, path) {
  const began = cpuOf(server.child);
  for (let sent = 0; sent < REQUESTS; sent += 1) await get(server, path);
  return (cpuOf(server.child) - began) / REQUESTS;
}

/** Compares two servers, which take turns. */
async function compare(few, many, kind) {
  const turns = [];
  for (let turn = -WARM_UP; turn < TURNS; turn += 1) {
    const [first, second] = turn % 2 === 0 ? [few, many] : [many, few];
    const costs = new Map([
      [first, await costOf(first, first[kind])],
      [second, await costOf(second, second[kind])],
    ]);
    if (turn >= 0) turns.push({ few: costs.get(few), many: costs.get(many) });
  }
  return {
    few: median(turns.map(({ few }) => few)),
    many: median(turns.map(({ many }) => many)),
    growth: 100 * (median(turns.map(({ few, many }) => many / few)) - 1),
  };
}

const results = {};
const few = await serve({ fixtures: fixtures(FEW) });
const many = await serve({ fixtures: fixtures(IMAGES) });
results[`GET one, ${FEW} to ${IMAGES} images`] = await compare(few, many, 'one');
results[`page of 25, ${FEW} to ${IMAGES} images`] = await compare(few, many, 'page');
many.child.disconnect();
const full = await serve({
  fixtures: fixtures(FEW),
  journalSize: ENTRIES,
  journalMemory: JOURNAL_BYTES,
  journalWorldMemory: JOURNAL_BYTES,
});
for (let sent = 0; sent < ENTRIES; sent += 1) await get(full, full.one);
results[`GET one, 0 to ${ENTRIES} journal entries`] = await compare(few, full, 'one');
full.child.disconnect();
few.child.disconnect();
agent.destroy();
console.log(JSON.stringify(results));
