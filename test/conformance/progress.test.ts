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
import { type Outcome, type StartedTask, type StartTask, TASK_STARTERS } from './progress/task-starters.ts';
import { type Client, clientOf } from './support.ts';

/** Ten seconds before midnight, when scheduled images are created. */
const BEFORE_MIDNIGHT = Date.UTC(2026, 10, 20, 23, 59, 50);

let source: Server;
let address: string;
beforeAll(async () => {
  source = createServer((_request, response) => void response.end('remote content'));
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
  emulator = await startEmulator({ frozenAt: BEFORE_MIDNIGHT });
  client = await clientOf(emulator);
});
afterEach(() => emulator.close());

const contracts = DIALECTS.map(({ contract }) => contract);
const tasksOf = (api: string) => contracts.find(({ name }) => name === api)?.tasks;
const configureProgress = (value: object): Promise<unknown> =>
  client.admin('put', '/configuration', { progress: value });

/** Every starter of every type of task, with the kind and the first error code that the contract lists for it. */
const STARTERS = Object.entries(TASK_STARTERS).flatMap(([task, starters]) => {
  const [api = '', type = ''] = task.split(' ');
  const kind = tasksOf(api)?.types[type] as string;
  const [code] = Object.keys(tasksOf(api)?.codes ?? {});
  return Object.entries(starters).map(([starterName, start]) => ({
    name: `${api} ${type} by ${starterName}`,
    api,
    type,
    kind,
    code,
    start,
  }));
});

test('Every type of task of every API has an entry in TASK_STARTERS (test/conformance/progress/task-starters.ts)', () => {
  const types = contracts.flatMap(({ name, tasks }) =>
    Object.keys(tasks?.types ?? {}).map((type) => `${name} ${type}`),
  );
  const isSubJob = (type: string): boolean => type.startsWith('ims ims') && !Object.hasOwn(JOB_TYPES, type.slice(4));
  expect(Object.keys(TASK_STARTERS).toSorted()).toEqual(types.filter((type) => !isSubJob(type)).toSorted());
});

/** Advances the newest task of a kind through the admin API. */
async function advanceNewest(kind: string): Promise<void> {
  const { tasks } = await client.admin('get', '/tasks');
  const task = tasks.find(
    (task: { kind: string; partOf: string | null }) => task.kind === kind && task.partOf === null,
  );
  await client.admin('post', `/tasks/${task.id}/advance`);
}

/** Polls a number of times; returns the outcome when it is the same each time, and all outcomes otherwise. */
async function pollTimes(started: StartedTask, times: number): Promise<Outcome | readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let time = 0; time < times; time += 1) outcomes.push(await started.poll());
  return outcomes.every((each) => each === outcomes[0]) ? (outcomes[0] as Outcome) : outcomes;
}

/** Each pace, with its configuration and the steps that take a task from its start to its end. */
const PACES: Readonly<
  Record<
    string,
    { readonly configuration: object; run(started: StartedTask, kind: string, end: Outcome): Promise<void> }
  >
> = {
  once: {
    configuration: { by: 'once' },
    run: async (started, _kind, end) => expect(await pollTimes(started, 2)).toBe(end),
  },
  polls: {
    configuration: { by: 'polls', polls: 3 },
    run: async (started, _kind, end) => {
      expect(await pollTimes(started, 3)).toBe('running');
      expect(await pollTimes(started, 2)).toBe(end);
    },
  },
  clock: {
    configuration: { by: 'clock', seconds: 30 },
    run: async (started, _kind, end) => {
      expect(await pollTimes(started, 3)).toBe('running');
      await client.admin('put', '/clock', { advance: 29 });
      expect(await pollTimes(started, 2)).toBe('running');
      await client.admin('put', '/clock', { advance: 1 });
      expect(await pollTimes(started, 2)).toBe(end);
    },
  },
  hand: {
    configuration: { by: 'hand' },
    run: async (started, kind, end) => {
      expect(await pollTimes(started, 4)).toBe('running');
      await advanceNewest(kind);
      expect(await pollTimes(started, 4)).toBe('running');
      await advanceNewest(kind);
      expect(await pollTimes(started, 2)).toBe(end);
    },
  },
};

describe.each(Object.entries(PACES))('By %s', (_name, { configuration, run }) => {
  test.each(STARTERS)('$name succeeds', async ({ kind, start }) => {
    await configureProgress({ [kind]: configuration });
    await run(await start(client, address), kind, 'done');
  });

  test.each(STARTERS)('$name fails, and its API shows the reason', async ({ kind, code, start }) => {
    await configureProgress({
      [kind]: { ...configuration, fail: { ...(code !== undefined && { code }), message: 'Out of paper' } },
    });
    const started = await start(client, address);
    await run(started, kind, 'failed');
    if (started.message !== undefined) expect(await started.message()).toContain('Out of paper');
  });
});

/** Returns the starter of a task with this name, or its first one. */
function starterOf(task: string, starterName?: string): StartTask {
  const starters = TASK_STARTERS[task] ?? {};
  return (starterName === undefined ? Object.values(starters)[0] : starters[starterName]) as StartTask;
}

describe('With a failure at a given progress', () => {
  test.each(STARTERS)('$name fails there, by the clock and by polls', async ({ kind, start }) => {
    await configureProgress({ [kind]: { by: 'clock', seconds: 60, fail: { at: 50 } } });
    const byClock = await start(client, address);
    await client.admin('put', '/clock', { advance: 29 });
    expect(await pollTimes(byClock, 2)).toBe('running');
    await client.admin('put', '/clock', { advance: 1 });
    expect(await pollTimes(byClock, 2)).toBe('failed');
    await client.admin('post', '/reset');
    client = await clientOf(emulator);
    await configureProgress({ [kind]: { by: 'polls', polls: 4, fail: { at: 50 } } });
    const byPolls = await start(client, address);
    expect(await pollTimes(byPolls, 2)).toBe('running');
    expect(await pollTimes(byPolls, 2)).toBe('failed');
  });

  test('a job shows the percentage of its progress', async () => {
    const percent = async (id: string): Promise<number> =>
      (await client.send('ims.showJobProgress', { job_id: id })).body.entities.process_percent;
    const copy = async (name: string): Promise<string> =>
      (await client.send('ims.copyImage').send({ name })).body.job_id;
    await configureProgress({ copy: { by: 'clock', seconds: 100, fail: { at: 75 } } });
    const failingJob = await copy('one');
    expect(await percent(failingJob)).toBe(0);
    await client.admin('put', '/clock', { advance: 50 });
    expect(await percent(failingJob)).toBe(0.5);
    await client.admin('put', '/clock', { advance: 500 });
    expect(await percent(failingJob)).toBe(0.75);
    await configureProgress({ copy: { by: 'polls', polls: 3 } });
    const pollingJob = await copy('two');
    expect([
      await percent(pollingJob),
      await percent(pollingJob),
      await percent(pollingJob),
      await percent(pollingJob),
    ]).toEqual([0.25, 0.5, 0.75, 1]);
  });
});

describe('With each error code of its API', () => {
  const CODES = [
    ...Object.keys(TASK_CODES).map((code) => [code, 'rackspace-images import', 'import'] as const),
    ...Object.keys(IMS_CODES).map((code) => [code, 'ims imsCopyImageInRegionJob', 'copy'] as const),
  ];
  test.each(CODES)('%s, %s fails and shows the code with its meaning', async (code, task, kind) => {
    await configureProgress({ [kind]: { by: 'once', fail: { code } } });
    const started = await starterOf(task)(client, address);
    expect(await started.poll()).toBe('failed');
    const meaning = tasksOf(task.split(' ')[0] as string)?.codes?.[code] as string;
    const message = await started.message?.();
    expect(message).toContain(code);
    expect(message).toContain(meaning);
  });
});

describe('A rule', () => {
  const MANUAL = { by: 'hand' };
  test.each([
    ['the kind', { kind: 'import' }, { kind: 'export' }],
    ['the API', { api: 'rackspace-*' }, { api: 'ims' }],
    ['the type', { type: 'im*' }, { type: 'imsImport*' }],
    ['the name of the image', { image: 'cre?ted' }, { image: 'other' }],
    ['the name of the project', { project: 'demo' }, { project: 'admin' }],
    ['the user', { user: 'demo' }, { user: 'demo2' }],
    ['all of these', { kind: 'import', image: 'c*', project: 'd*' }, { kind: 'import', image: 'c*', project: 'a*' }],
  ])('matches tasks by %s', async (_title, matching, other) => {
    const start = starterOf('rackspace-images import');
    await configureProgress({ rules: [{ match: other, ...MANUAL, fail: true }], import: { by: 'once' } });
    expect(await (await start(client, address)).poll()).toBe('done');
    await configureProgress({ rules: [{ match: matching, ...MANUAL }], import: { by: 'once' } });
    expect(await (await start(client, address)).poll()).toBe('running');
  });

  test('matches one image and one project by id', async () => {
    const imageId = client.imageId('demo-private');
    const start = starterOf('rackspace-images export');
    await configureProgress({ rules: [{ match: { image: imageId, project: client.projectId }, ...MANUAL }] });
    expect(await (await start(client, address)).poll()).toBe('running');
  });

  test('matches tasks that a schedule starts, by the names of project and user', async () => {
    await configureProgress({
      rules: [{ match: { kind: 'snapshot', project: 'demo', user: 'demo', image: 'daily-*' }, ...MANUAL }],
    });
    expect(await (await starterOf('rackspace-servers scheduled-image')(client, address)).poll()).toBe('running');
  });

  test('takes precedence over later rules and expires after its number of tasks', async () => {
    const rules = [
      { match: { kind: 'copy', image: 'copy-*' }, by: 'once', fail: { code: 'IMG.0014' }, times: 2 },
      { match: { kind: 'copy' }, by: 'polls', polls: 1 },
    ];
    await configureProgress({ rules, copy: { by: 'hand' } });
    const statusOf = async (name: string): Promise<string> => {
      const { job_id } = (await client.send('ims.copyImage').send({ name })).body;
      return (await client.send('ims.showJob', { job_id })).body.status;
    };
    const remainingRules = async () => (await client.admin('get', '/configuration')).progress.rules;
    expect(await statusOf('another')).toBe('RUNNING');
    expect(await remainingRules()).toEqual(rules);
    expect(await statusOf('copy-1')).toBe('FAIL');
    expect(await remainingRules()).toEqual([{ ...rules[0], times: 1 }, rules[1]]);
    expect(await statusOf('copy-2')).toBe('FAIL');
    expect(await remainingRules()).toEqual([rules[1]]);
    expect(await statusOf('copy-3')).toBe('RUNNING');
  });

  test('for the type of a sub-job makes the sub-job and the job fail', async () => {
    await configureProgress({
      rules: [{ match: { type: 'imsImportDataImageJob' }, by: 'once', fail: { code: 'IMG.0057' } }],
    });
    const started = await starterOf('ims imsImportImageJob', 'a file and its data disk')(client, address);
    expect(await started.poll()).toBe('failed');
    const { images } = client.emulator.worlds.default.images.list({ audience: { kind: 'everyone' }, limit: 1000 });
    const statuses = images
      .filter(({ name }) => name === 'created' || name === 'data')
      .map(({ name, status }) => [name, status]);
    expect(Object.fromEntries(statuses)).toEqual({ created: 'active', data: 'killed' });
  });
});

test('The examples in docs/progress.md are valid', () => {
  const page = readFileSync(new URL('../../docs/progress.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const path = filesOf({ 'slow-cloud.yaml': example })('slow-cloud.yaml');
  expect(checkFiles({ fixtures: ['default', path] }).images).toBeGreaterThan(1);
  const [, scenario = ''] = /```yaml\n(# my-scenarios[\s\S]*?)```/.exec(page) ?? [];
  const scenarios = [filesOf({ 'half-way.yaml': scenario })('half-way.yaml')];
  expect(checkFiles({ scenarios }).scenarios).toMatchObject([{ name: 'import-fails-half-way', rules: 1 }]);
  const withTypo = filesOf({ 'slow-cloud.yaml': example.replace('project: alt_demo', 'project: alt-demo') });
  expect(() => checkFiles({ fixtures: ['default', withTypo('slow-cloud.yaml')] })).toThrow(
    '/progress/rules/3/match/project: unknown project "alt-demo"; did you mean "alt_demo"?',
  );
  const withWrongCode = filesOf({ 'slow-cloud.yaml': example.replace('"721"', 'IMG.0014') })('slow-cloud.yaml');
  expect(() => checkFiles({ fixtures: ['default', withWrongCode] })).toThrow(
    '/progress/rules/1/fail/code: no matching task fails with the code "IMG.0014"; found "IMG.0014"; allowed: 111, 396, 413',
  );
});

test('An import that starts before its data is staged fails and stays failed', async () => {
  await configureProgress({ stage: { by: 'hand' } });
  const started = await starterOf('image-v2 api_image_import', 'glance-direct')(client, address);
  expect(await started.poll()).toBe('failed');
  await advanceNewest('stage');
  await advanceNewest('stage');
  expect(await started.poll()).toBe('failed');
});

test('Uploads and staging ignore the pace of "*"', async () => {
  await configureProgress({ '*': { by: 'hand' } });
  for (const task of ['image-v2 upload', 'image-v2 stage', 'ims upload']) {
    expect(await (await starterOf(task)(client, address)).poll()).toBe('done');
  }
});
