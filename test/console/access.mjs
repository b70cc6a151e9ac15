/** Who may use the console, and what the policy of the page forbids. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  accessibilityProblems,
  admin,
  launch,
  logIn,
  openPage,
  sendTraffic,
  serve,
  shownCount,
  waitForCount,
} from './support/browser.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

test('asks for the admin token, keeps it for the tab, and never puts it into the address', async () => {
  const server = await serve('--admin-token', 'mine');
  await logIn(server.url);
  const page = await openPage(browser, `${server.admin}/`);
  const addresses = [];
  page.on('request', (request) => addresses.push(request.url()));
  await page.getByText('This server requires a token').waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.fill('input[type=password]', 'other');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('The server does not accept this token.').waitFor();
  await page.fill('input[type=password]', 'mine');
  await page.getByRole('button', { name: 'Continue' }).click();
  await waitForCount(page, 1);
  await page.reload();
  await waitForCount(page, 1);
  assert.ok(addresses.every((address) => !address.includes('mine')));
  assert.ok(!page.url().includes('mine'));
  await server.stop();
});

test('works on the port of --admin-port, and on the page of a world', async () => {
  const server = await serve('--admin-port', '0');
  assert.notEqual(server.admin, `${server.url}/__admin`);
  assert.equal((await fetch(`${server.url}/__admin/`, { headers: { Accept: 'text/html' } })).status, 404);
  await admin(server, 'POST', '/worlds', { name: 't17' });
  await logIn(server.url);
  await logIn(`${server.url}/w/t17`);
  const all = await openPage(browser, `${server.admin}/`);
  await waitForCount(all, 2);
  const one = await openPage(browser, server.admin.replace('/__admin', '/w/t17/__admin/'));
  await waitForCount(one, 1);
  await one.getByText('world t17').waitFor();
  await server.stop();
  await one.getByText('connection lost').waitFor();
});

describe('the policy of the page', () => {
  let server;
  let page;
  before(async () => {
    server = await serve();
    await sendTraffic(server);
    page = await openPage(browser, `${server.admin}/`);
    await page.evaluate(() => {
      window.violations = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        window.violations.push(effectiveDirective),
      );
    });
    await page.waitForSelector('[role=option]');
  });
  after(() => server.stop());

  test('is not broken by the page itself', async () => {
    await page.locator('[role=option]').first().click();
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
    assert.ok((await shownCount(page)) > 0);
    assert.deepEqual(await page.evaluate(() => window.violations), []);
    assert.deepEqual(page.problems, []);
  });

  const FORBIDDEN = [
    [
      'inline scripts',
      'script-src-elem',
      () => {
        const script = document.createElement('script');
        script.textContent = 'window.hasRun = true';
        document.body.append(script);
      },
    ],
    [
      'event handlers in HTML',
      'script-src-attr',
      () => {
        document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.hasRun = true">');
      },
    ],
    [
      'requests to other servers',
      'connect-src',
      () => {
        fetch('http://127.0.0.1:9/').catch(() => undefined);
      },
    ],
    [
      'images from other servers',
      'img-src',
      () => {
        document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1:9/a.png' }));
      },
    ],
    [
      'frames',
      'frame-src',
      () => {
        document.body.append(Object.assign(document.createElement('iframe'), { src: 'http://127.0.0.1:9/' }));
      },
    ],
    [
      'styles from elsewhere',
      'style-src-elem',
      () => {
        document.head.append(Object.assign(document.createElement('style'), { textContent: 'body { display: none }' }));
      },
    ],
  ];
  for (const [what, directive, run] of FORBIDDEN) {
    test(`forbids ${what}`, async () => {
      await page.evaluate(run);
      await page.waitForFunction((wanted) => window.violations.includes(wanted), directive);
      assert.equal(await page.evaluate(() => window.hasRun), undefined);
    });
  }
});

test('shows a URL with HTML in it as text', async () => {
  const server = await serve();
  await fetch(`${server.url}/image/v2/<img src=x onerror=alert(1)>`).catch(() => undefined);
  const page = await openPage(browser, `${server.admin}/`);
  await page.getByText('onerror=alert(1)').first().waitFor();
  assert.equal(await page.locator('img').count(), 0);
  assert.deepEqual(page.problems, []);
  await server.stop();
});
