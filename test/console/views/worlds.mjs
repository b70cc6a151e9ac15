import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertGoodEverywhere, startConsole, until } from '../support/console.mjs';

let app;
before(async () => {
  app = await startConsole();
});
after(() => app.close());

const admin = async (path, world = 'default') => {
  const root = world === 'default' ? app.cloud.url : `${app.cloud.url}/w/${world}`;
  return (await fetch(`${root}/__admin${path}`)).json();
};
const worldNames = async () => (await admin('/worlds')).worlds.map(({ name }) => name);

test('creates, forks, resets and drops worlds', async () => {
  const page = await app.open('worlds');
  await page.getByLabel('New world').getByLabel('Name').fill('w1');
  await page.getByLabel('New world').getByLabel('Name').press('Enter');
  await page.getByRole('heading', { name: 'w1', exact: true }).waitFor();
  assert.ok((await worldNames()).includes('w1'));
  const image = app.cloud.worlds.get('w1').images.place({ name: 'mine' });
  await page.getByRole('button', { name: 'Fork', exact: true }).click();
  await until(async () => assert.equal((await worldNames()).length, 3));
  const forked = (await worldNames()).find((name) => name !== 'w1' && name !== 'default');
  await page.getByRole('heading', { name: forked, exact: true }).waitFor();
  assert.equal((await admin(`/images/${image.id}`, forked)).name, 'mine');
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await until(async () => assert.equal((await admin('/images?name=mine', forked)).images.length, 1));
  await page.getByRole('button', { name: 'Drop', exact: true }).click();
  await until(async () => assert.deepEqual((await worldNames()).sort(), ['default', 'w1']));
  await page.locator('.side-list').getByText('w1').click();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await until(async () => assert.equal((await admin('/images?name=mine', 'w1')).images.length, 0));
  await page.getByRole('button', { name: 'Drop', exact: true }).click();
  await until(async () => assert.deepEqual(await worldNames(), ['default']));
  await until(async () => assert.equal(await page.locator('.side-list a').count(), 1));
});

test('takes, restores, forks and drops snapshots', async () => {
  app.cloud.worlds.create({ name: 'w2' });
  const page = await app.open('worlds/w2/snapshots');
  await page.getByLabel('New snapshot').getByLabel('Name').fill('s1');
  await page.getByRole('button', { name: 'Take a snapshot' }).click();
  await page.getByText('s1', { exact: true }).waitFor();
  app.cloud.worlds.get('w2').images.place({ name: 'late' });
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await until(async () => assert.equal((await admin('/images?name=late', 'w2')).images.length, 0));
  const panel = page.getByRole('tabpanel');
  await panel.getByRole('button', { name: 'Drop', exact: true }).click();
  await until(async () => assert.deepEqual((await admin('/snapshots', 'w2')).snapshots, []));
  app.cloud.worlds.drop('w2');
});

test('shows images, also those that are created meanwhile, and changes them', async () => {
  const page = await app.open('worlds/default/images');
  const panel = page.getByRole('tabpanel');
  await panel.getByRole('button', { name: 'Place an image' }).click();
  await panel.getByLabel('New name').fill('placed');
  await panel.getByLabel('Size').fill('3MiB');
  await panel.getByRole('button', { name: 'Place', exact: true }).click();
  await panel.getByRole('searchbox', { name: 'Name' }).fill('placed');
  await panel.getByRole('button', { name: 'placed', exact: true }).click();
  const [{ id }] = (await admin('/images?name=placed')).images;
  const image = page.getByRole('region', { name: 'Image placed' });
  await image.getByRole('combobox', { name: 'Status' }).selectOption('deactivated');
  await image.getByRole('button', { name: 'Change', exact: true }).click();
  await until(async () => assert.equal((await admin(`/images/${id}`)).status, 'deactivated'));
  await image.getByRole('button', { name: 'Digests', exact: true }).click();
  await image.getByText('sha256').waitFor();
  await image.getByRole('button', { name: 'Show the data' }).click();
  await image.getByText(/^3\.0 MiB, detected format/).waitFor();
  assert.match(await image.locator('pre').textContent(), /^000000 {2}([0-9a-f]{2} ){15}/);
  await image.getByRole('button', { name: 'Next', exact: true }).click();
  await image.getByText('000200  ').waitFor();
  await image.getByRole('button', { name: 'Back', exact: true }).click();
  await image.getByText('000000  ').waitFor();
  await image.getByRole('button', { name: 'Copy readImageData as curl' }).click();
  await image.getByRole('button', { name: 'Protect', exact: true }).click();
  await image.getByRole('button', { name: 'Unprotect', exact: true }).waitFor();
  await image.getByRole('button', { name: 'Remove', exact: true }).click();
  await until(async () => assert.deepEqual((await admin('/images?name=placed')).images, []));
  await panel.getByText('No image of this world matches.').waitFor();
  app.cloud.images.place({ name: 'placed' });
  await panel.getByRole('button', { name: 'placed', exact: true }).waitFor();
});

test('freezes and moves the clock', async () => {
  app.cloud.worlds.create({ name: 'w3' });
  const page = await app.open('worlds/w3/clock');
  await page.getByRole('button', { name: 'Freeze', exact: true }).click();
  await page.getByText('frozen', { exact: true }).waitFor();
  const start = Date.parse((await admin('/clock', 'w3')).now);
  await page.getByRole('button', { name: '+1 h', exact: true }).click();
  await until(async () => assert.equal(Date.parse((await admin('/clock', 'w3')).now), start + 3_600_000));
  await page.getByLabel('To', { exact: true }).fill('2027-01-01T00:00:00Z');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await until(async () => assert.equal((await admin('/clock', 'w3')).now, '2027-01-01T00:00:00.000Z'));
  await page.getByText('2027-01-01 00:00:00').waitFor();
  await page.getByRole('button', { name: 'Let it run', exact: true }).click();
  await until(async () => assert.equal((await admin('/clock', 'w3')).frozen, false));
  app.cloud.worlds.drop('w3');
});

test('advances tasks by hand', async () => {
  const world = app.cloud.worlds.create({ name: 'w4' });
  const page = await app.open('worlds/w4/tasks');
  await page.getByRole('button', { name: 'Let new tasks wait', exact: true }).click();
  await until(async () => assert.equal((await admin('/configuration', 'w4')).progress['*']?.by, 'hand'));
  await startImport(world);
  await page.getByRole('button', { name: 'Advance', exact: true }).first().click();
  await until(async () => assert.notEqual((await admin('/tasks', 'w4')).tasks[0].percent, 0));
  await page.getByRole('button', { name: 'Fail', exact: true }).first().click();
  await until(async () => assert.equal((await admin('/tasks', 'w4')).tasks[0].status, 'failure'));
  await page.getByText('failure', { exact: true }).first().waitFor();
  app.cloud.worlds.drop('w4');
});

async function startImport(world) {
  const { OS_AUTH_URL, OS_USERNAME: name, OS_PASSWORD: password } = world.settings().openstack;
  const domain = { id: 'default' };
  const login = await fetch(`${OS_AUTH_URL}/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      auth: {
        identity: { methods: ['password'], password: { user: { name, domain, password } } },
        scope: { project: { name: 'demo', domain } },
      },
    }),
  });
  const headers = { 'X-Auth-Token': login.headers.get('X-Subject-Token'), 'Content-Type': 'application/json' };
  const images = `${world.url}/image/v2/images`;
  const image = await fetch(images, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name: 'imported', container_format: 'bare', disk_format: 'raw' }),
  });
  const { id } = await image.json();
  const response = await fetch(`${images}/${id}/import`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ method: { name: 'web-download', uri: 'http://download.cirros-cloud.net/image.img' } }),
  });
  assert.equal(response.status, 202);
}

test('copies client settings of any user', async () => {
  const page = await app.open('worlds/default/settings');
  await page.getByRole('button', { name: 'Copy the settings: Shell, OpenStack clients' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^export OS_AUTH_URL=http:\/\/127\.0\.0\.1:\d+\/identity\/v3$/m);
  await page.getByLabel('User', { exact: true }).fill('nobody');
  await page.getByLabel('User', { exact: true }).press('Enter');
  await page.getByText('User "nobody" does not exist').waitFor();
});

test('shows the curl of an action before it is done', async () => {
  const page = await app.open('worlds/default/clock');
  const button = page.getByRole('button', { name: 'Copy setClock as curl' }).first();
  await button.click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, `curl -sS -X PUT ${app.cloud.url}/__admin/clock --json '{"freeze":true}'`);
});

for (const tab of ['images', 'tasks', 'snapshots', 'clock', 'settings']) {
  test(`is accessible and fits the window: ${tab}`, () =>
    assertGoodEverywhere(app, `worlds/default/${tab}`, (page) => page.getByRole('tabpanel').waitFor()));
}
