/** Recordings without a server: a report, a file that is dropped or chosen, `?file=`, and files that cannot be shown. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  accessibilityProblems,
  admin,
  command,
  launch,
  openPage,
  search,
  sendTraffic,
  serve,
  waitForCount,
} from './support/browser.mjs';

let browser;
let folder;
let recording;
let count;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'sideglance-console-'));
  const server = await serve();
  await sendTraffic(server);
  const response = await fetch(`${server.admin}/recording?kind=test&name=creates%20an%20image&verdict=fail`);
  recording = await response.text();
  writeFileSync(join(folder, 'recording.json'), recording);
  count = (await admin(server, 'GET', '/requests?limit=1')).recorded;
  await server.stop();
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the page without a server, as a file. */
async function openViewer() {
  const viewer = join(folder, 'console.html');
  writeFileSync(viewer, readFileSync(new URL('../../dist/console/index.html', import.meta.url)));
  return openPage(browser, pathToFileURL(viewer).href);
}

/** The recording after a change that was made on purpose. */
const edited = (change) => {
  const value = JSON.parse(recording);
  change(value);
  return JSON.stringify({ ...value, digest: 'edited' });
};

const choose = (page, name, text) =>
  page.setInputFiles('input[type=file]', { name, mimeType: 'application/json', buffer: Buffer.from(text) });

describe('a report', () => {
  test('shows the recording inside, and sends no request', async () => {
    const report = join(folder, 'report.html');
    command('report', join(folder, 'recording.json'), '-o', report);
    const page = await openPage(browser);
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(report).href);
    await waitForCount(page, count);
    await page.getByText('creates an image').waitFor();
    assert.deepEqual(
      requests.filter((url) => !url.startsWith('data:')),
      [pathToFileURL(report).href],
    );
    assert.deepEqual(page.problems, []);
    await search(page, 'res.body:queued');
    await page.locator('.request-row[role=option]').first().click();
    await page.getByRole('tab', { name: 'Image' }).click();
    await page.getByText('The request created the image.').waitFor();
    await page.getByRole('tab', { name: 'Why' }).click();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.context().close();
  });

  test('shows the decision of the fault engine and findings of the conduct rules', async () => {
    const page = await openViewer();
    const rule = 'retry-after-seconds-ignored';
    const finding = {
      rule,
      severity: 'warning',
      client: 'gophercloud',
      message: 'waited 0.1 s instead of 1 s',
      entries: [3],
    };
    const text = edited((value) => {
      value.conduct.findings = [finding];
    });
    await choose(page, 'recording.json', text);
    await waitForCount(page, count);
    await search(page, 'attempt:2 method:POST');
    await page.locator('.request-row[role=option]').first().click();
    await page.getByRole('tab', { name: 'Why' }).click();
    await page.getByText(`warning ${rule}`).waitFor();
    await search(page, 'status:503');
    await page.locator('.request-row[role=option]').first().click();
    await page.getByText('Decision of the fault engine').waitFor();
    await page.context().close();
  });
});

describe('a file', () => {
  test('is opened when it is dropped on the page', async () => {
    const page = await openViewer();
    await page.getByText('Open a recording').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    const transfer = await page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
      return data;
    }, recording);
    await page.dispatchEvent('.app', 'drop', { dataTransfer: transfer });
    await waitForCount(page, count);
    await page.context().close();
  });

  test('is read in the layout of formatters, too', async () => {
    const page = await openViewer();
    await choose(page, 'formatted.json', JSON.stringify(JSON.parse(recording), null, 2));
    await waitForCount(page, count);
    await page.context().close();
  });

  const lines = () => recording.split('\n');
  const BAD = [
    ['is no JSON', () => '{"format"', 'is not valid JSON', 'a recording that Sideglance wrote'],
    ['is another kind of file', () => '{"log":{}}', '/format', 'sideglance-recording'],
    [
      'is of a newer version',
      () =>
        edited((value) => {
          value.version = 99;
        }),
      'newer version of Sideglance',
      'up to 2',
    ],
    [
      'is cut off',
      () => lines().slice(0, 16).join('\n'),
      'the recording is cut off after',
      'a line with the digest at the end',
    ],
    [
      'was changed',
      () => recording.replace('/image/v2/imagesss', '/image/v2/imagessx'),
      'is not the digest of the content',
      '"edited" if you have changed it on purpose',
    ],
    [
      'has a wrong member',
      () =>
        edited((value) => {
          value.requests[1].status = 'ok';
        }),
      '/requests/1/status',
      'integer',
    ],
    [
      'lacks a member',
      () =>
        edited((value) => {
          delete value.conduct;
        }),
      '/conduct',
      'object',
    ],
  ];
  for (const [what, text, message, allowed] of BAD) {
    test(`that ${what} is rejected with the place, what was found there, and what is allowed`, async () => {
      const page = await openViewer();
      await choose(page, 'bad.json', text());
      const problem = page.getByRole('alert');
      await problem.waitFor();
      const shown = await problem.textContent();
      assert.ok(shown.includes('bad.json') && shown.includes(message) && shown.includes(allowed), shown);
      await page.context().close();
    });
  }
});

describe('sideglance open', () => {
  test('shows a recording that the address names', async () => {
    const { spawn } = await import('node:child_process');
    const { once } = await import('node:events');
    const root = new URL('../../dist/bin/sideglance.js', import.meta.url).pathname;
    const child = spawn(process.execPath, [root, 'open', join(folder, 'recording.json'), '--no-browser']);
    const [address] = await once(child.stdout.setEncoding('utf8'), 'data');
    const page = await openPage(browser, address.trim());
    await waitForCount(page, count);
    const elsewhere = await openPage(browser, new URL('/?file=missing.json', address).href);
    await elsewhere.getByText('cannot be read: the server returned 404').waitFor();
    child.kill();
    await once(child, 'close');
  });
});
