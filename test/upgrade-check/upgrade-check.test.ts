import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { InputError, UPGRADE_VERDICTS, type UpgradeReport, upgradeCheck } from '../../src/index.ts';
import { openRecording } from '../../src/recording/read-recording.ts';
import { run } from '../support/cli.ts';
import { filesOf } from '../support/files.ts';

/** A client in JavaScript: `get(path)` sends a request to its world, and `logIn()` returns a token. */
const PRELUDE = `
const root = process.env.SIDEGLANCE_URL + '/w/' + process.env.SIDEGLANCE_WORLD;
const get = (path, token) => fetch(root + path, { headers: token ? { 'X-Auth-Token': token } : {} });
const logIn = async () => (await fetch(process.env.OS_AUTH_URL + '/auth/tokens', {
  method: 'POST', headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ auth: { identity: { methods: ['password'],
    password: { user: { name: 'demo', domain: { id: 'default' }, password: 'secret' } } },
    scope: { project: { name: 'demo', domain: { id: 'default' } } } } }),
})).headers.get('x-subject-token');
`;

const client = (script: string): readonly string[] => [
  process.execPath,
  '--input-type=module',
  '-e',
  `${PRELUDE}\n${script}`,
];

const check = (script: string): Promise<UpgradeReport> =>
  upgradeCheck({ command: client(script), from: 'zed', to: '2026.2' });

test('a client that meets no change gets the same', async () => {
  const report = await check(`await get('/image/v2/images/${'0'.repeat(36)}', await logIn())`);
  expect(report).toMatchObject({ verdict: 'same', requests: [], from: { release: 'zed', requests: 2, exitCode: 0 } });
});

test('a response that differs is listed with both sides, and the client survives it', async () => {
  const report = await check(`await (await get('/image/versions')).text()`);
  expect(report.verdict).toBe('survives');
  expect(report.requests).toMatchObject([
    {
      operation: 'image-v2.listVersionsExplicit',
      method: 'GET',
      url: '/image/versions',
      from: { entry: 1, status: 200 },
      to: { entry: 1, status: 200 },
    },
  ]);
  expect(report.requests[0]?.differences[0]).toEqual({ field: 'body /versions/0/id', from: '"v2.16"', to: '"v2.18"' });
});

test('an operation that is new is listed with what is known about it', async () => {
  const report = await check(`await get('/image/v2/images/${'0'.repeat(36)}/locations', await logIn())`);
  expect(report.requests).toMatchObject([
    {
      operation: 'image-v2.listImageLocations',
      changes: [{ since: '2025.1', before: 'no such operation', after: 'there is one' }],
    },
  ]);
});

test('a client that fails in the newer release breaks', async () => {
  const report = await check(`
    const { versions } = await (await get('/image/versions')).json();
    if (versions[0].id !== 'v2.16') { console.error('unknown version'); process.exit(3); }`);
  expect(report).toMatchObject({
    verdict: 'breaks',
    reason: 'in the newer release, it exits with 3',
    to: { exitCode: 3, stderr: 'unknown version' },
  });
});

test('a client that sends other requests in the newer release has them listed', async () => {
  const report = await check(`
    const { versions } = await (await get('/image/versions')).json();
    await get(versions[0].id === 'v2.16' ? '/image/v2/schemas/image' : '/image/v2/schemas/images', await logIn());`);
  expect(report.requests.filter(({ from, to }) => from === null || to === null)).toMatchObject([
    { url: '/image/v2/schemas/image', to: null },
    { url: '/image/v2/schemas/images', from: null },
  ]);
});

test('a client that writes something else, or leaves another image, differs', async () => {
  const output = await check(`console.log((await (await get('/image/versions')).json()).versions[0].id)`);
  expect(output).toMatchObject({ verdict: 'differs', reason: 'it writes something else to standard output' });
  const image = await check(`
    const { versions } = await (await get('/image/versions')).json();
    await fetch(root + '/image/v2/images', { method: 'POST', body: JSON.stringify({ name: versions[0].id }),
      headers: { 'X-Auth-Token': await logIn(), 'Content-Type': 'application/json' } });`);
  expect(image).toMatchObject({ verdict: 'differs', reason: 'it leaves other images' });
});

test('what already differs in the older release is not compared, and said in a note', async () => {
  const report = await check(`await get('/image/v2/images?name=' + Math.random()); await get('/image/v2/images')`);
  expect(report.requests).toEqual([]);
  expect(report.notes).toContainEqual(expect.stringContaining('only one of two runs in the older release sends'));
});

test('a client that fails in the older release says nothing', async () => {
  const report = await check('process.exit(1)');
  expect(report).toMatchObject({ verdict: 'inconclusive', reason: 'in the older release, it exits with 1' });
});

test.each([
  ['zed', 'zed'],
  ['2026.2', 'zed'],
] as const)('releases that do not follow each other are rejected: %s, %s', async (from, to) => {
  const rejected = upgradeCheck({ command: ['true'], from, to });
  await expect(rejected).rejects.toThrow(InputError);
  await expect(rejected).rejects.toThrow(/\/to: must be later than/);
});

test('the command prints the report, writes its files, and exits with 4 for a client that breaks', async () => {
  const path = filesOf({});
  const script = `if ((await (await get('/image/versions')).json()).versions[0].id !== 'v2.16') process.exit(1)`;
  const { stdout, stderr, code } = await run([
    'upgrade-check',
    ...['--json', path('report.json'), '--recordings', path('recordings'), '--', ...client(script)],
  ]);
  expect(stdout).toContain('zed: 200 (request 1); 2026.2: 200 (request 1)');
  expect(stderr).toContain('zed -> 2026.2: breaks: in the newer release, it exits with 1');
  expect(code).toBe(4);
  expect(JSON.parse(readFileSync(path('report.json'), 'utf8'))).toMatchObject({ verdict: 'breaks' });
  for (const name of ['from', 'to']) {
    const recording = openRecording(path(`recordings/${name}.json`));
    expect(recording.size).toBe(1);
    recording.close();
  }
});

test('--strict also fails for a client that survives, and an unusable client exits with 5', async () => {
  const survives = client(`await (await get('/image/versions')).text()`);
  expect((await run(['upgrade-check', '--', ...survives])).code).toBe(0);
  expect((await run(['upgrade-check', '--strict', '--', ...survives])).code).toBe(4);
  expect((await run(['upgrade-check', '--', ...client('process.exit(1)')])).code).toBe(5);
});

test('docs/upgrade-check.md describes every verdict and every flag', async () => {
  const page = readFileSync(new URL('../../docs/upgrade-check.md', import.meta.url), 'utf8');
  for (const verdict of UPGRADE_VERDICTS) expect(page).toContain(`\`${verdict}\``);
  const { stdout } = await run(['upgrade-check', '--help']);
  const flags = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag as string);
  expect(flags.length).toBeGreaterThan(7);
  for (const flag of flags) expect(page).toContain(`\`${flag}`);
});
