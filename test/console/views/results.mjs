import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertGoodEverywhere, startConsole } from '../support/console.mjs';

let app;
before(async () => {
  app = await startConsole();
});
after(() => app.close());

const file = (name, value) => ({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(value)) });

const POINTS = [
  { call: 'image-v2.createImage#1', fault: '503', phase: 'before', verdict: 'handled', reason: 'It tried again.' },
  {
    call: 'image-v2.createImage#1',
    fault: 'reset',
    phase: 'after',
    verdict: 'wrong state',
    reason: 'It created two images.',
    recording: 'recordings/reset.json',
  },
];

test('shows the points of a sweep as a matrix of verdicts with their recordings', async () => {
  const page = await app.open('results');
  const chooser = page.getByLabel('Open results: file');
  await chooser.setInputFiles(file('sweep.json', { points: POINTS }));
  await page.getByRole('button', { name: 'image-v2.createImage#1, reset after: wrong state' }).click();
  await page.getByText('It created two images.').waitFor();
  const link = page.getByRole('link', { name: 'Open recordings/reset.json' });
  assert.equal(await link.getAttribute('href'), '?file=recordings%2Freset.json');
  await page.getByRole('button', { name: 'handled 1' }).click();
  assert.equal(await page.locator('.verdict-cell').count(), 1);
  await assertAccessible(page);
  await chooser.setInputFiles(file('other.json', { cells: [] }));
  await page.getByText('other.json: found the members cells').waitFor();
});

test('opens the recording of a result that was chosen with it, and goes back to the matrix', async () => {
  await fetch(`${app.cloud.url}/image/`);
  const recording = await (await fetch(`${app.cloud.url}/__admin/recording`)).text();
  const page = await app.open('results');
  await page
    .getByLabel('Open results: file')
    .setInputFiles([
      file('sweep.json', { points: POINTS }),
      { name: 'reset.json', mimeType: 'application/json', buffer: Buffer.from(recording) },
    ]);
  await page.getByRole('button', { name: 'image-v2.createImage#1, reset after: wrong state' }).click();
  await page.getByRole('button', { name: 'Open recordings/reset.json' }).click();
  await page.waitForSelector('.state-recording');
  await page.getByRole('listbox', { name: 'Requests' }).waitFor();
  await page.goBack();
  await page.getByText('It created two images.').waitFor();
});

test('shows cases of several clients in one matrix', async () => {
  const page = await app.open('results');
  const results = (verdict) => [{ case: 'image-v2.retry.list-503', verdict, reasons: [{ message: 'Why.' }] }];
  const chooser = page.getByLabel('Open results: file');
  await chooser.setInputFiles(file('one.json', { client: 'one', results: results('pass') }));
  await page.getByRole('button', { name: 'image-v2.retry.list-503, one: pass' }).waitFor();
  await chooser.setInputFiles(file('two.json', { client: 'two', results: results('fail') }));
  await page.getByRole('button', { name: 'image-v2.retry.list-503, two: fail' }).waitFor();
});

test('compares two recordings, and says what differs', async () => {
  const record = async (name, work) => {
    const world = app.cloud.worlds.create({ name });
    await work(world);
    const recording = await (await fetch(`${world.url}/__admin/recording`)).text();
    return { name: `${name}.json`, mimeType: 'application/json', buffer: Buffer.from(recording) };
  };
  const one = await record('one', async ({ url }) => {
    await fetch(`${url}/image/`);
    await fetch(`${url}/image/v2/images`);
  });
  const two = await record('two', async ({ url, faults }) => {
    faults.arm({ match: { operation: 'image-v2.listVersions' }, undocumented: true, fault: { answer: 503 } });
    await fetch(`${url}/image/`);
    await fetch(`${url}/identity/`);
    await fetch(`${url}/image/v2/images`);
  });
  const page = await app.open('compare');
  await page.getByLabel('Recording file').setInputFiles(one);
  await page.waitForSelector('.state-recording');
  await page.getByRole('link', { name: 'Compare' }).click();
  await page.getByLabel('Open the other recording: file').setInputFiles(two);
  await page.getByText('2 of 3 requests differ').waitFor();
  await page.getByRole('button', { name: /^status, source, fault, response body/ }).waitFor();
  await page.getByRole('button', { name: 'only on the right' }).click();
  await assertAccessible(page);
  await page.getByRole('button', { name: /^status, source, fault, response body/ }).click();
  await page.locator('.is-changed-line').first().waitFor();
  await assertAccessible(page);
  await page.getByLabel('Open the other recording: file').setInputFiles(one);
  await page.getByText('No differences').waitFor();
  for (const view of ['Worlds', 'Coverage', 'Conduct']) {
    await page.getByRole('link', { name: view }).click();
    await page.locator('.view .callout, .view .empty').first().waitFor();
    await assertAccessible(page);
  }
});

for (const view of ['results', 'compare']) {
  test(`is accessible and fits the window: ${view}`, () =>
    assertGoodEverywhere(app, view, (page) => page.locator('.view').waitFor()));
}
