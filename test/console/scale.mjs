/** 100,000 requests: reading, scrolling and filtering without frames that are lost. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { launch, openPage, sendTraffic, serve, waitForCount } from './support/browser.mjs';

const COUNT = 100_000;

let browser;
let folder;
let page;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'sideglance-scale-'));
  const server = await serve();
  await sendTraffic(server);
  const recording = await (await fetch(`${server.admin}/recording`)).json();
  await server.stop();
  writeFileSync(join(folder, 'large.json'), enlarge(recording));
  writeFileSync(join(folder, 'console.html'), readFileSync(new URL('../../dist/console/index.html', import.meta.url)));
  page = await openPage(browser, pathToFileURL(join(folder, 'console.html')).href);
  page.setDefaultTimeout(120_000);
  await page.setInputFiles('input[type=file]', join(folder, 'large.json'));
  await waitForCount(page, COUNT);
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A message with the beginning of its body, so that the file does not become too large. */
const shortened = ({ body, ...message }) =>
  body?.text === undefined ? message : { ...message, body: { ...body, text: body.text.slice(0, 60), truncated: true } };

/** Repeats the requests of a recording, in the layout that Sideglance writes. */
function enlarge({ requests: all, digest: _digest, ...head }) {
  const requests = all.map(({ request, response, ...entry }) => ({
    ...entry,
    request: shortened(request),
    response: shortened(response),
  }));
  const members = Object.entries(head).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},`);
  const lines = [];
  for (let index = 0; index < COUNT; index += 1) {
    const request = requests[index % requests.length];
    const started = requests[0].started + index * 20;
    lines.push(JSON.stringify({ ...request, id: index + 1, started, time: Math.round(started) }));
  }
  return `{${members.join('\n')}\n"requests":[\n${lines.join(',\n')}\n],\n"digest":"edited"}\n`;
}

/**
 * Runs a step in each of so many frames, and returns how long each task of the page's main thread took, in milliseconds of CPU time:
 * other programs on the machine make tasks take longer, but do not make them need more.
 */
async function tasksOf(step, frames) {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await page.evaluate(`new Promise((resolve) => {
    let frame = 0;
    const next = () => requestAnimationFrame(() => {
      ${step};
      frame += 1;
      if (frame < ${frames}) next();
      else resolve();
    });
    next();
  })`);
  await page.waitForSelector('.summary-count:not(.is-busy)');
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const ids = ({ pid, tid }) => `${pid}/${tid}`;
  const renderers = new Set(traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(ids));
  const tasks = traceEvents.filter(({ name, ...event }) => /RunTask$/.test(name) && renderers.has(ids(event)));
  assert.ok(tasks.length > frames, `${tasks.length} tasks`);
  return tasks.filter(({ tdur }) => tdur !== undefined).map(({ tdur }) => tdur / 1000);
}

/**
 * Returns the longest task of the best of some runs: the first runs still compile the code of the page, and a busy machine makes its
 * caches useless.
 */
async function longestTask(step, frames = 30) {
  const longest = [];
  for (let run = 0; run < 6; run += 1) longest.push(Math.max(...(await tasksOf(step, frames))));
  console.log(`longest tasks of the runs: ${longest.map((time) => time.toFixed(1)).join(', ')} ms of CPU time`);
  return Math.min(...longest);
}

/** Milliseconds of a frame at 60 frames a second. */
const FRAME = 1000 / 60;

test('scroll within the time of a frame', async () => {
  const longest = await longestTask(`document.querySelector('.virtual-list').scrollTop = frame * 2800`);
  assert.ok(longest < FRAME, `${longest} ms`);
});

for (const query of ['status:4xx', 'op:list*', '-status:2xx', 'image limit', 'res.header:retry-after']) {
  test(`are filtered within the time of a frame: ${query}`, async () => {
    const longest = await longestTask(`
      if (frame % 10 === 0) {
        const input = document.querySelector('[data-search]');
        input.value = frame === 10 ? '' : ${JSON.stringify(query)};
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }
    `);
    assert.ok(longest < FRAME, `${longest} ms`);
  });
}

test('are drawn on the timeline, whole and in part, within the time of a frame', async () => {
  const longest = await longestTask(`
    const keys = ['+', '+', 'ArrowRight', '-', '-', '0'];
    const key = keys[frame % keys.length];
    document.querySelector('.timeline-surface').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  `);
  assert.ok(longest < FRAME, `${longest} ms`);
});

test('are found: the list shows all that match', async () => {
  await page.fill('[data-search]', 'status:503');
  await page.waitForFunction(() =>
    /^3,\d{3} of 100,000/.test(document.querySelector('.summary-count')?.textContent ?? ''),
  );
});
