import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { run, serve } from '../support/cli.ts';

const WORLD = ['--url', 'http://h:1', '--world', 't17', '--fixtures', 'suites'];
const AUTH_URL = 'http://h:1/w/t17/identity/v3';
const scratch = mkdtempSync(join(tmpdir(), 'sideglance-suites-'));
afterAll(() => rmSync(scratch, { recursive: true }));

interface Settings {
  readonly variables: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

async function settingsOf(suite: string, ...flags: readonly string[]): Promise<Settings> {
  const { code, stdout, stderr } = await run(['env', '--suite', suite, '--format', 'json', ...WORLD, ...flags]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Settings;
}

/** Evaluates the printed commands in a shell; returns what `script` prints after them. */
async function evaluated(flags: readonly string[], script: string): Promise<string> {
  const { stdout } = await run(['env', ...WORLD, ...flags]);
  const env = { PATH: process.env['PATH'], TMPDIR: scratch };
  return execFileSync('sh', ['-c', `set -eu\n${stdout}\n${script}`], { env, encoding: 'utf8' });
}

/** Returns the options of the sections of an INI file. */
function optionsOf(text: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const sections: Record<string, Record<string, string>> = {};
  let section: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const [, name] = /^\[(.+)\]$/.exec(line) ?? [];
    const [, option, value] = /^(\w+) = (.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      section = {};
      sections[name] = section;
    } else if (option !== undefined) section[option] = value as string;
  }
  return sections;
}

const cloud = (username: string, scope: object) => ({
  auth: { auth_url: AUTH_URL, username, password: 'secret', user_domain_id: 'default', ...scope },
  region_name: 'RegionOne',
  identity_api_version: '3',
  image_api_version: '2',
  compute_api_version: '2.1',
});
const inProject = (name: string) => cloud(name, { project_name: name, project_domain_id: 'default' });

describe('env --suite', () => {
  test.each([
    ['openstacksdk', { OS_TEST_TIMEOUT: '120' }],
    ['openstackclient', {}],
    ['glanceclient', { OS_GLANCECLIENT_EXEC_DIR: '/usr/bin' }],
  ])('prints the clouds of DevStack for %s', async (suite, variables) => {
    const settings = await settingsOf(suite);
    expect(settings.variables).toEqual({ OS_CLIENT_CONFIG_FILE: './clouds.yaml', ...variables });
    expect(parse(settings.files['clouds.yaml'] as string)).toEqual({
      clouds: {
        devstack: inProject('demo'),
        'devstack-admin': inProject('admin'),
        'devstack-alt': inProject('alt_demo'),
        'devstack-system-admin': cloud('admin', { system_scope: 'all' }),
      },
    });
    const { stdout } = await run(['env', '--suite', suite, '--format', 'clouds', ...WORLD]);
    expect(stdout).toBe(settings.files['clouds.yaml']);
  });

  test('prints accounts.yaml and tempest.conf for Tempest with pre-made credentials', async () => {
    const { variables, files } = await settingsOf('tempest', '--http-image', 'http://h:2/a.img');
    expect(variables).toEqual({ TEMPEST_CONFIG_DIR: '.', TEMPEST_CONFIG: 'tempest.conf' });
    expect(parse(files['accounts.yaml'] as string)).toEqual([
      { username: 'demo', project_name: 'demo', password: 'secret', roles: ['member'] },
      { username: 'alt_demo', project_name: 'alt_demo', password: 'secret', roles: ['member'] },
      { username: 'admin', project_name: 'admin', password: 'secret', roles: ['admin', 'member'], types: ['admin'] },
    ]);
    const options = optionsOf(files['tempest.conf'] as string);
    expect(options['auth']).toMatchObject({ use_dynamic_credentials: 'false', test_accounts_file: './accounts.yaml' });
    expect(options['identity']).toMatchObject({ uri_v3: AUTH_URL, region: 'RegionOne', default_domain_id: 'default' });
    expect(options['image']?.['http_image']).toBe('http://h:2/a.img');
    expect(options['compute']).toMatchObject({
      image_ref: 'c1440562-8664-4ec0-a0ae-000000000001',
      image_ref_alt: 'c1440562-8664-4ec0-a0ae-000000000002',
      flavor_ref: '1',
      flavor_ref_alt: '2',
    });
  });

  test('prints tempest.conf with the administrator who makes dynamic credentials', async () => {
    const { files } = await settingsOf('tempest', '--credentials', 'dynamic');
    expect(Object.keys(files)).toEqual(['tempest.conf']);
    const options = optionsOf(files['tempest.conf'] as string);
    // The tests of roles in plugins expect users without further roles.
    expect(options['auth']).not.toHaveProperty('tempest_roles');
    expect(options['enforce_scope']).toEqual({ glance: 'true' });
    expect(options['auth']).toMatchObject({
      use_dynamic_credentials: 'true',
      admin_username: 'admin',
      admin_password: 'secret',
      admin_project_name: 'admin',
      admin_domain_name: 'Default',
    });
  });

  test('prints the variables of the acceptance tests of gophercloud, for an administrator and for others', async () => {
    const { variables, files } = await settingsOf('gophercloud');
    expect(files).toEqual({});
    expect(variables).toMatchObject({
      OS_AUTH_URL: AUTH_URL,
      OS_USERNAME: 'admin',
      OS_PASSWORD: 'secret',
      OS_PROJECT_NAME: 'admin',
      OS_DOMAIN_NAME: 'Default',
      OS_REGION_NAME: 'RegionOne',
      OS_IMAGE_ID: 'c1440562-8664-4ec0-a0ae-000000000002',
      OS_FLAVOR_ID: '1',
      OS_FLAVOR_ID_RESIZE: '2',
    });
    const other = await settingsOf('gophercloud', '--user', 'demo');
    expect(other.variables).toMatchObject({ OS_USERNAME: 'demo', OS_PROJECT_NAME: 'demo' });
  });

  test('prints the variables of the specs of fog', async () => {
    const { variables, files } = await settingsOf('fog');
    expect(files).toEqual({});
    expect(variables).toMatchObject({
      FOG_MOCK: 'false',
      OS_AUTH_URL: AUTH_URL,
      OS_USERNAME: 'admin',
      OS_USER_ID: expect.stringMatching(/^[0-9a-f]{32}$/),
      OS_USER_DOMAIN_ID: 'default',
      OS_PROJECT_NAME: 'admin',
    });
  });

  test('prints shell commands that write the files and name them', async () => {
    const clouds = await evaluated(['--suite', 'openstackclient'], 'cat "$OS_CLIENT_CONFIG_FILE"');
    expect(Object.keys(parse(clouds).clouds)).toHaveLength(4);
    const [folder, ...conf] = (
      await evaluated(['--suite', 'tempest'], 'echo "$TEMPEST_CONFIG_DIR"; cat "$TEMPEST_CONFIG_DIR/$TEMPEST_CONFIG"')
    ).split('\n');
    expect(folder?.startsWith(scratch)).toBe(true);
    expect(optionsOf(conf.join('\n'))['auth']?.['test_accounts_file']).toBe(`${folder}/accounts.yaml`);
  });

  test('writes the files into the folder of --output', async () => {
    const folder = join(scratch, 'new', 'tempest');
    const { stdout } = await run(['env', ...WORLD, '--suite', 'tempest', '--output', folder]);
    expect(stdout).toBe(`export TEMPEST_CONFIG_DIR=${folder}\nexport TEMPEST_CONFIG=tempest.conf\n`);
    const conf = optionsOf(readFileSync(join(folder, 'tempest.conf'), 'utf8'));
    expect(conf['auth']?.['test_accounts_file']).toBe(join(folder, 'accounts.yaml'));
    expect(readFileSync(join(folder, 'accounts.yaml'), 'utf8')).toContain('username: "alt_demo"');
  });

  test.each([
    ['an unknown suite', ['--suite', 'openstack'], 'Allowed choices are openstacksdk'],
    ['a suite by login', ['--suite', 'fog', '--by-login'], '--by-login cannot be combined with --suite'],
    ['clouds.yaml of a suite that reads none', ['--suite', 'fog', '--format', 'clouds'], 'reads no clouds.yaml'],
    ['an unknown user', ['--suite', 'fog', '--user', 'dmo'], 'they have admin, demo'],
  ])('rejects %s', async (_title, flags, message) => {
    const { code, stderr } = await run(['env', ...WORLD, ...flags]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

test('a world with the fixtures for suites has what suites look for', async () => {
  const { url } = await serve();
  const created = await run(['worlds', 'create', 'sdk', '--url', url, '--fixtures', 'suites']);
  expect(created).toMatchObject({ code: 0, stderr: '' });
  const { settings, addresses } = JSON.parse(created.stdout);
  expect(settings.openstack.OS_USERNAME).toBe('admin');
  const domain = { id: 'default' };
  const user = { name: 'alt_demo', password: 'secret', domain };
  const login = await fetch(`${addresses.identity}/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      auth: {
        identity: { methods: ['password'], password: { user } },
        scope: { project: { name: 'alt_demo', domain } },
      },
    }),
  });
  const headers = { 'X-Auth-Token': login.headers.get('x-subject-token') ?? '' };
  const roles = ((await login.json()) as { token: { roles: { name: string }[] } }).token.roles.map(({ name }) => name);
  expect(roles.sort()).toEqual(['anotherrole', 'member', 'reader']);
  const list = await fetch(`${addresses['image-v2']}/v2/images?sort=name:asc`, { headers });
  const { images } = (await list.json()) as { images: { name: string; status: string }[] };
  expect(images.map(({ name, status }) => [name, status])).toEqual([
    ['cirros-0.6.2-x86_64-disk', 'active'],
    ['cirros-0.6.2-x86_64-uec', 'active'],
  ]);
});

test('without --fixtures, the world of a suite must exist on the server, with the user', async () => {
  const { url } = await serve();
  const suite = (world: string, ...flags: string[]) =>
    run(['env', '--suite', 'gophercloud', '--url', url, '--world', world, ...flags]);
  expect(await suite('nope')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('World "nope"') });
  await run(['worlds', 'create', 'sdk', '--url', url, '--fixtures', 'suites']);
  expect((await suite('sdk')).stdout).toContain(`OS_AUTH_URL=${url}/w/sdk/identity/v3`);
  expect((await suite('sdk', '--user', 'dmo')).stderr).toContain(
    'User "dmo" does not exist in this world; did you mean',
  );
  const unreachable = await run(['env', '--suite', 'fog', '--url', 'http://127.0.0.1:1']);
  expect(unreachable).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot reach http://127.0.0.1:1') });
});
