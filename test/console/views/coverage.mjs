import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertGoodEverywhere, startConsole } from '../support/console.mjs';

let app;
before(async () => {
  app = await startConsole();
});
after(() => app.close());

const file = (name, value) => ({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(value)) });

test('shows responses as they arrive; a click leads to the requests, or to the scenario that causes the response', async () => {
  const page = await app.open('coverage');
  await page.getByRole('button', { name: /^image-v2\.listVersions 300: not received/ }).waitFor();
  await (await fetch(`${app.cloud.url}/image/`)).text();
  await page.getByRole('button', { name: /^image-v2\.listVersions 300: natural 1/ }).click();
  await page.getByText('1 request', { exact: true }).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: /^image-v2\.createImage 413: not received/ }).click();
  await page.getByRole('heading', { name: 'image-v2.createImage.413', exact: true }).waitFor();
});

test('has a gate, and compares with a baseline', async () => {
  const page = await app.open('coverage');
  await page.getByLabel('Gate, %').fill('99');
  await page.getByText('the gate fails').waitFor();
  await page.getByLabel('Gate, %').fill('0');
  await page.getByText('the gate passes').waitFor();
  const cell = { dialect: 'image-v2', operation: 'createImage', status: 413, natural: 0, byProfile: 0, injected: 2 };
  const chooser = page.getByLabel('Compare with a baseline: file');
  await chooser.setInputFiles(file('baseline.json', { format: 'sideglance-coverage/1', cells: [cell] }));
  await page.getByText('1 missing').waitFor();
  await page.getByText('Missing', { exact: true }).click();
  await page.getByText('image-v2.createImage 413', { exact: true }).waitFor();
  await chooser.setInputFiles(file('other.json', { format: 'other' }));
  await page.getByText('other.json: /format: found "other"; allowed: "sideglance-coverage/1"').waitFor();
});

test('clears the coverage', async () => {
  await (await fetch(`${app.cloud.url}/image/`)).text();
  const page = await app.open('coverage');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await page.getByRole('button', { name: /^image-v2\.listVersions 300: not received/ }).waitFor();
  const { totals } = await (await fetch(`${app.cloud.url}/__admin/coverage?worlds=all`)).json();
  assert.equal(totals.received, 0);
});

test('shows findings about clients with the requests that show them', async () => {
  const { url, faults } = app.cloud.worlds.create({ name: 'hasty' });
  const fault = { answer: 503, retryAfter: 30 };
  faults.arm({ match: { operation: 'image-v2.listVersions' }, undocumented: true, calls: 1, fault });
  for (const status of [503, 300]) assert.equal((await fetch(`${url}/image/`)).status, status);
  const page = await app.open('conduct');
  await page.getByLabel('World').selectOption('hasty');
  // Requests on several connections, as fetch sends them, could be those of several clients.
  await page.getByLabel('Clients are sequential').check();
  const finding = page.getByRole('listitem').filter({ hasText: 'retry-after' }).first();
  await finding.getByRole('button', { name: 'On the timeline' }).click();
  await page.getByRole('listbox', { name: 'Requests' }).waitFor();
  assert.equal(await page.getByLabel('Search requests').inputValue(), 'world:hasty id:1,2');
});

for (const view of ['coverage', 'conduct']) {
  test(`is accessible and fits the window: ${view}`, () =>
    assertGoodEverywhere(app, view, (page) => page.locator('.view').waitFor()));
}
