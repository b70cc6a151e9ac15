import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FIXTURES = `
projects: [{ name: demo }]
users: [{ name: demo, password: secret, project: demo, roles: { demo: [member] } }]
images:
  - { name: one, owner: demo, visibility: shared, diskFormat: qcow2, tags: [a], properties: { b: c }, data: text }
`;

const SCENARIOS = `
scenario: warm-up
description: The first deletion fails.
enabled: true
rules:
  - { match: { operation: image-v2.deleteImage }, calls: { to: 1 }, fault: { answer: 503 }, undocumented: true }
`;

/**
 * Runs the server for some usual requests, so that the compiled form of what they use is stored in the build, for this
 * version of Node.
 * @param command - path of `sideglance.js`.
 */
export async function warmUp(command) {
  const folder = mkdtempSync(join(tmpdir(), 'sideglance-warm-up-'));
  const [fixtures, scenarios] = [join(folder, 'fixtures.yaml'), join(folder, 'scenarios.yaml')];
  writeFileSync(fixtures, FIXTURES);
  writeFileSync(scenarios, SCENARIOS);
  try {
    await serve([command, 'serve', '--port', '0', '--fixtures', fixtures, '--scenarios', scenarios]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function serve(args) {
  // Its messages are shown only if it fails: on a terminal, it would report the progress of loading.
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const ended = once(child, 'exit');
  try {
    const [line] = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), ended]);
    const url = /http:\S+/.exec(line)?.[0];
    if (url === undefined) process.stderr.write(errors);
    else await sendUsualRequests(url);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function sendUsualRequests(url) {
  const send = (method, path, { headers = {}, body } = {}) =>
    fetch(url + path, {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const domain = { name: 'Default' };
  const identity = { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } };
  const login = await send('POST', '/identity/v3/auth/tokens', {
    body: { auth: { identity, scope: { project: { name: 'demo', domain } } } },
  });
  const headers = { 'X-Auth-Token': login.headers.get('x-subject-token') };
  await login.text();
  const images = '/image/v2/images';
  const created = await send('POST', images, {
    headers,
    body: { name: 'new', disk_format: 'raw', container_format: 'bare' },
  });
  const { id } = await created.json();
  for (const [method, path] of [
    ['GET', images],
    ['GET', `${images}/${id}`],
    ['DELETE', `${images}/${id}`],
    ['DELETE', `${images}/${id}`],
  ]) {
    const response = await send(method, path, { headers });
    await response.text();
  }
  // The compiled form is stored only by processes that have run for a second.
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
