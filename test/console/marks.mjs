/** Marks on the timeline: tokens, moves of the clock, changes of images, and findings about clients. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { command, logIn, openPage } from './support/browser.mjs';
import { assertGoodEverywhere, startConsole, until } from './support/console.mjs';

let app;
before(async () => {
  app = await startConsole();
  const send = await logIn(app.cloud.url);
  const { body } = await send('POST', '/image/v2/images', { name: 'a', disk_format: 'raw', container_format: 'bare' });
  app.cloud.faults.arm({
    match: { operation: 'image-v2.showImage' },
    undocumented: true,
    fault: { answer: 503, retryAfter: 30 },
  });
  await send('GET', `/image/v2/images/${body.id}`);
  await send('GET', `/image/v2/images/${body.id}`);
  app.cloud.clock.advance('25h');
  assert.equal((await send('GET', `/image/v2/images/${body.id}`)).status, 401);
});
after(() => app.close());

/** Everything that the tooltip says along the whole timeline. */
async function said(page) {
  const box = await page.locator('.timeline canvas').boundingBox();
  const texts = new Set();
  for (let x = box.x + 180; x < box.x + box.width; x += 5) {
    await page.mouse.move(x, box.y + 24);
    for (const text of await page.locator('.tooltip > .quiet').allTextContents()) texts.add(text);
  }
  return [...texts].join('\n');
}

test('Tokens are marked where they were issued and expired, and where a request was rejected', async () => {
  const page = await app.open();
  await until(async () =>
    assert.match(await said(page), /401 to request \d+: with the token of request 1, which had expired/),
  );
  const text = await said(page);
  assert.match(text, /token issued by request 1, valid until \d\d:\d\d:\d\d\.\d+ by the world's clock/);
  assert.match(text, /the token of request 1 expired/);
  assert.match(text, /setClock \{"advance":"25h"\}/);
  assert.match(text, /a: queued/);
});

test('Findings about clients are marked when somebody wants to see them', async () => {
  const page = await app.open();
  await page.waitForSelector('.request-row[role=option]');
  assert.doesNotMatch(await said(page), /no-login/);
  await page.getByRole('button', { name: 'Mark findings' }).click();
  await until(async () => assert.match(await said(page), /error no-login-after-401: /));
});

test('A recording shows tokens and findings at once', async () => {
  const file = join(tmpdir(), `sideglance-marks-${process.pid}.json`);
  const report = `${file}.html`;
  writeFileSync(file, JSON.stringify(app.cloud.recording()));
  command('report', file, '-o', report);
  const page = await openPage(app.browser, `file://${report}`);
  await page.waitForSelector('.request-row[role=option]');
  assert.equal(await page.getByRole('button', { name: 'Mark findings' }).getAttribute('aria-pressed'), 'true');
  await until(async () => {
    const text = await said(page);
    assert.match(text, /which had expired/);
    assert.match(text, /error no-login-after-401: /);
  });
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test('The timeline with marks is accessible everywhere', () =>
  assertGoodEverywhere(app, '', async (page) => {
    await page.getByRole('button', { name: 'Mark findings' }).click();
    await page.locator('.request-row[role=option]').first().waitFor();
  }));
