import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { run, serve, serveProcess } from '../support/cli.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';

const statusOf = async (url: string, init?: RequestInit): Promise<number> => (await fetch(url, init)).status;

describe('serve', () => {
  test('picks a free port, prints it, and serves the default fixtures', async () => {
    const { url, port } = await serve();
    expect(port).toBeGreaterThan(0);
    const token = await login(url);
    const response = await fetch(`${url}/image/v2/images?name=cirros-0.6.2-x86_64-disk`, {
      headers: { 'X-Auth-Token': token },
    });
    const body = (await response.json()) as { images: { visibility: string }[] };
    expect(body.images).toMatchObject([{ visibility: 'public' }]);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('exits with 0 on %s', async (signal) => {
    const { child, finished, url } = await serveProcess();
    // A keep-alive connection must not keep the process running.
    await statusOf(`${url}/__admin/health`);
    child.kill(signal);
    expect(await finished).toMatchObject({ code: 0, signal: null, stderr: '' });
  });

  test('writes its address to the file of --ready-file, and removes the file when it stops', async () => {
    const file = filesOf({})('ready');
    expect(await run(['wait', '--ready-file', file, '--timeout', '0'])).toMatchObject({
      code: 1,
      stderr: `sideglance: ${file} was not ready within 0 seconds\n`,
    });
    const { child, finished, port } = await serveProcess(['--tls', '--ready-file', file]);
    const stdout = `https://127.0.0.1:${port} is ready\n`;
    expect(await run(['wait', '--ready-file', file])).toMatchObject({ code: 0, stdout });
    child.kill('SIGTERM');
    expect(await finished).toMatchObject({ code: 0 });
    expect(existsSync(file)).toBe(false);
  });

  test('exits with 2 when the file of --ready-file cannot be written, and serves nothing', async () => {
    const file = filesOf({})('missing/ready');
    const { code, stderr, stdout } = await run(['--port', '0', '--ready-file', file]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`--ready-file: cannot write ${file}: ENOENT`);
  });

  test('exits with 1 when the port is in use, and names it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stderr, stdout } = await run(['--port', String(port)]);
    other.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`port ${port} on 127.0.0.1 is in use`);
  });

  test('exits with 1 when the port of a single API is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await run(['--port', '0', '--listen', `identity=${port}`]);
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`port ${port} `);
  });

  test('serves single APIs at the root of their own ports, which the catalog lists', async () => {
    const { output } = await serve(['--listen', 'image-v2=0,identity=0']);
    const [, image] = /image-v2 listens on (\S+)/.exec(output()) ?? [];
    const [, identity] = /identity listens on (\S+)/.exec(output()) ?? [];
    expect(await statusOf(`${image}/v2/images`)).toBe(401);
    const response = await fetch(`${identity}/v3/auth/tokens`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        auth: {
          identity: {
            methods: ['password'],
            password: { user: { name: 'demo', domain: { id: 'default' }, password: 'secret' } },
          },
          scope: { project: { name: 'demo', domain: { id: 'default' } } },
        },
      }),
    });
    expect(response.status).toBe(201);
    const { token } = (await response.json()) as {
      token: { catalog: { type: string; endpoints: { url: string; interface: string }[] }[] };
    };
    const url = token.catalog
      .find(({ type }) => type === 'image')
      ?.endpoints.find((endpoint) => endpoint.interface === 'public')?.url;
    const headers = { 'X-Auth-Token': response.headers.get('x-subject-token') as string };
    expect(await statusOf(`${url}/v2/images`, { headers })).toBe(200);
    expect(await statusOf(`${image}/v2/images`, { headers })).toBe(200);
  });

  test('reads fixtures, scenarios, seed and clock from files, flags and variables', async () => {
    const path = filesOf({
      'cloud.yaml': 'images: [{ name: mine, visibility: public }]\n',
      'gone.yaml':
        'scenario: gone\ndescription: Nothing is found.\nenabled: true\nrules:\n  - match: { operation: image-v2.showImage }\n    fault: { answer: 404 }\n',
    });
    const { url } = await serve(['--scenarios', path('gone.yaml'), '--clock', '2020-02-03T04:05:06Z'], {
      env: { SIDEGLANCE_FIXTURES: path('cloud.yaml'), SIDEGLANCE_SEED: 'other' },
    });
    const token = await login(url);
    const headers = { 'X-Auth-Token': token };
    const list = await fetch(`${url}/image/v2/images`, { headers });
    expect(list.headers.get('date')).toBe('Mon, 03 Feb 2020 04:05:06 GMT');
    const { images } = (await list.json()) as { images: { name: string; id: string }[] };
    expect(images.map(({ name }) => name)).toEqual(['mine']);
    expect(await statusOf(`${url}/image/v2/images/${images[0]?.id}`, { headers })).toBe(404);
    const { worlds } = (await (await fetch(`${url}/__admin/worlds`)).json()) as { worlds: { seed: string }[] };
    expect(worlds[0]?.seed).toBe('other');
  });

  test('generates and prints an admin token with a public host', async () => {
    const { url, output } = await serve(['--host', '0.0.0.0']);
    const [, token] = /admin token: (\S+)/.exec(output()) ?? [];
    expect(await statusOf(`${url}/__admin/clock`)).toBe(401);
    expect(await statusOf(`${url}/__admin/clock`, { headers: { Authorization: `Bearer ${token}` } })).toBe(200);
    expect(await statusOf(`${url}/__admin/health`)).toBe(200);
  });

  test('requires the configured admin token and does not print it', async () => {
    const { url, output } = await serve([], { env: { SIDEGLANCE_ADMIN_TOKEN: 'mine' } });
    expect(output()).not.toContain('mine');
    expect(await statusOf(`${url}/__admin/clock`)).toBe(401);
    expect(await statusOf(`${url}/__admin/clock`, { headers: { Authorization: 'Bearer mine' } })).toBe(200);
  });

  test('serves the admin API on its own port with --admin-port', async () => {
    const { url, output } = await serve(['--admin-port', '0']);
    const [, port] = /admin API on port (\d+)/.exec(output()) ?? [];
    expect(await statusOf(`${url}/__admin/clock`)).toBe(404);
    expect(await statusOf(`http://127.0.0.1:${port}/__admin/clock`)).toBe(200);
  });

  test('turns the admin API off with --admin-port off', async () => {
    const { url } = await serve(['--admin-port', 'off']);
    expect(await statusOf(`${url}/__admin/clock`)).toBe(404);
    expect(await statusOf(`${url}/__admin/ready`)).toBe(200);
  });

  test('keeps the number of journal entries given by --journal-size', async () => {
    const { url } = await serve(['--journal-size', '2']);
    for (let sent = 0; sent < 5; sent += 1) await statusOf(`${url}/image/v2/images`);
    const body = (await (await fetch(`${url}/__admin/requests`)).json()) as { requests: unknown[]; dropped: number };
    expect([body.requests.length, body.dropped]).toEqual([2, 3]);
  });

  test('uses --external-url in links', async () => {
    const { url } = await serve(['--external-url', 'https://cloud.example/x/']);
    const { addresses } = (await (await fetch(url)).json()) as { addresses: Record<string, string> };
    expect(addresses['identity']).toBe('https://cloud.example/x/identity');
  });
});

describe('exits with 2, explains the error and starts no server for', () => {
  const path = filesOf({
    'bad.yaml': 'images:\n  - name: a\n    status: actve\n',
    'bad-scenario.yaml':
      'scenario: bad\ndescription: Wrong.\nrules:\n  - match: { operation: image-v2.shwImage }\n    fault: { answer: 404 }\n',
  });

  test.each([
    ['an unknown flag', ['--prot', '1'], ["unknown option '--prot'", 'Did you mean --port?']],
    ['an unknown command', ['srve'], ["unknown command 'srve'", 'Did you mean serve?', 'validate']],
    ['a word of other tools', ['worlds', 'fork'], ["unknown command 'worlds fork'", 'Did you mean create?']],
    ['another word for a command', ['faults', 'rm'], ["unknown command 'faults rm'", 'Did you mean disarm?']],
    ['a name of an object of JavaScript', ['toString'], ["unknown command 'toString'. Commands: serve"]],
    ['an unknown command of a group', ['worlds', 'crate'], ["unknown command 'worlds crate'", 'Did you mean create?']],
    ['an invalid port', ['--port', '70000'], ['--port', '70000', '0 to 65535']],
    ['an invalid journal size', ['--journal-size', '-1'], ['--journal-size', '0 or more']],
    ['an invalid clock', ['--clock', 'noon'], ['--clock', 'noon']],
    ['an invalid address', ['--external-url', 'cloud'], ['--external-url', 'cloud']],
    ['an unknown API', ['--listen', 'imagev2=0', '--port', '0'], ['/imagev2', 'image-v2']],
    ['an invalid list of ports', ['--listen', 'image-v2'], ['--listen', 'API=PORT']],
    ['two ports for one API', ['--listen', 'ims=0,ims=0'], ['--listen', 'ims is given twice']],
    ['an invalid port of the admin API', ['--admin-port', 'on'], ['--admin-port', '0 to 65535, or off']],
    ['missing fixtures', ['--fixtures', path('none.yaml')], [path('none.yaml'), 'file not found']],
    [
      'invalid fixtures',
      ['--fixtures', path('bad.yaml')],
      [path('bad.yaml'), 'line 3, /images/0/status', 'actve', 'active'],
    ],
    [
      'an invalid scenario',
      ['--scenarios', path('bad-scenario.yaml')],
      [path('bad-scenario.yaml'), '/rules/0/match/operation', 'image-v2.showImage'],
    ],
  ])('%s', async (_title, args, expected) => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([2, '']);
    for (const text of expected) expect(stderr).toContain(text);
  });

  test('an invalid environment variable', async () => {
    const { code, stderr } = await run(['serve'], { env: { SIDEGLANCE_PORT: 'many' } });
    expect(code).toBe(2);
    expect(stderr).toContain('SIDEGLANCE_PORT');
  });
});

test('exits with 1 when the host is not an address of this machine', async () => {
  const { code, stderr } = await run(['serve', '--port', '0', '--host', '192.0.2.1']);
  expect([code, stderr]).toEqual([1, 'sideglance: 192.0.2.1 is not an address of this machine\n']);
});

test.each([
  ['true', 'https://cloud.example'],
  ['1', 'https://cloud.example'],
  ['false', 'http://127.0.0.1'],
  ['0', 'http://127.0.0.1'],
  ['off', 'http://127.0.0.1'],
  ['', 'http://127.0.0.1'],
])('sets a flag by its environment variable: %j', async (value, expected) => {
  const { url } = await serve([], { env: { SIDEGLANCE_TRUST_PROXY: value } });
  const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'cloud.example' };
  const { addresses } = (await (await fetch(url, { headers })).json()) as { addresses: Record<string, string> };
  expect(addresses['identity']).toContain(expected);
});
