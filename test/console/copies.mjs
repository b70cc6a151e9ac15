/** What the page copies works when it is pasted: the command, the scenario and both tests run as they stand. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { admin, command, copied, launch, logIn, openPage, search, sendTraffic, serve } from './support/browser.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMAND = join(ROOT, 'dist/bin/sideglance.js');
/** Requests with a response of a rule, an error by the state, and without a response. */
const QUERIES = ['op:image-v2.createImage status:503', 'method:POST status:400', 'op:image-v2.deleteImage status:0'];

let browser;
let server;
let folder;
let page;
before(async () => {
  browser = await launch();
  server = await serve();
  await sendTraffic(server);
  // Inside the project, so that tests find its package.
  folder = mkdtempSync(join(ROOT, 'test/console/copied-'));
  page = await openPage(browser, `${server.admin}/`);
  await page.waitForSelector('[role=option]');
});
after(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a button copies for the first request that a search finds. */
async function copyOf(query, button) {
  await search(page, query);
  await page.locator('.request-row[role=option]').first().click();
  await page.waitForSelector('.detail');
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.getByRole('button', { name: `Copy as ${button}` }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== '');
  return copied(page);
}

/** Logs in, and sends the request of the copied tests with the tools of their languages. */
const LOG_IN = `{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"demo","domain":{"id":"default"},"password":"secret"}}},"scope":{"project":{"name":"demo","domain":{"id":"default"}}}}}`;
const IMAGE = '00000000-0000-4000-8000-00000000abcd';

const JS_CLIENT = (method, path) => `
  const root = world.settings().openstack.OS_AUTH_URL.replace('/identity/v3', '');
  const login = await fetch(root + '/identity/v3/auth/tokens', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: ${JSON.stringify(LOG_IN)} });
  const headers = { 'X-Auth-Token': login.headers.get('X-Subject-Token'), 'Content-Type': 'application/json' };
  const body = '${method}' === 'POST' ? '{"name":"mine"}' : undefined;
  await fetch(root + '${path}', { method: '${method}', headers, body }).catch(() => undefined);
`;
const PYTHON_CLIENT = (method, path) => `
    import urllib.request
    root = sideglance_world.settings["openstack"]["OS_AUTH_URL"].replace("/identity/v3", "")
    json = {"Content-Type": "application/json"}
    login = urllib.request.urlopen(urllib.request.Request(root + "/identity/v3/auth/tokens", b'${LOG_IN}', json))
    headers = {"X-Auth-Token": login.headers["X-Subject-Token"], **json}
    data = b'{"name":"mine"}' if "${method}" == "POST" else None
    try:
        urllib.request.urlopen(urllib.request.Request(root + "${path}", data, headers, method="${method}"))
    except OSError:
        pass
`;

/** Method and path of a request that the rule of a query hits. */
const requestOf = (query) =>
  query.includes('delete') ? ['DELETE', `/image/v2/images/${IMAGE}`] : ['POST', '/image/v2/images'];

test('the curl command sends the same request, with a token of its own', async () => {
  const text = await copyOf('method:POST status:400', 'curl');
  const send = await logIn(server.url);
  assert.equal((await send('GET', '/image/v2/images')).status, 200);
  const login = await fetch(`${server.url}/identity/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: LOG_IN,
  });
  const env = { ...process.env, TOKEN: login.headers.get('X-Subject-Token') };
  const output = execFileSync('sh', ['-c', text], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  assert.match(output, /^HTTP\/1\.1 400 /);
  const { requests } = await admin(server, 'GET', '/requests?operation=image-v2.createImage&limit=1000');
  const [one, other] = requests.filter(({ status }) => status === 400).slice(-2);
  assert.equal(other.request.body.text, one.request.body.text);
});

for (const query of QUERIES) {
  test(`the scenario causes the response again: ${query}`, async () => {
    const file = join(folder, 'copied.yaml');
    const text = await copyOf(query, 'scenario');
    writeFileSync(file, text);
    command('validate', '--scenarios', file);
    const other = await serve('--scenarios', file);
    const name = /^scenario: (.*)$/m.exec(text)[1];
    await admin(other, 'POST', `/scenarios/${name}/enable`, {});
    const [method, path] = requestOf(query);
    const send = await logIn(other.url);
    const { status } = await send(method, path, method === 'POST' ? { name: 'mine' } : undefined);
    const wanted = /status:(\d+)/.exec(query)[1];
    assert.equal(String(status), wanted);
    await other.stop();
  });

  test(`the test for Jest passes with a client that sends the request, and fails without: ${query}`, async () => {
    const text = await copyOf(query, 'Jest');
    const place = '// Run your client against';
    assert.ok(text.includes(place), text);
    writeFileSync(
      join(folder, 'jest.config.json'),
      '{"transform":{},"testEnvironment":"node","testMatch":["**/*.copied.mjs"]}',
    );
    const run = (content) => {
      writeFileSync(join(folder, 'one.copied.mjs'), content);
      const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
      const flags = ['--experimental-vm-modules', '--no-warnings', jest, '--config', join(folder, 'jest.config.json')];
      return spawnSync(process.execPath, flags, { encoding: 'utf8', cwd: folder });
    };
    const passed = run(text.replace(place, `${JS_CLIENT(...requestOf(query))}\n  ${place}`));
    assert.equal(passed.status, 0, passed.stderr);
    assert.equal(run(text).status, 1);
  });

  test(`the test for pytest passes with a client that sends the request, and fails without: ${query}`, async () => {
    const text = await copyOf(query, 'pytest');
    const place = '    # Run your client';
    assert.ok(text.includes(place), text);
    const run = (content) => {
      const file = join(folder, 'test_copied.py');
      writeFileSync(file, content);
      return spawnSync('/usr/bin/python3', ['-m', 'pytest', '-q', '-p', 'pytest_sideglance.plugin', file], {
        encoding: 'utf8',
        cwd: folder,
        env: {
          ...process.env,
          PYTHONPATH: join(ROOT, 'clients/python'),
          SIDEGLANCE_COMMAND: `${process.execPath} ${COMMAND}`,
        },
      });
    };
    const passed = run(text.replace(place, `${PYTHON_CLIENT(...requestOf(query))}\n${place}`));
    assert.equal(passed.status, 0, passed.stdout + passed.stderr);
    assert.equal(run(text).status, 1);
  });
}
