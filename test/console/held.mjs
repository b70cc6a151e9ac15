/** Held requests in the console: they are shown, let go, changed, answered by hand and reset. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { copied, logIn, search } from './support/browser.mjs';
import { assertGoodEverywhere, startConsole, until } from './support/console.mjs';

let app;
let send;
let page;
before(async () => {
  app = await startConsole();
});
after(() => app.close());
beforeEach(async () => {
  app.cloud.reset();
  send = await logIn(app.cloud.url);
  await page?.context().close();
  page = await app.open();
});

const IMAGE = { name: 'mine', disk_format: 'raw', container_format: 'bare' };
const CREATE = { match: { operation: 'image-v2.createImage' }, fault: { hold: '10m' } };
const create = () => send('POST', '/image/v2/images', IMAGE);
const bar = () => page.getByRole('region', { name: 'Held requests' });
const button = (name) => bar().getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');

/** Sends a request that a rule holds, and waits until the page shows it. */
async function holding(rule = {}) {
  app.cloud.faults.arm({ ...CREATE, ...rule });
  const response = create();
  await bar().getByText('POST').waitFor();
  return { response };
}

const last = () => app.cloud.requests.list({ operation: 'image-v2.createImage' }).requests.at(-1);

describe('a held request', () => {
  test('appears by itself, shows its curl, and goes on', async () => {
    const { response } = await holding();
    await bar().getByText('request held').waitFor();
    await page.getByRole('status').getByText('1 request is held').waitFor();
    await bar().getByRole('button', { name: 'Copy continueHeld as curl' }).click();
    assert.match(await copied(page), /^curl -sS \S+\/__admin\/held\/held-1\/continue --json/);
    await button('Let go').click();
    assert.equal((await response).status, 201);
    await bar().waitFor({ state: 'detached' });
    assert.equal(last().fault.kind, 'hold');
  });

  test('is answered by hand with a documented status, headers and a body', async () => {
    const { response } = await holding();
    await button('Answer…').click();
    const statuses = await dialog().getByLabel('Status').locator('option').allTextContents();
    assert.ok(statuses.includes('403') && statuses.includes('503 (not documented)'), statuses.join());
    await dialog().getByLabel('Status').selectOption('409');
    await dialog().getByLabel('Headers').fill('X-Reason: test');
    await dialog().getByLabel('Body').fill('{ "why": null }');
    await dialog().getByRole('button', { name: 'Answer', exact: true }).click();
    assert.deepEqual(await response, { status: 409, body: { why: null } });
    assert.deepEqual([last().fault.byHand, last().source], [true, 'injected']);
    await search(page, 'status:409');
    await page.locator('.request-row[role=option]').first().click();
    await page.getByRole('tab', { name: 'Why' }).click();
    await page.getByText('Somebody decided it by hand while rule 0 of fault-1 held it.').waitFor();
  });

  test('is answered with an undocumented status after it took effect', async () => {
    const { response } = await holding();
    await button('Answer…').click();
    await dialog().getByLabel('Status').selectOption('503');
    await dialog().getByLabel('Retry-After').fill('2');
    await dialog().getByLabel('Effect').selectOption('after');
    await dialog().getByRole('button', { name: 'Answer', exact: true }).click();
    assert.equal((await response).status, 503);
    assert.equal(app.cloud.images.list({ name: 'mine' }).length, 1);
  });

  test('goes on with another body', async () => {
    const { response } = await holding();
    await button('Change…').click();
    const text = await dialog().getByLabel('Body').inputValue();
    assert.deepEqual(JSON.parse(text), IMAGE);
    await dialog()
      .getByLabel('Body')
      .fill(JSON.stringify({ ...IMAGE, name: 'other' }));
    await dialog().getByRole('button', { name: 'Send it on', exact: true }).click();
    assert.equal((await response).body.name, 'other');
    assert.equal(last().source, 'injected');
  });

  test('is reset', async () => {
    const { response } = await holding();
    await button('Reset').click();
    assert.equal((await response).status, 0);
    assert.deepEqual([last().fault.kind, last().fault.byHand], ['cut', true]);
  });

  test('is let go and its dialog is closed with the keyboard', async () => {
    const { response } = await holding();
    await button('Answer…').focus();
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await button('Let go').focus();
    await page.keyboard.press('Enter');
    assert.equal((await response).status, 201);
  });
});

test('A held response is shown with its status, and is changed before it is sent', async () => {
  const { response } = await holding({ phase: 'after' });
  await bar().getByText('response held').waitFor();
  await bar().getByText('201').waitFor();
  await button('Change…').click();
  const body = JSON.parse(await dialog().getByLabel('Body').inputValue());
  const { status: _status, ...rest } = body;
  await dialog()
    .getByLabel('Body')
    .fill(JSON.stringify({ ...rest, name: 'other', tags: ['x'], size: null }));
  await dialog().getByLabel('Status', { exact: true }).fill('202');
  await dialog().getByRole('button', { name: 'Send it', exact: true }).click();
  const got = await response;
  assert.equal(got.status, 202);
  assert.deepEqual(got.body, { ...rest, name: 'other', tags: ['x'], size: null });
});

test('The details of a request hold the next one', async () => {
  await create();
  await search(page, 'op:image-v2.createImage');
  await page.locator('.request-row[role=option]').first().click();
  await page.getByRole('button', { name: 'Hold the next one', exact: true }).click();
  await until(() => assert.equal(app.cloud.faults.list().length, 1));
  const response = create();
  await button('Let go').click();
  assert.equal((await response).status, 201);
});

test('Held requests of all worlds are shown, and those of a world in its own console', async () => {
  app.cloud.worlds.create({ name: 'other' });
  app.cloud.worlds.get('other').faults.arm({ match: { operation: 'image-v2.listVersions' }, fault: { hold: true } });
  const response = fetch(`${app.cloud.url}/w/other/image/`);
  await bar().getByText('other, goes on in').waitFor();
  const own = await app.open('', { path: '/w/other/__admin/' });
  await own.getByRole('button', { name: 'Let go', exact: true }).click();
  assert.equal((await response).status, 300);
  await own.context().close();
  app.cloud.worlds.drop('other');
});

test('Held requests are accessible and readable everywhere', async () => {
  const { response } = await holding();
  await assertGoodEverywhere(app, '', async (shown) => {
    await shown.getByRole('button', { name: 'Answer…' }).click();
    await shown.getByRole('button', { name: 'Answer', exact: true }).waitFor();
  });
  await assertGoodEverywhere(app, '', (shown) => shown.getByRole('button', { name: 'Let go', exact: true }).waitFor());
  app.cloud.held.continue('held-1');
  await response;
});
