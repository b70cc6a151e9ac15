import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertGoodEverywhere, startConsole, until } from '../support/console.mjs';

let app;
before(async () => {
  app = await startConsole();
});
after(() => app.close());

const admin = async (path) => (await fetch(`${app.cloud.url}/__admin${path}`)).json();

test('finds a scenario by text, theme, status and operation, and enables it for a number of requests', async () => {
  const page = await app.open('scenarios');
  await page.getByLabel('Theme').selectOption('over-limit');
  await page.getByLabel('Status').selectOption('413');
  await page.getByLabel('Operation').fill('compute-v2.1.showImage');
  await page.getByLabel('Operation').press('Enter');
  await page.getByRole('searchbox', { name: 'Search scenarios' }).fill('over limit');
  const first = page.locator('.library-row').first();
  const name = await first.locator('.library-name').textContent();
  await first.click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
  await page.getByLabel('For requests').fill('3');
  await page.getByRole('button', { name: 'Enable', exact: true }).click();
  await until(async () => {
    const { enabled, callsLeft } = await admin(`/scenarios/${name}`);
    assert.deepEqual({ enabled, callsLeft }, { enabled: true, callsLeft: 3 });
  });
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await until(async () => assert.equal((await admin(`/scenarios/${name}`)).enabled, false));
});

test('shows hits as requests arrive, and the rules that have not fired', async () => {
  app.cloud.scenarios.enable('identity.listVersions.300');
  const page = await app.open('scenarios');
  await page.getByRole('heading', { name: 'Armed, and never fired' }).waitFor();
  await page.getByRole('listitem').filter({ hasText: 'identity.listVersions.300' }).first().waitFor();
  await fetch(`${app.cloud.url}/identity/`);
  await page.getByText('1 hit', { exact: true }).waitFor();
  app.cloud.scenarios.disable('identity.listVersions.300');
});

test('sets the state of a state machine', async () => {
  const page = await app.open('scenarios/up-and-down');
  await page.getByRole('button', { name: 'Enable', exact: true }).click();
  await page.getByRole('button', { name: 'down', exact: true }).click();
  await until(async () => assert.equal((await admin('/scenarios/up-and-down')).states.now, 'down'));
  app.cloud.scenarios.disable('up-and-down');
});

test('arms a one-off fault with a documented status of its operation, and disarms it', async () => {
  const page = await app.open('scenarios/fault/');
  await page.getByLabel('Operation', { exact: true }).last().selectOption('image-v2.deleteImage');
  const offered = await page.locator('#fault-status option').allInnerTexts();
  const contract = (await admin('/contracts')).find(
    ({ dialect, operation }) => dialect === 'image-v2' && operation === 'deleteImage',
  );
  assert.deepEqual(offered.map(Number), contract.statuses);
  await page.locator('#fault-status').selectOption('403');
  await page.getByLabel('Effect').selectOption('after');
  await page.getByRole('button', { name: 'Arm', exact: true }).click();
  await until(async () => assert.deepEqual((await admin('/faults')).faults[0]?.operations, ['image-v2.deleteImage']));
  await page.getByRole('button', { name: 'Disarm', exact: true }).click();
  await until(async () => assert.deepEqual((await admin('/faults')).faults, []));
});

test('every fault of the form is accepted', async () => {
  const page = await app.open('scenarios/fault/');
  for (const kind of await page.locator('#fault-kind option').evaluateAll((all) => all.map(({ value }) => value))) {
    await page.locator('#fault-kind').selectOption(kind);
    const rule = await page.locator('pre').last().textContent();
    const response = await fetch(`${app.cloud.url}/__admin/faults`, {
      method: 'POST',
      body: rule,
      headers: { 'Content-Type': 'application/json' },
    });
    assert.equal(response.status, 201, `${kind}: ${await response.text()}`);
  }
  app.cloud.faults.clear();
});

test('completes and checks a scenario while it is written, and saves it', async () => {
  const page = await app.open('scenarios/write/');
  const text = page.getByRole('textbox', { name: 'Scenario in JSON' });
  await page.getByText('valid', { exact: true }).waitFor();
  await text.fill('{"rules":[{"match":{"operation":"image-v2.shwImage"},"fault":{"answer":404}}]}');
  await page.getByText('/rules/0/match/operation').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled(), true);
  await text.fill('');
  await text.pressSequentially('{"rul');
  await text.press('Enter');
  await text.pressSequentially('{"mat');
  await text.press('Tab');
  await text.pressSequentially('"oper');
  await text.press('Tab');
  await text.pressSequentially('"deleteIm');
  await page.getByRole('option').filter({ hasText: 'image-v2.deleteImage' }).first().click();
  await until(async () =>
    assert.equal(await text.inputValue(), '{"rules": [{"match": {"operation": "image-v2.deleteImage"}]'),
  );
  await text.fill('{"rules": [{"match": {"operation": "image-v2.deleteImage"}, "fault": {"answer": 403}}]}');
  await page.getByLabel('Name').fill('written');
  await page.getByRole('button', { name: 'Save and enable', exact: true }).click();
  await until(async () => assert.equal((await admin('/scenarios/written')).enabled, true));
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await until(async () => assert.ok('error' in (await admin('/scenarios/written'))));
});

for (const place of ['', 'fault/', 'write/', 'up-and-down']) {
  test(`is accessible and fits the window: ${place}`, () =>
    assertGoodEverywhere(app, `scenarios/${place}`, (page) => page.locator('.scenario-main .view').waitFor()));
}
