/** 100,000 requests: reading, scrolling and filtering without frames that are lost. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { launch, openPage, sendTraffic, serve, waitForCount } from './support/browser.mjs';

const COUNT = 100_000;
/** Most milliseconds of work in a frame: the browser needs the rest of the 16.7 ms itself. */
const MAX_WORK = 12;

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
 * Runs a step in each of 90 frames. Returns how long the work of the page took in each, in milliseconds of the main thread: until a
 * message that is sent at the beginning of the frame, after the step, arrives.
 */
const workOf = (step) =>
  page.evaluate(`new Promise((resolve) => {
    const work = [];
    const run = (frame) => { ${step} };
    const next = () => requestAnimationFrame(() => {
      const start = performance.now();
      run(work.length);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        work.push(performance.now() - start);
        if (work.length === 90) resolve(work);
        else next();
      };
      port2.postMessage(null);
    });
    next();
  })`);

/** The lower quartile: a busy machine makes frames longer, never shorter. */
const quartile = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 4)];

test('scroll within the time of a frame', async () => {
  const work = await workOf(`document.querySelector('.virtual-list').scrollTop = frame * 280`);
  console.log(`scrolling: ${quartile(work).toFixed(1)} ms of work in a frame`);
  assert.ok(quartile(work) < MAX_WORK, work.map(Math.round).join(' '));
});

test('are filtered in slices within the time of a frame', async () => {
  const texts = JSON.stringify(['status:4xx', 'op:list*', '-status:2xx', 'image limit', 'took:>1']);
  const work = await workOf(`
    if (frame % 18 !== 0) return;
    const input = document.querySelector('[data-search]');
    input.value = ${texts}[frame / 18];
    input.dispatchEvent(new Event('input', { bubbles: true }));
  `);
  console.log(
    `filtering: ${quartile(work).toFixed(1)} ms of work in a frame, at most ${Math.max(...work).toFixed(1)} ms`,
  );
  assert.ok(quartile(work) < MAX_WORK, work.map(Math.round).join(' '));
});

test('are found: the list shows all that match', async () => {
  await page.fill('[data-search]', 'status:503');
  await page.waitForFunction(() =>
    /^3,\d{3} of 100,000/.test(document.querySelector('.summary-count')?.textContent ?? ''),
  );
});
