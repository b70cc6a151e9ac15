import { describe, expect, test } from '@jest/globals';
import { run, type Served, serve, serveOnTerminal, startCli, untilOutput } from '../support/cli.ts';
import { login } from '../support/emulator.ts';

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
const plain = (text: string): string => text.replace(ESCAPES, '');

/** Waits for a line of the output that matches, and returns it. */
async function lineOf(server: Served, pattern: RegExp): Promise<string> {
  const find = (): string | undefined =>
    plain(server.output())
      .split('\n')
      .find((line) => pattern.test(line));
  await untilOutput(server, () => find() !== undefined);
  return find() as string;
}

const arm = (url: string, rule: object): Promise<Response> =>
  fetch(`${url}/__admin/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(rule),
  });

describe('the request log of serve', () => {
  test('prints a line for each request on a terminal: time, world, operation, status, milliseconds and source', async () => {
    const server = await serveOnTerminal();
    await login(server.url);
    await fetch(`${server.url}/image/v2/images`);
    expect(await lineOf(server, /listImages/)).toMatch(
      /^\d\d:\d\d:\d\d {2}default +image-v2\.listImages +401 +\d+\.\d ms {2}natural$/,
    );
  });

  test('names the rule that fired, the profiles and the nearest operation', async () => {
    const server = await serve(['--log']);
    const headers = { 'X-Auth-Token': await login(server.url) };
    await arm(server.url, { match: { operation: 'image-v2.listImages' }, fault: { answer: 403 } });
    await fetch(`${server.url}/image/v2/images`, { headers });
    expect(await lineOf(server, /listImages/)).toMatch(/403 +\d+\.\d ms {2}injected by fault-1$/);
    await fetch(`${server.url}/__admin/scenarios/image-v2.showImage.404/enable`, { method: 'POST' });
    await fetch(`${server.url}/image/v2/images/11111111-1111-4111-8111-111111111111`, { headers });
    expect(await lineOf(server, /showImage/)).toMatch(/404 .* injected by image-v2\.showImage\.404, rule 0$/);
    await fetch(`${server.url}/image/v2/imagess`, { headers });
    expect(await lineOf(server, /imagess/)).toMatch(
      /GET \/image\/v2\/imagess +404 .*natural, no such operation; nearest: image-v2\.\w+ \(GET /,
    );
  });

  test('prints a request when its response has been sent, with what became of it', async () => {
    const server = await serve(['--log']);
    await arm(server.url, {
      match: { operation: 'image-v2.listImages' },
      stage: 'before-auth',
      fault: { cut: 'reset' },
    });
    await fetch(`${server.url}/image/v2/images`).catch(() => undefined);
    expect(await lineOf(server, /listImages/)).toMatch(/natural, cut by fault-1, faulty$/);
  });

  test('prints requests to the admin API with --verbose only', async () => {
    const quiet = await serve(['--log']);
    const verbose = await serve(['--verbose']);
    for (const server of [quiet, verbose]) {
      await run(['worlds', 'create', 'mine', '--url', server.url]);
      await run(['faults', 'disarm', 'fault-9', '--world', 'mine', '--url', server.url]);
      await fetch(`${server.url}/image/v2/images`);
      await lineOf(server, /listImages/);
    }
    expect(quiet.output()).not.toContain('__admin/worlds');
    expect(await lineOf(verbose, /__admin\/worlds/)).toMatch(
      /^\d\d:\d\d:\d\d {2}default +POST \/__admin\/worlds +201 +\d+\.\d ms {2}admin API$/,
    );
    expect(await lineOf(verbose, /fault-9/)).toMatch(/ mine +DELETE \/__admin\/faults\/fault-9 +404 /);
  });

  test('prints requests to the admin API as JSON lines with --log json and --verbose', async () => {
    const server = startCli(['serve', '--port', '0', '--log', 'json', '--verbose']);
    await untilOutput(server, () => server.output().includes('\n'));
    const { url } = JSON.parse(server.output()) as { url: string };
    await fetch(`${url}/__admin/clock`);
    await untilOutput(server, () => server.output().includes('__admin/clock'));
    expect(JSON.parse(server.output().trim().split('\n').at(-1) as string)).toMatchObject({
      msg: 'GET /__admin/clock 200',
      world: 'default',
      status: 200,
      milliseconds: expect.any(Number),
      source: 'admin',
    });
  });

  test('logs requests to all worlds, also when the journal is off', async () => {
    const server = await serve(['--log', 'text', '--journal-size', '0']);
    await run(['worlds', 'create', 'mine', '--url', server.url]);
    await fetch(`${server.url}/w/mine/image/v2/images`);
    expect(await lineOf(server, /listImages/)).toMatch(/ mine +image-v2\.listImages +401 /);
    const { requests } = (await (await fetch(`${server.url}/w/mine/__admin/requests`)).json()) as {
      requests: unknown[];
    };
    expect(requests).toEqual([]);
  });

  test('prints who sent a request, its address and what is wrong with it with --verbose, without secrets', async () => {
    const server = await serve(['--verbose']);
    const token = await login(server.url);
    await fetch(`${server.url}/image/v2/images?marker=x&api_key=hush`, {
      headers: { 'X-Auth-Token': token, 'User-Agent': 'my-client/1' },
    });
    expect(await lineOf(server, /marker/)).toBe('          GET /image/v2/images?marker=x&api_key=[redacted]');
    expect(await lineOf(server, /my-client/)).toMatch(/^ {10}demo, project \w+, client my-client\/1$/);
    expect(server.output()).not.toContain(token);
    expect(server.output()).not.toContain('hush');
    expect(server.output()).not.toContain('secret');
  });

  test('does not send control characters of clients to the terminal', async () => {
    const server = await serveOnTerminal(['--verbose']);
    await fetch(`${server.url}/image/v2/images`, { headers: { 'X-Sideglance-Label': '\u009b2J\u0085' } });
    expect(await lineOf(server, /label/)).toContain('label \\x9b2J\\x85');
  });

  test('prints JSON lines with --log json, the address included', async () => {
    const server = startCli(['serve', '--port', '0', '--log', 'json']);
    await untilOutput(server, () => server.output().endsWith('\n'));
    const first = JSON.parse(server.output());
    expect(first).toMatchObject({ level: 30, msg: `Sideglance ${first.msg.split(' ')[1]} listens on ${first.url}` });
    await fetch(`${first.url}/image/v2/images`);
    await fetch(`${first.url}/image/v2/imagess`);
    await untilOutput(server, () => server.output().split('\n').length === 4);
    const [listed, missed] = server
      .output()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line));
    expect(listed).toMatchObject({
      level: 30,
      time: expect.any(Number),
      msg: 'image-v2.listImages 401',
      world: 'default',
      operation: 'image-v2.listImages',
      status: 401,
      source: 'natural',
      milliseconds: expect.any(Number),
    });
    expect(missed).toMatchObject({ level: 40, msg: 'GET /image/v2/imagess 401', operation: null });
  });

  test('prints nothing about requests with --log off, --quiet, and where the output is no terminal', async () => {
    const servers = [await serveOnTerminal(['--log', 'off']), await serveOnTerminal(['--quiet']), await serve()];
    for (const { url } of servers) await fetch(`${url}/image/v2/images`);
    for (const server of servers) expect(server.output()).not.toContain('listImages');
  });

  test('rejects an unknown format', async () => {
    const { code, stderr } = await run(['serve', '--port', '0', '--log', 'xml']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Allowed choices are text, json, off')]);
  });
});

describe('the banner of serve', () => {
  test('says what to do next', async () => {
    const { output, url } = await serve();
    for (const text of [
      `export SIDEGLANCE_URL=${url}\n`,
      'eval "$(npx sideglance env)"',
      'npx sideglance scenarios enable ',
      'npx sideglance requests --follow',
      `${url}/__admin\n`,
      'docs/README.md',
    ]) {
      expect(output()).toContain(text);
    }
  });

  test('is one line with --quiet', async () => {
    const { output, url, port } = await serve(['--quiet']);
    expect(output()).toMatch(/^Sideglance \S+ listens on .*\n$/);
    expect(output()).toContain(`${url} (port ${port})`);
  });

  test('has the generated token where commands take it from, and no token of the user', async () => {
    const generated = await serve(['--host', '0.0.0.0']);
    const [, token] = /admin token: (\S+)/.exec(generated.output()) ?? [];
    expect(generated.output()).toContain(`SIDEGLANCE_ADMIN_TOKEN=${token}\n`);
    const given = await serve(['--admin-token', 'hush']);
    expect(given.output()).not.toContain('hush');
  });

  test('has colors on a terminal only, unless FORCE_COLOR or NO_COLOR say otherwise', async () => {
    const ESC = String.fromCharCode(27);
    expect((await serveOnTerminal()).output()).toContain(ESC);
    expect((await serve()).output()).not.toContain(ESC);
    expect((await serve([], { env: { FORCE_COLOR: '1' } })).output()).toContain(ESC);
    expect((await serve(['--log'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).output()).not.toContain(ESC);
  });
});
