/** What the page costs: the server nothing after it has left, and the browser little before it paints. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { launch, openPage, sendTraffic, serve } from './support/browser.mjs';
import { until } from './support/console.mjs';

let browser;
let server;
let folder;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'sideglance-resources-'));
  process.env.RESOURCES_FILE = join(folder, 'resources.json');
  process.env.NODE_OPTIONS = `--import=${new URL('./support/count-resources.mjs', import.meta.url)}`;
  server = await serve();
  delete process.env.NODE_OPTIONS;
  await sendTraffic(server);
});
after(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The timers and connections of the server. */
const resources = () => JSON.parse(readFileSync(process.env.RESOURCES_FILE, 'utf8'));

/** Waits until the server has closed the connections of clients that have left. Returns what it has then. */
async function idle() {
  await until(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(resources().TCPWRAP, 0);
  });
  return resources();
}

test('the server has no timer and no connection more after a page has left', async () => {
  const before = await idle();
  for (let visit = 0; visit < 3; visit += 1) {
    const page = await openPage(browser, `${server.admin}/`);
    await page.waitForSelector('.state-open');
    for (const name of ['Scenarios', 'Coverage', 'Worlds', 'Requests']) {
      await page.getByRole('link', { name, exact: true }).click();
      await page.waitForTimeout(100);
    }
    await until(async () => assert.ok(resources().TCPWRAP > before.TCPWRAP, JSON.stringify(resources())));
    await page.context().close();
  }
  assert.deepEqual(await idle(), before);
});

/** Most milliseconds of CPU time that the page's main thread needs until the first paint. */
const MAX_CPU = 150;

test('the browser needs one request, at most 100 KiB and little CPU time until the first paint', async () => {
  const page = await openPage(browser, `${server.admin}/`);
  await page.waitForSelector('.state-open');
  const html = await (await fetch(`${server.admin}/`, { headers: { Accept: 'text/html' } })).text();
  assert.ok(gzipSync(html, { level: 9 }).length < 100 * 1024);
  const times = [];
  for (let run = 0; run < 5; run += 1) times.push(await cpuUntilPaint(page));
  console.log(`CPU time until the first paint: ${times.map((time) => time.toFixed(0)).join(', ')} ms`);
  assert.ok(times.toSorted((one, other) => one - other)[1] < MAX_CPU, `${times}`);
  const others = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ initiatorType }) => initiatorType !== 'fetch')
      .map(({ name }) => name),
  );
  assert.deepEqual(others, []);
});

/** Loads the page again. Returns the CPU time of all tasks of its main thread before its first paint, in milliseconds. */
async function cpuUntilPaint(page) {
  await browser.startTracing(page, {
    categories: ['toplevel', 'loading', 'devtools.timeline', 'blink.user_timing', '__metadata'],
  });
  await page.reload();
  await page.waitForSelector('[role=option]');
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const paint = traceEvents.findLast(({ name }) => name === 'firstContentfulPaint');
  const start = traceEvents.findLast(({ name, ts }) => name === 'navigationStart' && ts < paint.ts);
  const tasks = traceEvents.filter(
    ({ name, pid, tid, ts }) =>
      /RunTask$/.test(name) && pid === paint.pid && tid === paint.tid && ts >= start.ts && ts < paint.ts,
  );
  return tasks.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
}
