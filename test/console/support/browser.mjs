/** Chromium, the server and what tests of the console share. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const COMMAND = `${ROOT}dist/bin/sideglance.js`;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts Debian's Chromium. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });

/** Starts a server. `url` is the address of all APIs, `admin` that of the admin API. */
export async function serve(...flags) {
  const child = spawn(process.execPath, [COMMAND, 'serve', '--port', '0', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  while (!/Documentation/.test(output)) await once(child.stdout, 'data');
  const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
  const port = /admin API on port (\d+)/.exec(output)?.[1];
  const admin = port === undefined ? url : `http://127.0.0.1:${port}`;
  return { url, admin: `${admin}/__admin`, output: () => output, stop: () => stop(child) };
}

async function stop(child) {
  const closed = once(child, 'close');
  child.kill();
  await closed;
}

/** Runs a command of the command line, and returns its output. */
export const command = (...args) => execFileSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8' });

/** Sends a request to the admin API. */
export async function admin(server, method, path, body) {
  const response = await fetch(server.admin + path, {
    method,
    ...(body !== undefined && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return response.status === 204 ? undefined : response.json();
}

/** A client that has logged in: `send(method, path, body)` returns status and body. */
export async function logIn(root, userAgent = 'gophercloud/1.0') {
  const domain = { id: 'default' };
  const identity = { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } };
  const auth = { identity, scope: { project: { name: 'demo', domain } } };
  const common = { 'User-Agent': userAgent, 'Content-Type': 'application/json' };
  const init = { method: 'POST', headers: common, body: JSON.stringify({ auth }) };
  const login = await fetch(`${root}/identity/v3/auth/tokens`, init);
  const headers = { ...common, 'X-Auth-Token': login.headers.get('X-Subject-Token') };
  return async (method, path, body) => {
    const options = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(root + path, options).catch(() => undefined);
    if (response === undefined) return { status: 0 };
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
}

/** Lets a client meet what the views have to show: faults, a retry that is too early, violations, an unknown path, a lost response. */
export async function sendTraffic(server, root = server.url, prefix = '') {
  const send = await logIn(root);
  const arm = (rule) =>
    fetch(`${server.admin.replace('/__admin', prefix)}/__admin/faults`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(rule),
    });
  const image = { name: 'mine', disk_format: 'raw', container_format: 'bare' };
  const create = { match: { operation: 'image-v2.createImage' }, undocumented: true };
  await arm({ ...create, phase: 'after', fault: { answer: 503, retryAfter: 1 } });
  await send('POST', '/image/v2/images', image);
  const { body } = await send('POST', '/image/v2/images', image);
  await send('GET', `/image/v2/images/${body.id}`);
  await send('GET', '/image/v2/imagesss');
  await send('POST', '/image/v2/images', { name: 5 });
  for (let limit = 1; limit <= 20; limit += 1) await send('GET', `/image/v2/images?limit=${limit}`);
  await arm({ match: { operation: 'image-v2.deleteImage' }, fault: { cut: 'reset' } });
  for (let attempt = 1; attempt <= 3; attempt += 1) await send('DELETE', `/image/v2/images/${body.id}`);
  return { image: body.id, send };
}

/** Opens a page that reports every error and every violation of its policy. */
export async function openPage(browser, url, { timeout = 10_000, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined);
  const page = await context.newPage();
  page.setDefaultTimeout(timeout);
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('console', (message) => {
    // A status that the page handles, such as 401, is no problem of the page.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) page.problems.push(message.text());
  });
  if (url !== undefined) await page.goto(url);
  return page;
}

/** The number of requests that the page says it shows. */
export const shownCount = async (page) =>
  Number((await page.locator('.summary-count').textContent()).replaceAll(',', '').split(' ')[0]);

/** Waits until the page shows so many requests. */
export const waitForCount = (page, count) =>
  page.waitForFunction(
    (wanted) => document.querySelector('.summary-count')?.textContent.replaceAll(',', '').startsWith(`${wanted} `),
    count,
  );

/** Searches, and waits until the list shows what was found. */
export async function search(page, query) {
  await page.fill('[data-search]', query);
  await page.locator('[data-search]').blur();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.waitForSelector('.summary-count:not(.is-busy)');
}

/** The text that the page has copied. */
export const copied = (page) => page.evaluate(() => navigator.clipboard.readText());

/** Returns what axe finds, one line for each problem. Its script runs through the debugger, which the policy does not restrict. */
export async function accessibilityProblems(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
    );
  });
}
