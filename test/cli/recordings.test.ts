import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Sideglance, startSideglance, type WorldControl } from '../../src/index.ts';
import { CLI } from '../support/build.ts';
import { run, serveProcess, startCli } from '../support/cli.ts';
import { login } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';
import { isRunning } from '../support/processes.ts';

const shell = promisify(execFile);
const page = readFileSync(fileURLToPath(new URL('../../docs/recordings.md', import.meta.url)), 'utf8');
const IMAGES = '/image/v2/images';

const CREATE = `POST ${IMAGES} {"name":"mine"}`;
const LIST = `GET ${IMAGES}?name=mine`;

/** A client as a command: logs in and sends requests, given as `METHOD PATH [BODY]`, one after the other on one connection. */
const CLIENT = `
import { Agent, request } from 'node:http';
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const send = (method, url, headers, body) =>
  new Promise((resolve, reject) => {
    const options = { method, agent, headers: { ...headers, 'User-Agent': 'client/1', 'Content-Type': 'application/json' } };
    const sent = request(url, options, (response) => response.resume().on('end', () => resolve(response)));
    sent.on('error', reject).end(body);
  });
const url = process.env.OS_AUTH_URL;
const domain = { id: 'default' };
const identity = { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } };
const auth = { identity, scope: { project: { name: 'demo', domain } } };
const logged = await send('POST', url + '/auth/tokens', {}, JSON.stringify({ auth }));
const token = { 'X-Auth-Token': logged.headers['x-subject-token'] };
for (const line of process.argv.slice(2)) {
  const [method, path, body] = line.split(' ');
  console.log((await send(method, url.replace('/identity/v3', '') + path, token, body)).statusCode);
}
agent.destroy();
`;

let cloud: Sideglance;
let world: WorldControl;
let file: string;
let program: string;
beforeAll(async () => {
  cloud = await startSideglance({ port: 0 });
  world = cloud.worlds.create({ name: 't17', label: 'a test' });
  program = filesOf({ 'client.mjs': CLIENT })('client.mjs');
  file = filesOf({})('recording.json');
  const rule = { match: { operation: 'image-v2.createImage' }, phase: 'after', undocumented: true } as const;
  world.faults.arm({ ...rule, fault: { answer: 503, retryAfter: 2 } });
  const env = { ...process.env, OS_AUTH_URL: world.settings().openstack['OS_AUTH_URL'] };
  await shell(process.execPath, [program, CREATE, CREATE, LIST], { env });
  world.writeRecording(file, { kind: 'test', name: 'creates an image', verdict: 'fail', error: 'found 2' });
});
afterAll(() => cloud.close());

/** The command of a client that sends these requests. */
const client = (...lines: readonly string[]): readonly string[] => ['--', process.execPath, program, ...lines];

describe('show', () => {
  test('prints what was recorded, and the timeline with faults, waits, findings, actions and changes', async () => {
    const { stdout, code } = await run(['show', file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^test {6}creates an image\nverdict {3}fail\nerror {5}found 2\n/);
    expect(stdout).toMatch(
      /^ {3}1 .* 201 .* identity\.authPasswordScoped +POST \/w\/t17\/identity\/v3\/auth\/tokens$/m,
    );
    expect(stdout).toMatch(/^ +admin: armFault \{"match":/m);
    expect(stdout).toMatch(
      /^ {3}2 .*\+0\.\d{3} .* 503 .* POST .*\n +answer by fault-1, rule 0, effect: after; Retry-After: 2$/m,
    );
    expect(stdout).toMatch(/^ {3}3 .*\n +waited 0\.\d{3} s after request 2, which asked for 2\.000 s$/m);
    expect(stdout).toMatch(/^ +\w+ retry-after-seconds-ignored: /m);
    expect(stdout.match(/^ +image [0-9a-f-]{36} \(mine\): queued$/gm)).toHaveLength(2);
  });

  test('prints selected requests, and the latest of them', async () => {
    const ids = async (...flags: readonly string[]): Promise<readonly string[]> =>
      [...(await run(['show', file, ...flags])).stdout.matchAll(/^ +(\d+) {2}\d\d:/gm)].map(([, id]) => id as string);
    expect(await ids('--operation', 'image-v2.createImage')).toEqual(['2', '3']);
    expect(await ids('--operation', 'image-v2.createImage', '--limit', '1')).toEqual(['3']);
    expect(await ids('--status', '503')).toEqual(['2']);
    expect(await ids('--method', 'get')).toEqual(['4']);
    expect(await ids('--scenario', 'fault-1')).toEqual(['2']);
    expect(await ids('--attempt', '2')).toEqual(['3']);
    expect(await ids('--until', '2020-01-01T00:00:00Z')).toEqual([]);
    expect((await run(['show', file, '--status', '418'])).stdout).toContain('No request matches.');
  });

  test('prints JSON and HAR', async () => {
    const { stdout } = await run(['show', file, '--json']);
    const shown = JSON.parse(stdout) as { readonly timeline: readonly { readonly kind: string }[] };
    expect(shown).toMatchObject({ about: { name: 'creates an image' }, recorded: 4 });
    expect(shown.timeline.filter(({ kind }) => kind === 'request')).toHaveLength(4);
    expect(shown.timeline).toContainEqual(
      expect.objectContaining({ wait: expect.objectContaining({ after: 2, wanted: 2000 }) }),
    );
    const har = async (...flags: string[]): Promise<unknown> =>
      JSON.parse((await run(['show', file, '--har', ...flags])).stdout);
    expect(await har()).toEqual(world.requests.har());
    expect(await har('--attempt', '2')).toMatchObject({ log: { entries: [{ _id: 3 }] } });
  });

  test('uses colors when they are asked for, and never with NO_COLOR', async () => {
    const colors = (env: NodeJS.ProcessEnv): Promise<boolean> =>
      run(['show', file], { env }).then(({ stdout }) => stdout.includes('\u001b['));
    expect(await colors({ FORCE_COLOR: '1', NO_COLOR: '' })).toBe(true);
    expect(await colors({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(await colors({ FORCE_COLOR: '', NO_COLOR: '' })).toBe(false);
  });

  test('ends without an error when the reader closes the pipe', async () => {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const request = lines.at(-3) as string;
    const long = filesOf({})('long.json');
    const many = Array.from({ length: 5000 }, () => request).join(',\n');
    writeFileSync(long, [...lines.slice(0, -3), `${many}`, '],', '"digest":"edited"}\n'].join('\n'));
    const script = `node "$CLI" show "$FILE" | head -n 3; node "$CLI" show "$FILE" --json > /dev/null; echo done`;
    const { stdout, stderr } = await shell('sh', ['-c', script], { env: { ...process.env, CLI, FILE: long } });
    expect(stdout.split('\n')).toHaveLength(5);
    expect(stderr).toBe('');
  });

  test('rejects a changed recording, as replay does, and says of one that it was edited on purpose', async () => {
    const changed = filesOf({})('changed.json');
    const text = readFileSync(file, 'utf8').replace('"status":503', '"status":500');
    writeFileSync(changed, text);
    for (const command of ['show', 'replay']) {
      const { code, stderr } = await run([command, changed]);
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/line \d+, \/digest: is not the digest of the content/),
      ]);
    }
    writeFileSync(changed, text.replace(/"digest":".*"/, '"digest":"edited"'));
    expect((await run(['show', changed])).stdout).toContain('\ncontent   edited after it was written\n');
    expect(JSON.parse((await run(['show', '--json', changed])).stdout).integrity).toBe('edited');
  });

  test.each([
    [['show', '/nowhere.json'], /\/nowhere\.json:\n {2}\(document\): file not found/],
    [['show', '/tmp'], /\/tmp:\n {2}\(document\): is not a regular file; allowed: a recording\n$/],
    [['show', '--json', '--har', 'x.json'], /cannot be used with/],
    [['replay', '/nowhere.json'], /file not found/],
    [['replay', '/nowhere.json', '--', ''], /the command has no program; allowed: a program and its arguments/],
  ])('rejects bad input: %j', async (args, message) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('replay', () => {
  test('runs a client that sends the same requests, and exits with 0', async () => {
    const { code, stdout } = await run(['replay', file, '--fast', ...client(CREATE, CREATE, LIST)]);
    expect(stdout).toMatch(/^Sideglance \S+ replays creates an image on http:\/\/127\.0\.0\.1:\d+ \(port \d+\)\n/);
    expect(stdout).toMatch(/\n503\n201\n200\nsame: 4 of 4 recorded requests came\.\n$/);
    expect(code).toBe(0);
  });

  test('says at which request a client departs, and exits with 4', async () => {
    const { code, stdout } = await run(['replay', file, '--fast', ...client(CREATE, LIST)]);
    expect(stdout).toContain(`The client departs at request 3: GET /w/t17${IMAGES}?name=mine `);
    expect(stdout).toMatch(
      /\n {2}expected request 3: POST \/w\/t17\/image\/v2\/images\n(?: {2}.*\n)* {2}method: expected POST, found GET\n/,
    );
    expect(stdout).toMatch(/\ndeparted: 2 of 4 recorded requests came\.\n$/);
    expect(code).toBe(4);
  });

  test('stops the client at its departure when it is strict', async () => {
    const { code, stdout } = await run(['replay', file, '--fast', '--strict', ...client(LIST, CREATE)]);
    expect(stdout).not.toMatch(/^\d{3}$/m);
    expect(code).toBe(4);
  });

  test('lists missing requests, and may ignore fields', async () => {
    const other = `POST ${IMAGES} {"name":"yours"}`;
    const { code, stdout } = await run(['replay', file, '--fast', '--ignore', 'body /name', ...client(other)]);
    expect(stdout).toMatch(/\n {2}missing: request 3, POST .*\n {2}missing: request 4, GET .*\nmissing: 2 of 4/);
    expect(code).toBe(4);
  });

  test('responds until it is stopped', async () => {
    const command = startCli(['replay', file, '--fast']);
    const url = await new Promise<string>((resolve) => {
      command.onOutput(() => resolve(/on (http:\S+)/.exec(command.output())?.[1] ?? ''));
    });
    await login(url, { world: 't17' });
    command.stop();
    expect(await command.finished).toMatchObject({ code: 4, stdout: expect.stringMatching(/missing: 1 of 4/) });
  });

  test('ends with the command, whatever it leaves in the background', async () => {
    const pids = filesOf({})('pids');
    const daemon = `setsid sh -c 'echo $$ >> ${pids}; exec sleep 1000' & until [ -s ${pids} ]; do sleep 0.1; done`;
    const script = `${daemon}; sleep 1000 & echo $! >> ${pids}; printf over`;
    const { code, stdout } = await run(['replay', file, '--', 'sh', '-c', script]);
    expect([code, stdout]).toEqual([
      4,
      expect.stringMatching(/\nover\n.*\nmissing: 0 of 4 recorded requests came\.\n$/s),
    ]);
    const [left, child] = readFileSync(pids, 'utf8').trim().split('\n').map(Number) as [number, number];
    expect([isRunning(left), isRunning(child)]).toEqual([true, false]);
    process.kill(left);
  });

  test('fails for a command that cannot be run', async () => {
    const { code, stderr } = await run(['replay', file, '--', '/no/such/program']);
    expect(stderr).toMatch(/cannot run \/no\/such\/program/);
    expect(code).toBe(1);
  });
});

test('the commands in docs/recordings.md work', async () => {
  const server = await serveProcess();
  const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block as string);
  expect(blocks.length).toBeGreaterThan(2);
  const script = `set -e\nsideglance() { node "$CLI" "$@"; }\n${blocks.join('\n').replaceAll('localhost:9292', new URL(server.url).host)}`;
  const cwd = filesOf({})();
  const { stdout } = await shell('sh', ['-c', script], { cwd, env: { ...process.env, CLI } });
  expect(stdout).toContain('same: 1 of 1 recorded requests came.');
  expect(JSON.parse(readFileSync(`${cwd}/requests.har`, 'utf8'))).toHaveProperty('log.version', '1.2');
});

test('docs/recordings.md describes every flag of replay', async () => {
  const { stdout } = await run(['replay', '--help']);
  const flags = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag as string);
  expect(flags.length).toBeGreaterThan(5);
  for (const flag of flags) expect(page).toContain(`\`${flag}`);
});

test('a replay of a recording without requests says that nothing was compared', async () => {
  const empty = filesOf({})('empty.json');
  cloud.worlds.create({ name: 'untouched' }).writeRecording(empty, { kind: 'test', name: 'nothing', verdict: 'pass' });
  const { stdout, code } = await run(['replay', empty, '--', process.execPath, '-e', '0']);
  expect(stdout).toMatch(/^empty: the recording has no requests, so nothing was compared\.$/m);
  expect(code).toBe(5);
});
