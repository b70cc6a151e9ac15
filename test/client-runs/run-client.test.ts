import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InputError, runClient, type Sideglance, startSideglance } from '../../src/index.ts';
import { filesOf } from '../support/files.ts';
import { isRunning } from '../support/processes.ts';

let cloud: Sideglance;
beforeEach(async () => {
  cloud = await startSideglance();
});
afterEach(() => cloud.close());

/** A client in JavaScript, which logs in first: `call(method, path, body)` returns the JSON of the response. */
const PRELUDE = `
const { OS_AUTH_URL, OS_USERNAME: name, OS_PASSWORD: password, OS_PROJECT_NAME } = process.env;
const root = OS_AUTH_URL.replace('/identity/v3', '');
const domain = { id: 'default' };
const log = await fetch(OS_AUTH_URL + '/auth/tokens', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ auth: {
  identity: { methods: ['password'], password: { user: { name, domain, password } } }, scope: { project: { name: OS_PROJECT_NAME, domain } } } }) });
await log.text();
const token = log.headers.get('x-subject-token');
const call = async (method, path, body) => {
  const response = await fetch(root + '/image/v2' + path, { method,
    headers: { 'X-Auth-Token': token, ...(body && { 'Content-Type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  return response.ok && text !== '' ? JSON.parse(text) : undefined;
};
`;

const node = (script: string): readonly string[] => [process.execPath, '--input-type=module', '-e', PRELUDE + script];
const sh = (script: string): readonly string[] => ['sh', '-c', script];

/** Resolves once a process is gone. */
async function untilGone(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a run reports exit code, output, requests and what became of the images', async () => {
  const kept = cloud.worlds.list().length;
  const run = await runClient(cloud, {
    timeout: 60_000,
    command: node(`
      const { id } = await call('POST', '/images', { name: 'mine' });
      const other = await call('POST', '/images', { name: 'passing' });
      await call('DELETE', '/images/' + other.id);
      const { images } = await call('GET', '/images?name=demo-private');
      await call('DELETE', '/images/' + images[0].id);
      console.log(id);
      console.error('done');
      process.exitCode = 3;`),
  });
  expect(run.end).toMatchObject({ kind: 'exited', exitCode: 3, signal: null, stderr: { text: 'done\n', bytes: 5 } });
  expect(run.entries.map(({ operation, status }) => [operation, status])).toEqual([
    ['identity.authPasswordScoped', 201],
    ['image-v2.createImage', 201],
    ['image-v2.createImage', 201],
    ['image-v2.deleteImage', 204],
    ['image-v2.listImages', 200],
    ['image-v2.deleteImage', 204],
  ]);
  expect(run.entries[1]?.response.body?.text).toContain('"mine"');
  expect(run.images.created.map(({ name, status }) => [name, status]).sort()).toEqual([
    ['mine', 'queued'],
    ['passing', 'deleted'],
  ]);
  expect(run.images.leftBehind.map(({ id }) => id)).toEqual([run.end.stdout.text.trim()]);
  expect(run.images.deleted.map(({ name, status }) => [name, status])).toEqual([['demo-private', 'active']]);
  expect(run.images.changed).toEqual([]);
  expect(run.droppedEntries).toBe(0);
  expect(run.conduct.clients).toEqual(['node']);
  expect(cloud.worlds.list()).toHaveLength(kept);
});

test('a run reports the rules that fired and how the client behaved', async () => {
  const run = await runClient(cloud, {
    timeout: 60_000,
    world: { label: 'overload', seed: 7 },
    prepare: ({ world }) => {
      world.faults.arm({
        match: { operation: 'image-v2.listImages' },
        undocumented: true,
        calls: { to: 1 },
        fault: { answer: 503, retryAfter: 60 },
      });
    },
    // On two connections at almost the same time, the requests would be those of a client that sends both in parallel.
    command: node(
      `await call('GET', '/images'); await new Promise((resolve) => setTimeout(resolve, 100)); await call('GET', '/images');`,
    ),
  });
  expect(run.fired).toEqual([{ scenario: 'fault-1', rule: 0, kind: 'answer', phase: 'before', entries: [2] }]);
  expect(run.conduct.findings.map(({ rule }) => rule)).toContain('retry-after-seconds-ignored');
  expect(run.entries.every(({ label }) => label === 'overload')).toBe(true);
  expect(run.seed).toBe('7');
});

test('changes of images that existed before are told apart from what prepare did', async () => {
  const run = await runClient(cloud, {
    timeout: 60_000,
    prepare: ({ world }) =>
      void world.images.place({ id: '11111111-1111-4111-8111-111111111111', name: 'placed', owner: 'demo' }),
    command: node(`
      await fetch(root + '/image/v2/images/11111111-1111-4111-8111-111111111111', { method: 'PATCH',
        headers: { 'X-Auth-Token': token, 'Content-Type': 'application/openstack-images-v2.1-json-patch' },
        body: JSON.stringify([{ op: 'replace', path: '/name', value: 'renamed' }]) }).then((response) => response.text());`),
  });
  expect(run.images.created).toEqual([]);
  const [change] = run.images.changed;
  expect([change?.before.name, change?.after.name]).toEqual(['placed', 'renamed']);
  expect(change?.members).toContain('name');
});

describe('the environment of the client', () => {
  test('is what "sideglance env" prints for its world and user, without settings of other clouds', async () => {
    process.env['OS_CLOUD'] = 'production';
    try {
      const run = await runClient(cloud, {
        timeout: 60_000,
        user: 'admin',
        env: ({ folder }) => ({ OWN: folder, HOME: undefined }),
        command: sh('env'),
      });
      const lines = run.end.stdout.text.split('\n');
      expect(lines).toEqual(
        expect.arrayContaining([
          `OS_AUTH_URL=${cloud.url}/w/${run.world}/identity/v3`,
          'OS_USERNAME=admin',
          `SIDEGLANCE_URL=${cloud.url}`,
          `SIDEGLANCE_WORLD=${run.world}`,
        ]),
      );
      expect(lines.filter((line) => /^(OS_CLOUD|HOME)=/.test(line))).toEqual([]);
      const folder = (name: string) => lines.find((line) => line.startsWith(`${name}=`))?.split('=')[1];
      expect(folder('OWN')).toBe(folder('SIDEGLANCE_FOLDER'));
    } finally {
      delete process.env['OS_CLOUD'];
    }
  });

  test('has a folder of its own, which inspect can read and which is gone afterwards', async () => {
    const run = await runClient(cloud, {
      timeout: 60_000,
      command: sh('echo result > "$SIDEGLANCE_FOLDER/output"'),
      inspect: ({ folder, world }, { end }) => ({
        folder,
        output: readFileSync(join(folder, 'output'), 'utf8'),
        code: end.exitCode,
        recorded: world.requests.list().recorded,
      }),
    });
    expect(run.inspected).toMatchObject({ output: 'result\n', code: 0, recorded: 0 });
    expect(existsSync(run.inspected.folder)).toBe(false);
  });

  test('names an unknown user, and leaves no world', async () => {
    const error = await runClient(cloud, { timeout: 60_000, command: sh('true'), user: 'nobody' }).catch((e) => e);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain('/user: is not known; found "nobody"; allowed: demo');
    expect(cloud.worlds.list().map(({ name }) => name)).toEqual(['default']);
  });
});

describe('the end of the command', () => {
  test('a program that does not exist is "not started"', async () => {
    const { end } = await runClient(cloud, { timeout: 60_000, command: ['no-such-program'] });
    expect(end).toMatchObject({ kind: 'not started', exitCode: null, signal: null });
    expect(end.error).toContain('ENOENT');
  });

  test('an empty command is rejected', async () => {
    const error = await runClient(cloud, { timeout: 60_000, command: [] }).catch((e) => e);
    expect(error).toBeInstanceOf(InputError);
  });

  test('a program that dies by a signal is "signalled"', async () => {
    const { end } = await runClient(cloud, { timeout: 60_000, command: sh('kill -SEGV $$') });
    expect(end).toMatchObject({ kind: 'signalled', exitCode: null, signal: 'SIGSEGV' });
  });

  test('at the deadline, the command and its children get SIGTERM, and SIGKILL when they ignore it', async () => {
    const pids = filesOf({ pids: '' })('pids');
    const script = `trap '' TERM; sleep 1000 & echo $! >> ${pids}; sh -c "trap '' TERM; echo \\$\\$ >> ${pids}; while :; do sleep 1000; done" & wait; wait; while :; do sleep 1000; done`;
    const { end } = await runClient(cloud, { timeout: 2000, grace: 50, command: sh(script) });
    expect(end).toMatchObject({ kind: 'timed out', exitCode: null, signal: 'SIGKILL' });
    const children = readFileSync(pids, 'utf8').trim().split('\n').map(Number);
    expect(children).toHaveLength(2);
    for (const pid of children) await untilGone(pid);
  });

  test('a command that ends at SIGTERM is "timed out" all the same', async () => {
    const { end } = await runClient(cloud, { timeout: 2000, command: sh("trap 'exit 5' TERM; sleep 1000 & wait") });
    expect(end).toMatchObject({ kind: 'timed out', exitCode: 5 });
  });

  test('children that outlive the command are killed', async () => {
    const { end } = await runClient(cloud, { timeout: 60_000, command: sh('sleep 1000 & echo $!') });
    expect(end).toMatchObject({ kind: 'exited', exitCode: 0 });
    await untilGone(Number(end.stdout.text));
  });

  test('a daemon that keeps the output open does not hold the run up', async () => {
    const pid = filesOf({ pid: '' })('pid');
    const daemon = `setsid sh -c 'echo $$ > ${pid}; exec sleep 1000'`;
    const run = await runClient(cloud, {
      timeout: 60_000,
      command: sh(`${daemon} & while [ ! -s ${pid} ]; do sleep 0.01; done`),
    });
    // It has left the group.
    const left = Number(readFileSync(pid, 'utf8'));
    expect(left).toBeGreaterThan(1);
    process.kill(left, 'SIGKILL');
    expect(run.end).toMatchObject({ kind: 'exited', exitCode: 0 });
  });

  test('an abort signal stops the command', async () => {
    const controller = new AbortController();
    const pid = filesOf({ pid: '' })('pid');
    const run = runClient(cloud, {
      timeout: 60_000,
      signal: controller.signal,
      command: sh(`echo $$ > ${pid}; exec sleep 1000`),
    });
    while (readFileSync(pid, 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    expect((await run).end).toMatchObject({ kind: 'aborted', signal: 'SIGTERM' });
    await untilGone(Number(readFileSync(pid, 'utf8')));
  });

  test('only the last 64 KiB of the output are kept, from the beginning of a character', async () => {
    const file = filesOf({ output: '' })('output');
    writeFileSync(file, `${'ä'.repeat(100_000)}x`);
    const { end } = await runClient(cloud, { timeout: 60_000, command: ['cat', file] });
    expect(end.stdout.bytes).toBe(200_001);
    expect(end.stdout.text).toBe(`${'ä'.repeat(32_767)}x`);
  });
});

test('a request that the client does not wait for is part of the run', async () => {
  const run = await runClient(cloud, {
    timeout: 60_000,
    prepare: ({ world }) =>
      void world.faults.arm({ match: { operation: 'image-v2.listImages' }, fault: { stall: true } }),
    command: node(`
      call('GET', '/images').catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 200));
      process.exit(0);`),
  });
  const last = run.entries.at(-1);
  expect([last?.operation, last?.outcome]).toEqual(['image-v2.listImages', 'faulty']);
  expect(run.fired.map(({ kind }) => kind)).toEqual(['stall']);
});
