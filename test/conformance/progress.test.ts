import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { IMS_CODES } from '../../src/dialects/ims/error-codes.ts';
import { JOB_TYPES } from '../../src/dialects/ims/jobs/job-types.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { TASK_CODES } from '../../src/dialects/rackspace-images/tasks/failure-codes.ts';
import { checkFiles } from '../../src/library/check-files.ts';
import { type StartedEmulator, startEmulator } from '../support/emulator.ts';
import { filesOf } from '../support/files.ts';
import { type Begin, type Begun, type Seen, WAYS } from './progress/task-starters.ts';
import { type Client, clientOf } from './support.ts';

/** Ten seconds before midnight, when images are made by schedule. */
const LATE = Date.UTC(2026, 10, 20, 23, 59, 50);

let source: Server;
let address: string;
beforeAll(async () => {
  source = createServer((_request, response) => void response.end('from elsewhere'));
  await new Promise<void>((resolve) => {
    source.listen(0, '127.0.0.1', resolve);
  });
  address = `http://127.0.0.1:${(source.address() as AddressInfo).port}/disk`;
});
afterAll(async () => {
  source.closeAllConnections();
  await new Promise((resolve) => {
    source.close(resolve);
  });
});

let emulator: StartedEmulator;
let client: Client;
beforeEach(async () => {
  emulator = await startEmulator({ frozenAt: LATE });
  client = await clientOf(emulator);
});
afterEach(() => emulator.close());

const contracts = DIALECTS.map(({ contract }) => contract);
const tasksOf = (api: string) => contracts.find(({ name }) => name === api)?.tasks;
const progress = (value: object): Promise<unknown> => client.admin('put', '/configuration', { progress: value });

/** Each way to begin each type of task, and what the contract says of that type. */
const ALL = Object.entries(WAYS).flatMap(([task, ways]) => {
  const [api = '', type = ''] = task.split(' ');
  const kind = tasksOf(api)?.types[type] as string;
  const [code] = Object.keys(tasksOf(api)?.codes ?? {});
  return Object.entries(ways).map(([way, begin]) => ({
    name: `${api} ${type} by ${way}`,
    api,
    type,
    kind,
    code,
    begin,
  }));
});

test('there is a way to begin every type of task of every API', () => {
  const types = contracts.flatMap(({ name, tasks }) =>
    Object.keys(tasks?.types ?? {}).map((type) => `${name} ${type}`),
  );
  const parts = (type: string): boolean => type.startsWith('ims ims') && !Object.hasOwn(JOB_TYPES, type.slice(4));
  expect(Object.keys(WAYS).toSorted()).toEqual(types.filter((type) => !parts(type)).toSorted());
});

/** Moves the newest task of the kind, as whoever has the admin API. */
async function move(kind: string): Promise<void> {
  const { tasks } = await client.admin('get', '/tasks');
  const whole = tasks.find(
    (task: { kind: string; partOf: string | null }) => task.kind === kind && task.partOf === null,
  );
  await client.admin('post', `/tasks/${whole.id}/advance`);
}

/** Looks so many times, and finds the same each time. */
async function looks({ look }: Begun, times: number): Promise<Seen | readonly Seen[]> {
  const seen: Seen[] = [];
  for (let time = 0; time < times; time += 1) seen.push(await look());
  return seen.every((each) => each === seen[0]) ? (seen[0] as Seen) : seen;
}

/** Paces, and how each takes what has begun from its beginning to its end. */
const PACES: Readonly<
  Record<string, { readonly written: object; run(begun: Begun, kind: string, end: Seen): Promise<void> }>
> = {
  once: {
    written: { by: 'once' },
    run: async (begun, _kind, end) => expect(await looks(begun, 2)).toBe(end),
  },
  polls: {
    written: { by: 'polls', polls: 3 },
    run: async (begun, _kind, end) => {
      expect(await looks(begun, 3)).toBe('going');
      expect(await looks(begun, 2)).toBe(end);
    },
  },
  clock: {
    written: { by: 'clock', seconds: 30 },
    run: async (begun, _kind, end) => {
      expect(await looks(begun, 3)).toBe('going');
      await client.admin('put', '/clock', { advance: 29 });
      expect(await looks(begun, 2)).toBe('going');
      await client.admin('put', '/clock', { advance: 1 });
      expect(await looks(begun, 2)).toBe(end);
    },
  },
  hand: {
    written: { by: 'hand' },
    run: async (begun, kind, end) => {
      expect(await looks(begun, 4)).toBe('going');
      await move(kind);
      expect(await looks(begun, 4)).toBe('going');
      await move(kind);
      expect(await looks(begun, 2)).toBe(end);
    },
  },
};

describe.each(Object.entries(PACES))('By %s', (_name, { written, run }) => {
  test.each(ALL)('$name succeeds', async ({ kind, begin }) => {
    await progress({ [kind]: written });
    await run(await begin(client, address), kind, 'done');
  });

  test.each(ALL)('$name fails, and its API says how', async ({ kind, code, begin }) => {
    await progress({ [kind]: { ...written, fail: { ...(code !== undefined && { code }), message: 'Out of paper' } } });
    const begun = await begin(client, address);
    await run(begun, kind, 'failed');
    if (begun.said !== undefined) expect(await begun.said()).toContain('Out of paper');
  });
});

/** A way to begin a task: the one of that name, or the first. */
function wayOf(task: string, way?: string): Begin {
  const ways = WAYS[task] ?? {};
  return (way === undefined ? Object.values(ways)[0] : ways[way]) as Begin;
}

describe('Half-way', () => {
  test.each(ALL)('$name fails, by the clock and by polls', async ({ kind, begin }) => {
    await progress({ [kind]: { by: 'clock', seconds: 60, fail: { at: 50 } } });
    const slow = await begin(client, address);
    await client.admin('put', '/clock', { advance: 29 });
    expect(await looks(slow, 2)).toBe('going');
    await client.admin('put', '/clock', { advance: 1 });
    expect(await looks(slow, 2)).toBe('failed');
    await client.admin('post', '/reset');
    client = await clientOf(emulator);
    await progress({ [kind]: { by: 'polls', polls: 4, fail: { at: 50 } } });
    const looked = await begin(client, address);
    expect(await looks(looked, 2)).toBe('going');
    expect(await looks(looked, 2)).toBe('failed');
  });

  test('a job tells how far it came', async () => {
    const percent = async (id: string): Promise<number> =>
      (await client.send('ims.showJobProgress', { job_id: id })).body.entities.process_percent;
    const copy = async (name: string): Promise<string> =>
      (await client.send('ims.copyImage').send({ name })).body.job_id;
    await progress({ copy: { by: 'clock', seconds: 100, fail: { at: 75 } } });
    const failing = await copy('one');
    expect(await percent(failing)).toBe(0);
    await client.admin('put', '/clock', { advance: 50 });
    expect(await percent(failing)).toBe(0.5);
    await client.admin('put', '/clock', { advance: 500 });
    expect(await percent(failing)).toBe(0.75);
    await progress({ copy: { by: 'polls', polls: 3 } });
    const going = await copy('two');
    expect([await percent(going), await percent(going), await percent(going), await percent(going)]).toEqual([
      0.25, 0.5, 0.75, 1,
    ]);
  });
});

describe('With each code of its API', () => {
  const CODES = [
    ...Object.keys(TASK_CODES).map((code) => [code, 'rackspace-images import', 'import'] as const),
    ...Object.keys(IMS_CODES).map((code) => [code, 'ims imsCopyImageInRegionJob', 'copy'] as const),
  ];
  test.each(CODES)('%s, %s fails and tells what that means', async (code, task, kind) => {
    await progress({ [kind]: { by: 'once', fail: { code } } });
    const begun = await wayOf(task)(client, address);
    expect(await begun.look()).toBe('failed');
    const meaning = tasksOf(task.split(' ')[0] as string)?.codes?.[code] as string;
    const said = await begun.said?.();
    expect(said).toContain(code);
    expect(said).toContain(meaning);
  });
});

describe('A rule', () => {
  const BY_HAND = { by: 'hand' };
  test.each([
    ['the kind', { kind: 'import' }, { kind: 'export' }],
    ['the API', { api: 'rackspace-*' }, { api: 'ims' }],
    ['the type', { type: 'im*' }, { type: 'imsImport*' }],
    ['the name of the image', { image: 'ma?e' }, { image: 'other' }],
    ['the name of the project', { project: 'demo' }, { project: 'admin' }],
    ['the user', { user: 'demo' }, { user: 'demo2' }],
    ['all of these', { kind: 'import', image: 'm*', project: 'd*' }, { kind: 'import', image: 'm*', project: 'a*' }],
  ])('is for tasks that fit %s', async (_what, fitting, other) => {
    const begin = wayOf('rackspace-images import');
    await progress({ rules: [{ match: other, ...BY_HAND, fail: true }], import: { by: 'once' } });
    expect(await (await begin(client, address)).look()).toBe('done');
    await progress({ rules: [{ match: fitting, ...BY_HAND }], import: { by: 'once' } });
    expect(await (await begin(client, address)).look()).toBe('going');
  });

  test('is for one image by its id, and for one project by its', async () => {
    const imageId = client.imageId('demo-private');
    const begin = wayOf('rackspace-images export');
    await progress({ rules: [{ match: { image: imageId, project: client.projectId }, ...BY_HAND }] });
    expect(await (await begin(client, address)).look()).toBe('going');
  });

  test('is for what a schedule of a project begins, too, by the names of project and user', async () => {
    await progress({
      rules: [{ match: { kind: 'snapshot', project: 'demo', user: 'demo', image: 'daily-*' }, ...BY_HAND }],
    });
    expect(await (await wayOf('rackspace-servers scheduled-image')(client, address)).look()).toBe('going');
  });

  test('that comes first is taken, and goes when it was for so many tasks', async () => {
    const rules = [
      { match: { kind: 'copy', image: 'copy-*' }, by: 'once', fail: { code: 'IMG.0014' }, times: 2 },
      { match: { kind: 'copy' }, by: 'polls', polls: 1 },
    ];
    await progress({ rules, copy: { by: 'hand' } });
    const statusOf = async (name: string): Promise<string> => {
      const { job_id } = (await client.send('ims.copyImage').send({ name })).body;
      return (await client.send('ims.showJob', { job_id })).body.status;
    };
    const left = async () => (await client.admin('get', '/configuration')).progress.rules;
    expect(await statusOf('another')).toBe('RUNNING');
    expect(await left()).toEqual(rules);
    expect(await statusOf('copy-1')).toBe('FAIL');
    expect(await left()).toEqual([{ ...rules[0], times: 1 }, rules[1]]);
    expect(await statusOf('copy-2')).toBe('FAIL');
    expect(await left()).toEqual([rules[1]]);
    expect(await statusOf('copy-3')).toBe('RUNNING');
  });

  test('for the type of a part makes that part fail, and with it the job', async () => {
    await progress({ rules: [{ match: { type: 'imsImportDataImageJob' }, by: 'once', fail: { code: 'IMG.0057' } }] });
    const begun = await wayOf('ims imsImportImageJob', 'a file and its data disk')(client, address);
    expect(await begun.look()).toBe('failed');
    const { images } = client.emulator.worlds.default.images.list({ audience: { kind: 'everyone' }, limit: 1000 });
    const statuses = images
      .filter(({ name }) => name === 'made' || name === 'data')
      .map(({ name, status }) => [name, status]);
    expect(Object.fromEntries(statuses)).toEqual({ made: 'active', data: 'killed' });
  });
});

test('the examples of the guide are taken as they stand', () => {
  const page = readFileSync(new URL('../../docs/progress.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const path = filesOf({ 'slow-cloud.yaml': example })('slow-cloud.yaml');
  expect(checkFiles({ fixtures: ['default', path] }).images).toBeGreaterThan(1);
  const [, scenario = ''] = /```yaml\n(scenario:[\s\S]*?)```/.exec(page) ?? [];
  const scenarios = [filesOf({ 'half-way.yaml': scenario })('half-way.yaml')];
  expect(checkFiles({ scenarios }).scenarios).toMatchObject([{ name: 'import-fails-half-way', rules: 1 }]);
  const misnamed = filesOf({ 'slow-cloud.yaml': example.replace('project: alt_demo', 'project: alt-demo') });
  expect(() => checkFiles({ fixtures: ['default', misnamed('slow-cloud.yaml')] })).toThrow(
    '/progress/rules/3/match/project: there is no project "alt-demo"; did you mean "alt_demo"?',
  );
  const wrong = filesOf({ 'slow-cloud.yaml': example.replace('"721"', 'IMG.0014') })('slow-cloud.yaml');
  expect(() => checkFiles({ fixtures: ['default', wrong] })).toThrow(
    '/progress/rules/1/fail/code: no such task fails with the code "IMG.0014"; found "IMG.0014"; allowed: 111, 396, 413',
  );
});

test('an import that begins before its data is staged fails, and the image waits for other data', async () => {
  await progress({ stage: { by: 'hand' } });
  const begun = await wayOf('image-v2 api_image_import', 'glance-direct')(client, address);
  expect(await begun.look()).toBe('failed');
  await move('stage');
  await move('stage');
  expect(await begun.look()).toBe('failed');
});

test('uploads and staging wait only where they are named', async () => {
  await progress({ '*': { by: 'hand' } });
  for (const task of ['image-v2 upload', 'image-v2 stage', 'ims upload']) {
    expect(await (await wayOf(task)(client, address)).look()).toBe('done');
  }
});
