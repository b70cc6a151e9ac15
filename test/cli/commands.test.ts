import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sideglance, startSideglance } from '../../src/index.ts';
import { run, serve, spawnCli } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

let cloud: Sideglance;
beforeAll(async () => {
  cloud = await startSideglance();
});
afterAll(() => cloud.close());

/** Runs a command against the running Sideglance. */
const command = (...args: string[]) => run([...args, '--url', cloud.url]);

describe('file commands', () => {
  test('validate prints what the files contain', async () => {
    const path = filesOf({
      'ok.yaml': 'images: [{ name: a }]\n',
      'slow.yaml':
        'scenario: slow\ndescription: All is slow.\nrules:\n  - match: { operation: image-v2.showImage }\n    fault: { delay: 50 }\n',
    });
    const { code, stdout } = await run(['validate', '--fixtures', path('ok.yaml'), '--scenarios', path('slow.yaml')]);
    expect([code, stdout]).toEqual([0, '4 projects, 8 users, 1 images: valid\nscenario slow, 1 rule: All is slow.\n']);
  });

  test('validate prints all issues of all files', async () => {
    const path = filesOf({
      'bad.yaml': 'images: [{ nme: a }]\n',
      'odd.yaml': 'scenario: odd\ndescription: x\nrules: []\n',
    });
    const { code, stderr } = await run(['validate', '--fixtures', path('bad.yaml'), '--scenarios', path('odd.yaml')]);
    expect(code).toBe(2);
    for (const text of [path('bad.yaml'), '/images/0/nme', path('odd.yaml'), '/rules']) expect(stderr).toContain(text);
  });

  test('validate reports every file that is missing or cannot be parsed, with what is wrong in the others', async () => {
    const path = filesOf({ 'a.json': '{', 'b.yaml': 'images: [', 'c.yaml': 'imagse: []\n', 'note.txt': '' });
    const folders = ['--fixtures', path(), path('none.yaml'), '--scenarios', path(), path('gone.yaml')];
    const { code, stderr } = await run(['validate', ...folders]);
    expect(code).toBe(2);
    for (const file of ['a.json', 'b.yaml']) {
      expect(stderr.split(`${path(file)}: cannot be parsed`)).toHaveLength(3);
    }
    for (const file of ['none.yaml', 'gone.yaml']) expect(stderr).toContain(`${path(file)}: file not found`);
    expect(stderr).toContain('unknown member "imagse"; did you mean "images"?');
  });

  test('validate reports at once what is wrong in shape and in content, in all items, rules and files', async () => {
    const path = filesOf({
      'a.yaml':
        'limits: { imageSizeCap: huge }\nimages:\n  - { name: a, status: queued, data: { text: x } }\n  - { id: 11111111-1111-4111-8111-111111111111 }\n  - { id: 11111111-1111-4111-8111-111111111111 }\n',
      'b.yaml': 'images: [{ nme: b }]\n',
      'odd.yaml':
        'scenario: odd\ndescripton: x\nrules:\n  - { match: { operation: image-v2.deletImage }, fault: { answr: 404 } }\n  - { match: { operation: image-v2.showImage }, fault: { answer: 418 } }\n',
    });
    const files = ['--fixtures', path('a.yaml'), path('b.yaml'), '--scenarios', path('odd.yaml')];
    const { code, stderr } = await run(['validate', ...files]);
    expect(code).toBe(2);
    for (const pointer of [
      '/limits/imageSizeCap',
      '/images/0/data',
      '/images/2/id',
      '/images/0/nme',
      '/descripton',
      '/rules/0/match/operation',
      '/rules/0/fault/answr',
      '/rules/1/fault/answer',
    ]) {
      expect(stderr).toContain(pointer);
    }
  });

  test('generate writes the same file for the same seed, to a file or standard output', async () => {
    const path = filesOf({});
    const { code, stdout } = await run(['generate', '--count', '20', '--seed', '5']);
    expect(code).toBe(0);
    await run(['generate', '--count', '20', '--seed', '5', '--output', path('generated.json')]);
    expect(readFileSync(path('generated.json'), 'utf8')).toBe(stdout);
    expect((await run(['validate', '--fixtures', path('generated.json')])).stdout).toContain('20 images');
  });

  test('generate exits with 1 when it cannot write', async () => {
    const { code, stderr } = await run(['generate', '--output', filesOf({})('none/generated.json')]);
    expect(code).toBe(1);
    expect(stderr).toContain('none/generated.json');
  });
});

describe('commands for a running server', () => {
  test('wait exits with 0 once the server is ready, and with 1 after the timeout', async () => {
    expect(await command('wait')).toMatchObject({ code: 0, stdout: `${cloud.url} is ready\n` });
    const { code, stderr } = await run(['wait', '--url', 'http://127.0.0.1:1', '--timeout', '0']);
    expect(code).toBe(1);
    expect(stderr).toContain('was not ready within 0 seconds');
  });

  test('scenarios are listed, enabled for a number of requests, shown and disabled', async () => {
    expect((await command('scenarios', 'list', '--all')).stdout).toMatch(/^delete-conflict +disabled +0 /m);
    expect(await command('scenarios', 'enable', 'delete-conflict', '--calls', '3')).toMatchObject({ code: 0 });
    expect(cloud.scenarios.get('delete-conflict')).toMatchObject({ enabled: true, callsLeft: 3 });
    expect(JSON.parse((await command('scenarios', 'show', 'delete-conflict')).stdout)).toMatchObject({ enabled: true });
    await command('scenarios', 'disable', 'delete-conflict');
    expect(cloud.scenarios.get('delete-conflict').enabled).toBe(false);
  });

  test('scenarios are listed by theme, and selected by theme, operation, state and words', async () => {
    const short = (await command('scenarios')).stdout;
    expect(short).toMatch(/^THEME +SCENARIOS +ENABLED +EXAMPLE$/m);
    expect(short).toMatch(/^conflicts +\d+ +0 +delete-conflict$/m);
    expect(short).toMatch(/^trigger-images +enabled /m);
    expect(short.split('\n').length).toBeLessThan(50);
    const lines = async (...args: string[]) => (await command('scenarios', 'list', ...args)).stdout.trim().split('\n');
    const [heading, ...conflicts] = await lines('--theme', 'conflicts');
    expect(heading).toMatch(/^NAME +STATE +HITS +DESCRIPTION$/);
    expect(conflicts.length).toBeGreaterThan(2);
    expect((await lines('--operation', 'image-v2.deleteImage', '--theme', 'documented-responses')).slice(1)).toEqual([
      expect.stringMatching(/^image-v2\.deleteImage\.204 /),
      expect.stringMatching(/^image-v2\.deleteImage\.403 /),
      expect.stringMatching(/^image-v2\.deleteImage\.404 /),
    ]);
    expect(await lines('--search', 'delete conflict', '--theme', 'conflicts')).toContainEqual(
      expect.stringMatching(/^delete-conflict /),
    );
    expect((await lines('--enabled')).slice(1)).toEqual([expect.stringMatching(/^trigger-images /)]);
    expect(await lines('--search', 'no such words')).toEqual(['no scenario matches']);
    const json = JSON.parse((await command('scenarios', 'list', '--enabled', '--json')).stdout);
    expect(json.scenarios).toMatchObject([{ name: 'trigger-images' }]);
    const wrong = await command('scenarios', 'list', '--theme', 'conflict');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('did you mean "conflicts"?')]);
  });

  test('commands print the response of the admin API with --json', async () => {
    const json = async (...args: string[]) => JSON.parse((await command(...args, '--json')).stdout);
    expect(await json('scenarios', 'enable', 'delete-conflict')).toMatchObject({ enabled: true });
    expect(await json('scenarios', 'explain', 'image-v2.deleteImage')).toEqual({ explanations: expect.any(Array) });
    expect(await json('scenarios', 'show', 'delete-conflict')).toMatchObject({ rules: expect.any(Array) });
    expect(await json('scenarios', 'disable', 'delete-conflict')).toMatchObject({ enabled: false });
    expect(await json('worlds', 'create', 'j')).toMatchObject({ name: 'j' });
    expect(await json('worlds', 'snapshot', 'j', 's')).toEqual({ name: 's' });
    expect(await json('worlds', 'snapshots', 'j')).toEqual({ snapshots: [{ name: 's' }] });
    expect(await json('worlds', 'drop', 'j')).toBeNull();
    expect(JSON.parse((await run(['validate', '--json'])).stdout)).toMatchObject({ projects: 4, scenarios: [] });
  });

  test('an unknown scenario exits with 1 and suggests the nearest one', async () => {
    const { code, stderr } = await command('scenarios', 'enable', 'delete-conflic');
    expect(code).toBe(1);
    expect(stderr).toContain('"delete-conflict"');
  });

  test('worlds are created, listed, reset and dropped', async () => {
    const { code, stdout } = await command(
      'worlds',
      'create',
      'created',
      '--seed',
      '9',
      '--clock',
      '2020-01-01T00:00:00Z',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'created', seed: '9', url: `${cloud.url}/w/created` });
    expect(cloud.world('created').clock.read().now).toBe('2020-01-01T00:00:00.000Z');
    expect((await command('worlds')).stdout).toMatch(/^created +9 +http/m);
    const image = cloud.world('created').images.place({ name: 'new' });
    await command('worlds', 'reset', 'created');
    expect(() => cloud.world('created').images.remove(image.id)).toThrow('does not exist');
    expect((await command('worlds', 'drop', 'created')).code).toBe(0);
    expect(() => cloud.world('created')).toThrow('unknown world');
    expect(await command('worlds', 'drop', 'created')).toMatchObject({ code: 1 });
    expect(await command('worlds', 'create', 'a/b')).toMatchObject({ code: 2 });
  });

  test('worlds are restored to snapshots, and created from them', async () => {
    const world = cloud.worlds.create({ name: 'kept' });
    const image = world.images.place({ name: 'new' });
    expect((await command('worlds', 'snapshot', 'kept', 'loaded')).stdout).toBe('loaded\n');
    expect((await command('worlds', 'snapshot', 'kept')).stdout).toBe('s2\n');
    expect((await command('worlds', 'snapshots', 'kept')).stdout).toBe('loaded\ns2\n');
    world.images.remove(image.id);
    expect(await command('worlds', 'restore', 'kept', 'loaded')).toMatchObject({ code: 0 });
    world.images.remove(image.id);
    expect((await command('worlds', 'create', 'copy', '--fork', 'kept', '--snapshot', 's2')).code).toBe(0);
    cloud.world('copy').images.remove(image.id);
    const { code, stderr } = await command('worlds', 'restore', 'kept', 'none');
    expect([code, stderr]).toEqual([1, expect.stringContaining('Snapshot "none" of world "kept" does not exist')]);
    for (const name of ['kept', 'copy']) cloud.worlds.drop(name);
  });

  test('coverage of all worlds includes dropped ones, and reports of shards are merged', async () => {
    const world = cloud.worlds.create({ name: 'shard' });
    await fetch(`${world.url}/image/versions`);
    cloud.worlds.drop('shard');
    const total = JSON.parse((await command('coverage', '--all-worlds', '--format', 'json')).stdout);
    const cell = (report: { readonly cells: readonly { readonly operation: string; readonly natural: number }[] }) =>
      report.cells.find(({ operation }) => operation === 'listVersionsExplicit')?.natural ?? 0;
    expect(cell(total)).toBeGreaterThan(0);
    const files = filesOf({ 'a.json': total, 'b.json': total, 'bad.json': { format: 'other' } });
    const output = files('merged.json');
    const merged = await run([
      'coverage',
      'merge',
      files('a.json'),
      files('b.json'),
      '--format',
      'json',
      '--output',
      output,
    ]);
    expect(merged).toMatchObject({ code: 0, stdout: '' });
    expect(cell(JSON.parse(readFileSync(output, 'utf8')))).toBe(2 * cell(total));
    const bad = await run(['coverage', 'merge', files('bad.json')]);
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('/format')]);
    expect((await run(['coverage', 'merge', files('none.json')])).code).toBe(2);
  });

  test('coverage gates do not pass where nothing was measured', async () => {
    cloud.clearCoverage();
    const files = filesOf({ 'empty.json': { ...cloud.coverage(), format: 'sideglance-coverage/1', cells: [] } });
    const empty = await run(['coverage', 'merge', files('empty.json'), '--fail-under', '100']);
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('/cells')]);
    // Namespaces are an annex.
    const annex = ['coverage', '--only', 'image-v2.listMetadefNamespaces'];
    const under = await command(...annex, '--fail-under', '1');
    expect([under.code, under.stderr]).toEqual([4, expect.stringMatching(/0\.0 % .*\(0 of \d+\), less than 1 %/)]);
    expect(under.stdout).toMatch(/\n0\.0 % of the documented responses were returned: 0 of \d+\n$/);
    expect(under.stdout).not.toContain('100.0 %');
    await fetch(`${cloud.url}/image/versions`);
    const written = await command('coverage', '--baseline', files('new.json'));
    expect(written.stderr).toBe(`${files('new.json')} did not exist, and has now 1 cells\n`);
    const apart = await command(...annex, '--baseline', files('new.json'));
    expect([apart.code, apart.stderr]).toEqual([4, expect.stringContaining('has none of these cells')]);
  });

  test('coverage gates fail for a selection without cells, and count the cells that a merged file lacks', async () => {
    const apart = await command('coverage', '--dialect', 'image-v2', '--only', 'ims.*', '--fail-under', '0');
    expect([apart.code, apart.stderr]).toEqual([2, expect.stringContaining('no response of image-v2 matches "ims.*"')]);
    const files = filesOf({});
    await fetch(`${cloud.url}/image/v2/images`);
    const only = ['--only', 'image-v2.listImages 401'];
    await command('coverage', ...only, '--format', 'json', '--output', files('part.json'));
    const merged = await run(['coverage', 'merge', files('part.json'), '--fail-under', '90']);
    expect([merged.code, merged.stderr]).toEqual([4, expect.stringMatching(/\(1 of \d{4}\), less than 90 %/)]);
    expect((await run(['coverage', 'merge', files('part.json'), ...only, '--fail-under', '100'])).code).toBe(0);
  });

  test('coverage selects cells, and exits with 4 when a cell of the baseline is missing', async () => {
    await fetch(`${cloud.url}/image/versions`);
    const files = filesOf({});
    const baseline = files('baseline.json');
    const only = ['--only', 'image-v2.listVersionsExplicit,*.deleteImage 403', '--baseline', baseline];
    const first = await command('coverage', ...only, '--format', 'markdown');
    expect(first.stdout).toMatch(/^\d+\.\d % of the documented responses were returned: 1 of \d\./);
    const cells = JSON.parse(readFileSync(baseline, 'utf8')).cells as { status: number; operation: string }[];
    expect(new Set(cells.map(({ operation, status }) => `${operation} ${status}`))).toEqual(
      new Set(['listVersionsExplicit 200', 'deleteImage 403']),
    );
    expect((await command('coverage', ...only)).code).toBe(0);
    cloud.clearCoverage();
    const lost = await command('coverage', ...only);
    expect([lost.code, lost.stderr]).toEqual([4, expect.stringContaining('image-v2.listVersionsExplicit 200')]);
    const none = await command('coverage', '--only', 'image-v2.deleteImages');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('matches no documented response')]);
  });

  test.each([
    ['html', /^<!doctype html>/],
    ['junit', /^<\?xml[\s\S]*<testsuites /],
    ['ctrf', /"reportFormat": "CTRF"/],
    ['badge', /^<svg /],
  ])('coverage prints the format %s', async (format, pattern) => {
    expect((await command('coverage', '--format', format)).stdout).toMatch(pattern);
  });

  test('coverage prints three formats, and exits with 4 below --fail-under', async () => {
    expect((await command('coverage')).stdout).toMatch(/^image-v2 +\d+ +\d+ +\d+\.\d % +\d+ +\d+ +\d+$/m);
    const json = JSON.parse((await command('coverage', '--format', 'json', '--dialect', 'ims')).stdout);
    expect(json.totals.cells).toBe(json.cells.length);
    expect((await command('coverage', '--format', 'markdown')).stdout).toContain('| image-v2 |');
    expect((await command('coverage', '--fail-under', '0')).code).toBe(0);
    expect((await command('coverage', '--fail-under', '100')).code).toBe(4);
    expect(await command('coverage', '--dialect', 'imss')).toMatchObject({ code: 2 });
  });

  test('requests lists the journal as a table, as JSON and as HAR', async () => {
    cloud.requests.clear();
    await fetch(`${cloud.url}/image/v2/images`, { headers: { 'X-Sideglance-Label': 'listed' } });
    const { stdout } = await command('requests', '--label', 'listed');
    const [header, row, ...others] = stdout.trim().split('\n');
    expect(header).toMatch(/^ID +TIME +STATUS +SOURCE +TRY +OPERATION +REQUEST$/);
    expect(row).toMatch(/^\d+ +\S+Z +401 +natural +1 +image-v2\.listImages +GET \/image\/v2\/images$/);
    expect(others).toEqual([]);
    const json = JSON.parse((await command('requests', '--status', '401', '--limit', '1', '--json')).stdout);
    expect(json.requests).toMatchObject([
      { operation: 'image-v2.listImages', request: { headers: expect.anything() } },
    ]);
    const har = JSON.parse((await command('requests', 'har', '--label', 'listed')).stdout);
    expect(har.log.entries).toHaveLength(1);
    expect(await command('requests', '--operation', 'image-v2.listImage')).toMatchObject({ code: 2 });
  });

  test('verify exits with 0 for yes, 4 for no and 5 for inconclusive, and explains a no', async () => {
    await fetch(`${cloud.url}/image/v2/images`);
    expect(await command('verify', '{"requests":{"operation":"image-v2.listImages","status":401}}')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('yes: '),
    });
    const file = filesOf({ 'expectation.json': { requests: { operation: 'image-v2.listImages', status: 418 } } });
    const no = await command('verify', file('expectation.json'));
    expect([no.code, no.stderr]).toEqual([4, '']);
    expect(no.stdout).toMatch(/^no: 0 requests match, expected at least 1\.\nnearest requests:\n {2}request \d+: GET/);
    expect(no.stdout).toContain('    status: expected 418, found 401');
    const journalled = await startSideglance({ journalSize: 1 });
    for (let count = 0; count < 2; count += 1) await fetch(`${journalled.url}/image/v2/images`);
    expect(await run(['verify', '{"exactly":1}', '--url', journalled.url])).toMatchObject({ code: 5 });
    await journalled.close();
    expect(await command('verify', 'nowhere.json')).toMatchObject({ code: 2 });
    expect(await command('verify', '{')).toMatchObject({ code: 2 });
    expect(await command('verify', '{"most":1}')).toMatchObject({ code: 2 });
  });

  test('commands exit with 1 when no server is running', async () => {
    const { code, stderr } = await run(['scenarios', '--url', 'http://127.0.0.1:1']);
    expect([code, stderr]).toEqual([
      1,
      'sideglance: cannot reach http://127.0.0.1:1; start a server with: sideglance serve\n',
    ]);
  });

  test('commands send the given token', async () => {
    const { url } = await serve(['--admin-token', 'mine']);
    expect((await run(['worlds', '--url', url])).code).toBe(1);
    expect((await run(['worlds', '--url', url, '--admin-token', 'mine'])).code).toBe(0);
  });
});

describe('settings and help', () => {
  test('env names the authority that clients have to trust for an address with TLS', async () => {
    const { stdout } = await run([
      'env',
      '--fixtures',
      'default',
      '--url',
      'https://h:1',
      '--tls-ca',
      '/etc/my-ca.pem',
    ]);
    for (const name of ['OS_CACERT', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS']) {
      expect(stdout).toMatch(new RegExp(`export ${name}=['"]?/etc/my-ca.pem`));
    }
    expect(stdout).toContain('cacert: "/etc/my-ca.pem"');
    expect(
      (await run(['env', '--fixtures', 'default', '--url', 'http://h:1', '--tls-ca', '/etc/my-ca.pem'])).stdout,
    ).not.toContain('my-ca');
  });

  test('env prints shell variables', async () => {
    const { code, stdout } = await run(['env', '--fixtures', 'default', '--url', 'http://h:1', '--world', 't17']);
    expect(code).toBe(0);
    const printed = execFileSync('sh', ['-c', `${stdout}\nenv`], { env: {}, encoding: 'utf8' });
    for (const line of [
      'OS_AUTH_URL=http://h:1/w/t17/identity/v3',
      'OS_USERNAME=demo',
      'OS_PASSWORD=secret',
      'OS_PROJECT_NAME=demo',
      'OS_REGION_NAME=RegionOne',
      'RS_API_KEY=demo-api-key',
      'RS_AUTH_URL=http://h:1/w/t17/rackspace/identity/v2.0',
      'RS_REGION_NAME=DFW',
      'HW_ACCESS_KEY=demo-ak',
      'HW_SECRET_KEY=demo-sk',
      'HW_AUTH_URL=http://h:1/w/t17/iam/v3',
    ]) {
      expect(printed.split('\n')).toContain(line);
    }
  });

  test('env prints clouds.yaml, and everything as JSON with the ids of the running server', async () => {
    expect((await run(['env', '--fixtures', 'default', '--format', 'clouds'])).stdout).toBe(
      [
        'clouds:',
        '  sideglance:',
        '    auth:',
        '      auth_url: "http://127.0.0.1:9292/identity/v3"',
        '      username: "demo"',
        '      password: "secret"',
        '      user_domain_name: "Default"',
        '      project_name: "demo"',
        '      project_domain_name: "Default"',
        '    region_name: "RegionOne"',
        '    interface: "public"',
        '    identity_api_version: 3',
        '',
      ].join('\n'),
    );
    const { stdout } = await command('env', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual(cloud.world().settings());
  });

  test('env rejects an unknown user', async () => {
    const { code, stderr } = await run(['env', '--fixtures', 'default', '--user', 'dmo']);
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean "demo"?');
  });

  test('openapi prints the document that the admin API serves', async () => {
    const { stdout } = await command('openapi');
    const served = await (await fetch(`${cloud.url}/__admin/openapi.json`)).json();
    expect(JSON.parse(stdout)).toEqual(served);
  });

  test('exits with 0 when the reader of its output closes early', async () => {
    const { child, finished } = spawnCli(['openapi']);
    child.stdout?.destroy();
    expect((await finished).code).toBe(0);
  });

  test('--help and --version exit with 0', async () => {
    const help = await run(['--help']);
    expect(help.code).toBe(0);
    for (const name of [
      'serve',
      'validate',
      'generate',
      'scenarios',
      'worlds',
      'coverage',
      'requests',
      'verify',
      'env',
      'wait',
    ]) {
      expect(help.stdout).toMatch(new RegExp(`^  ${name}`, 'm'));
    }
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: `${cloud.version}\n` });
  });
});
