import { describe, expect, test } from '@jest/globals';
import { compile } from '../../../src/contract/schema.ts';
import { contract } from '../../../src/dialects/rackspace-images/contract.ts';
import { TASK_CODES } from '../../../src/dialects/rackspace-images/tasks/failure-codes.ts';
import { defaultFixtures } from '../../../src/fixtures/default-fixtures.ts';
import type { FixtureSet } from '../../../src/fixtures/fixture-set.ts';
import { NOON } from '../../support/emulator.ts';
import { faultOf, type Session, start, UNKNOWN } from './support.ts';

const checkTask = compile(contract.operations.showTask.response);
const checkTasks = compile(contract.operations.listTasks.response);

/** Containers of demo: one with a file for each failure, and one to export to. */
const FILES: FixtureSet = {
  ...defaultFixtures(),
  containers: [
    {
      name: 'imports',
      project: 'demo',
      objects: [
        { name: 'good/one.vhd', size: '1MiB', seed: 7 },
        { name: 'disk.qcow2', size: '1MiB' },
        { name: 'long.vhd', size: '41GiB' },
        { name: 'full.vhd', size: '40GiB' },
        ...['111', '413', '523', '614', '721'].map((flaw) => ({ name: `${flaw}.vhd`, size: '1MiB', flaw })),
      ],
    },
    { name: 'exports', project: 'demo' },
    { name: 'a.b', project: 'demo' },
    { name: 'foreign', project: 'alt_demo', objects: [{ name: 'one.vhd', size: '1MiB' }] },
  ],
};
const FROZEN = { fixtures: FILES, frozenAt: NOON };

interface ShownTask {
  readonly id: string;
  readonly status: string;
  readonly message: string;
  readonly result?: { readonly image_id?: string; readonly export_location?: string };
  readonly [member: string]: unknown;
}

const startTask = async (session: Session, type: string, input: object): Promise<ShownTask> => {
  const response = await session.send('post', '/v2/tasks', { type, input });
  expect([response.status, response.body.status]).toEqual([201, 'pending']);
  expect(checkTask(response.body)).toEqual([]);
  return response.body;
};
const show = async (session: Session, { id }: Pick<ShownTask, 'id'>): Promise<ShownTask> => {
  const response = await session.send('get', `/v2/tasks/${id}`);
  expect(response.status).toBe(200);
  expect(checkTask(response.body)).toEqual([]);
  return response.body;
};
const importInput = (from: string, more: object = {}): object => ({
  image_properties: { name: 'My image', ...more },
  import_from: from,
});
const importFile = (session: Session, from: string, more?: object): Promise<ShownTask> =>
  startTask(session, 'import', importInput(from, more));
const exportImage = (session: Session, imageId: string, container = 'exports'): Promise<ShownTask> =>
  startTask(session, 'export', { image_uuid: imageId, receiving_swift_container: container });
const namesIn = async (session: Session): Promise<readonly string[]> =>
  (await session.send('get', '/v2/images')).body.images.map(({ name }: { name: string }) => name);

describe('a file', () => {
  test('creates an image of the tenant, which every API shows', async () => {
    const session = await start(FROZEN);
    const started = await importFile(session, 'imports/good/one.vhd');
    expect(started).toEqual({
      id: expect.any(String),
      type: 'import',
      status: 'pending',
      owner: session.projectId,
      input: importInput('imports/good/one.vhd'),
      message: 'None',
      created_at: '2026-11-21T12:00:00Z',
      updated_at: '2026-11-21T12:00:00Z',
      self: `/v2/tasks/${started.id}`,
      schema: '/v2/schemas/task',
    });
    const ended = await show(session, started);
    const imageId = ended.result?.image_id;
    expect(ended).toEqual({
      ...started,
      status: 'success',
      result: { image_id: expect.any(String) },
      expires_at: '2026-11-23T12:00:00Z',
    });
    const image = await session.send('get', `/v2/images/${imageId}`);
    expect(image.body).toMatchObject({
      name: 'My image',
      owner: session.projectId,
      status: 'active',
      visibility: 'private',
      disk_format: 'vhd',
      container_format: 'ovf',
      size: 1024 ** 2,
      image_type: 'import',
      checksum: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    const others = [
      `/image/v2/images/${imageId}`,
      `/ims/v2/images/${imageId}`,
      `/compute/v2.1/images/${imageId}`,
      `/rackspace/servers/v2/${session.projectId}/images/${imageId}`,
    ];
    for (const path of others) {
      const { status, body } = await session.sendTo('get', path);
      expect([path, status, (body.image ?? body).name]).toEqual([path, 200, 'My image']);
    }
  });

  test('changes from pending to processing to success, while the image is queued and saving', async () => {
    const session = await start(FROZEN);
    session.world.setProgress({ import: { pace: { by: 'polls', polls: 2 } } });
    const started = await importFile(session, 'imports/good/one.vhd');
    const statusOf = (): string | undefined =>
      session.world.images.list({ audience: { kind: 'everyone' }, equal: { name: ['My image'] }, limit: 1 }).images[0]
        ?.status;
    expect(statusOf()).toBe('queued');
    const processing = await show(session, started);
    expect([processing.status, processing.message, statusOf()]).toEqual(['processing', 'None', 'saving']);
    expect(processing).not.toHaveProperty('expires_at');
    expect(processing).not.toHaveProperty('result');
    expect((await show(session, started)).status).toBe('processing');
    expect([(await show(session, started)).status, statusOf()]).toEqual(['success', 'active']);
  });

  test('ends when the clock reaches its time', async () => {
    const session = await start(FROZEN);
    session.world.setProgress({ import: { pace: { by: 'clock', seconds: 90 } } });
    const started = await importFile(session, 'imports/good/one.vhd');
    session.world.clock.advance(89_000);
    expect((await show(session, started)).status).not.toBe('success');
    session.world.clock.advance(1_000);
    const ended = await show(session, started);
    expect([ended.status, ended['updated_at'], ended['expires_at']]).toEqual([
      'success',
      '2026-11-21T12:01:30Z',
      '2026-11-23T12:01:30Z',
    ]);
  });

  test.each([
    ['111', 'imports/111.vhd'],
    ['396', 'imports/disk.qcow2'],
    ['413', 'imports/413.vhd'],
    ['523', 'imports/523.vhd'],
    ['609', 'imports/long.vhd'],
    ['614', 'imports/614.vhd'],
    ['721', 'imports/721.vhd'],
  ])('fails to import with %s when it is %s', async (code, from) => {
    const session = await start(FROZEN);
    const ended = await show(session, await importFile(session, from));
    expect(ended).toMatchObject({ status: 'failure', expires_at: '2026-11-23T12:00:00Z' });
    expect(ended.message).toBe(`${code}: ${TASK_CODES[code]}`);
    expect(ended).not.toHaveProperty('result');
    expect(await namesIn(session)).not.toContain('My image');
  });

  test('of exactly 40 GB is accepted', async () => {
    const session = await start(FROZEN);
    expect(await show(session, await importFile(session, 'imports/full.vhd'))).toMatchObject({ status: 'success' });
  });

  test.each(Object.keys(TASK_CODES))('fails to import with the configured code %s', async (code) => {
    const session = await start(FROZEN);
    session.world.setProgress({ import: { pace: { by: 'once' }, failure: { code, message: null } } });
    const ended = await show(session, await importFile(session, 'imports/good/one.vhd'));
    expect([ended.status, ended.message]).toEqual(['failure', `${code}: ${TASK_CODES[code]}`]);
    expect(await namesIn(session)).not.toContain('My image');
  });

  test.each([
    [{ code: null, message: null }, 'The task failed.'],
    [{ code: '999', message: null }, '999: The task failed.'],
    [{ code: null, message: 'Out of paper' }, 'Out of paper'],
  ])('fails with the configured failure %j and the message %s', async (failure, message) => {
    const session = await start(FROZEN);
    session.world.setProgress({ '*': { pace: { by: 'once' }, failure } });
    expect((await show(session, await importFile(session, 'imports/good/one.vhd'))).message).toBe(message);
  });

  test.each(['imports/nothing.vhd', 'nowhere/one.vhd', 'foreign/one.vhd'])(
    'that does not exist, such as %s, makes its import fail',
    async (from) => {
      const session = await start(FROZEN);
      const ended = await show(session, await importFile(session, from));
      expect(ended).toMatchObject({
        status: 'failure',
        message: 'Error: Image not found for import. Possible invalid location',
      });
    },
  );

  test('fails to import when the request sets more than a name', async () => {
    const session = await start(FROZEN);
    const ended = await show(session, await importFile(session, 'imports/good/one.vhd', { os_distro: 'debian' }));
    expect([ended.status, ended.message]).toEqual(['failure', expect.stringContaining('os_distro')]);
    expect(await namesIn(session)).not.toContain('My image');
  });
});

describe('an image', () => {
  test('is exported to a file, which can be imported again', async () => {
    const session = await start(FROZEN);
    const first = await show(session, await importFile(session, 'imports/good/one.vhd'));
    const imageId = first.result?.image_id ?? '';
    const started = await exportImage(session, imageId);
    const ended = await show(session, started);
    expect(ended).toEqual({
      ...started,
      status: 'success',
      result: { export_location: `exports/${imageId}.vhd` },
      expires_at: '2026-11-23T12:00:00Z',
    });
    expect(session.world.objects.list(session.projectId, 'exports')).toEqual([
      expect.objectContaining({ name: `${imageId}.vhd`, sizeBytes: 1024 ** 2, format: 'vhd' }),
    ]);
    const reimported = await show(session, await importFile(session, `exports/${imageId}.vhd`));
    const checksums = [imageId, reimported.result?.image_id].map(
      async (id) => (await session.send('get', `/v2/images/${id}`)).body.checksum,
    );
    const [original, copy] = await Promise.all(checksums);
    expect(original).toEqual(copy);
  });

  test('is in its container only after a successful export', async () => {
    const session = await start(FROZEN);
    const imageId = session.idOf('demo-private');
    const files = (): number => session.world.objects.list(session.projectId, 'exports').length;
    session.world.setProgress({ export: { pace: { by: 'polls', polls: 1 }, failure: { code: null, message: 'No' } } });
    const failing = await exportImage(session, imageId);
    expect([(await show(session, failing)).status, (await show(session, failing)).status]).toEqual([
      'processing',
      'failure',
    ]);
    expect(files()).toBe(0);
    session.world.setProgress({ export: { pace: { by: 'polls', polls: 1 } } });
    const started = await exportImage(session, imageId);
    expect([(await show(session, started)).status, files()]).toEqual(['processing', 0]);
    expect([(await show(session, started)).status, files()]).toEqual(['success', 1]);
  });

  test('is not exported twice into one container', async () => {
    const session = await start(FROZEN);
    const imageId = session.idOf('demo-private');
    await exportImage(session, imageId);
    expect(await show(session, await exportImage(session, imageId))).toMatchObject({
      status: 'failure',
      message: `Swift already has an object with id '${imageId}.vhd' in container 'exports'`,
    });
  });

  test.each<[string, (session: Session) => readonly [string, string?]]>([
    ['is unknown', () => [UNKNOWN]],
    ['is invisible to the caller', ({ idOf }) => [idOf('alt-private')]],
    ['belongs to the provider', ({ idOf }) => [idOf('CentOS 7 (PVHVM)')]],
    ['is shared by another tenant', ({ idOf }) => [idOf('alt-shared-accepted')]],
    ['is deactivated', ({ idOf }) => [idOf('status-deactivated')]],
    ['has no data', ({ idOf }) => [idOf('status-queued')]],
    ['is exported to an unknown container', ({ idOf }) => [idOf('demo-private'), 'nowhere']],
    ['is exported to a container of another tenant', ({ idOf }) => [idOf('demo-private'), 'foreign']],
    ['is exported to a container with a dot in its name', ({ idOf }) => [idOf('demo-private'), 'a.b']],
  ])('that %s makes the export fail', async (_title, inputOf) => {
    const session = await start(FROZEN);
    const ended = await show(session, await exportImage(session, ...inputOf(session)));
    expect([ended.status, ended.message]).toEqual(['failure', expect.not.stringMatching(/^None$/)]);
    for (const container of ['exports', 'a.b', 'nowhere', 'foreign']) {
      expect(session.world.objects.list(session.projectId, container)).toEqual([]);
    }
  });
});

describe('tasks', () => {
  test.each<[string, unknown]>([
    ['a list as body', []],
    ['no type', { input: importInput('imports/good/one.vhd') }],
    ['an unknown type', { type: 'clone', input: importInput('imports/good/one.vhd') }],
    ['no input', { type: 'import' }],
    ['an input that is a string', { type: 'import', input: 'imports/good/one.vhd' }],
    ['no file', { type: 'import', input: { image_properties: { name: 'x' } } }],
    ['a file without a container', { type: 'import', input: importInput('one.vhd') }],
    ['no properties', { type: 'import', input: { import_from: 'imports/good/one.vhd' } }],
    ['no name', { type: 'import', input: { import_from: 'imports/good/one.vhd', image_properties: {} } }],
    ['a long name', { type: 'import', input: importInput('imports/good/one.vhd', { name: 'x'.repeat(256) }) }],
    ['no image', { type: 'export', input: { receiving_swift_container: 'exports' } }],
    [
      'an image id that is not a UUID',
      { type: 'export', input: { image_uuid: 'x', receiving_swift_container: 'exports' } },
    ],
    ['no container', { type: 'export', input: { image_uuid: UNKNOWN } }],
  ])('with %s are rejected', async (_title, body) => {
    const session = await start(FROZEN);
    const response = await session.send('post', '/v2/tasks', body as object);
    expect([response.status, response.body]).toEqual([400, faultOf('badRequest', 400)]);
    expect((await session.send('get', '/v2/tasks')).body.tasks).toEqual([]);
  });

  test('cannot be started by a reader or with malformed JSON', async () => {
    const session = await start(FROZEN);
    const reader = await session.as('demo_reader');
    const body = { type: 'import', input: importInput('imports/good/one.vhd') };
    expect((await reader.send('post', '/v2/tasks', body)).body).toEqual(faultOf('forbidden', 403));
    const text = session.send('post', '/v2/tasks').set('Content-Type', 'text/plain').send(JSON.stringify(body));
    expect((await text).body).toEqual(faultOf('badMediaType', 415));
    expect((await reader.send('get', '/v2/tasks')).body.tasks).toEqual([]);
  });

  test('of both types share one path, and rules distinguish them', async () => {
    const session = await start(FROZEN);
    const operation = 'rackspace-images.createExportTask';
    const rule = { match: { operation }, fault: { answer: 503 } };
    expect((await session.sendTo('post', '/__admin/faults', rule)).status).toBe(201);
    await importFile(session, 'imports/good/one.vhd');
    const body = { type: 'export', input: { image_uuid: UNKNOWN, receiving_swift_container: 'exports' } };
    expect((await session.send('post', '/v2/tasks', body)).status).toBe(503);
  });

  test('return 413 over the image quota', async () => {
    const session = await start(FROZEN);
    session.world.setLimits({ imageCountTotal: 1 });
    const body = { type: 'import', input: importInput('imports/good/one.vhd') };
    const rejected = await session.send('post', '/v2/tasks', body);
    expect([rejected.status, rejected.body]).toEqual([413, faultOf('overLimit', 413)]);
    expect((await session.send('get', '/v2/tasks')).body.tasks).toEqual([]);
  });

  test('are listed as summaries, newest first, in pages', async () => {
    const session = await start(FROZEN);
    const ids: string[] = [];
    for (const name of ['one', 'two', 'three', 'four', 'five']) {
      ids.unshift((await importFile(session, 'imports/good/one.vhd', { name })).id);
      session.world.clock.advance(1_000);
    }
    const complete = await session.send('get', '/v2/tasks');
    expect(checkTasks(complete.body)).toEqual([]);
    expect(complete.body).toMatchObject({ first: '/v2/tasks', schema: '/v2/schemas/tasks' });
    expect(complete.body).not.toHaveProperty('next');
    expect(complete.body.tasks.map(({ id }: ShownTask) => id)).toEqual(ids);
    for (const member of ['input', 'result', 'message']) expect(complete.body.tasks[0]).not.toHaveProperty(member);

    const listed: string[] = [];
    let path: string | undefined = '/v2/tasks?limit=2&type=import';
    while (path !== undefined) {
      const page = await session.send('get', path);
      expect(page.body.first).toBe('/v2/tasks?limit=2&type=import');
      listed.push(...page.body.tasks.map(({ id }: ShownTask) => id));
      path = page.body.next;
    }
    expect(listed).toEqual(ids);
    expect((await session.send('get', '/v2/tasks?limit=5')).body).not.toHaveProperty('next');
    const oldest = await session.send('get', '/v2/tasks?sort_dir=asc&limit=1');
    expect(oldest.body.tasks.map(({ id }: ShownTask) => id)).toEqual(ids.slice(-1));
  });

  test('are at most 100 on a page', async () => {
    const session = await start(FROZEN);
    for (let count = 0; count < 101; count += 1) {
      await session.send('post', '/v2/tasks', { type: 'import', input: importInput('imports/nothing.vhd') });
    }
    const page = await session.send('get', '/v2/tasks?limit=1000');
    expect(page.body.tasks).toHaveLength(100);
    expect((await session.send('get', page.body.next)).body.tasks).toHaveLength(1);
  });

  test('are filtered by type and status', async () => {
    const session = await start(FROZEN);
    const good = await importFile(session, 'imports/good/one.vhd');
    const failed = await importFile(session, 'imports/nothing.vhd');
    const exported = await exportImage(session, session.idOf('demo-private'));
    const listed = async (search: string): Promise<readonly string[]> =>
      (await session.send('get', `/v2/tasks?${search}`)).body.tasks.map(({ id }: ShownTask) => id).sort();
    expect(await listed('type=export')).toEqual([exported.id]);
    expect(await listed('status=failure')).toEqual([failed.id]);
    expect(await listed('status=success')).toEqual([good.id, exported.id].sort());
    expect(await listed('status=success&type=import')).toEqual([good.id]);
  });

  test.each(['limit=many', 'limit=-1', 'marker=x', `marker=${UNKNOWN}`, 'type=clone', 'status=done', 'sort_dir=up'])(
    'return 400 when listed with %s',
    async (search) => {
      const session = await start(FROZEN);
      const response = await session.send('get', `/v2/tasks?${search}`);
      expect([response.status, response.body]).toEqual([400, faultOf('badRequest', 400)]);
    },
  );

  test('belong to one tenant and to this API', async () => {
    const session = await start(FROZEN);
    const other = await session.as('alt_demo');
    const { id } = await importFile(session, 'imports/good/one.vhd');
    expect((await other.send('get', '/v2/tasks')).body.tasks).toEqual([]);
    const foreign = await other.send('get', `/v2/tasks/${id}`);
    expect([foreign.status, foreign.body]).toEqual([404, faultOf('itemNotFound', 404)]);
    expect((await (await session.as('demo2')).send('get', `/v2/tasks/${id}`)).status).toBe(200);
    expect((await (await session.as('admin')).sendTo('get', `/image/v2/tasks/${id}`)).status).toBe(404);
  });

  test('expire two days after their end, and their results stay', async () => {
    const session = await start(FROZEN);
    const ended = await show(session, await importFile(session, 'imports/good/one.vhd'));
    session.world.setProgress({ '*': { pace: { by: 'hand' } } });
    const running = await importFile(session, 'imports/good/one.vhd');
    session.world.clock.advance(2 * 86_400_000 - 1);
    // The first token has expired.
    const later = await session.as('demo');
    expect((await show(later, ended)).status).toBe('success');
    session.world.clock.advance(1);
    const expired = await later.send('get', `/v2/tasks/${ended.id}`);
    expect([expired.status, expired.body]).toEqual([404, faultOf('itemNotFound', 404)]);
    expect((await later.send('get', '/v2/tasks')).body.tasks.map(({ id }: ShownTask) => id)).toEqual([running.id]);
    expect((await later.send('get', `/v2/images/${ended.result?.image_id}`)).status).toBe(200);
  });

  test('continue independently in a fork, and a reset removes their files', async () => {
    const session = await start(FROZEN);
    session.world.setProgress({ export: { pace: { by: 'polls', polls: 1 } } });
    const started = await exportImage(session, session.idOf('demo-private'));
    const fork = session.worlds.fork('fork', session.world);
    await show(session, started);
    await show(session, started);
    const filesIn = (world: typeof session.world): number => world.objects.list(session.projectId, 'exports').length;
    expect([filesIn(session.world), filesIn(fork), fork.tasks.peek(started.id)?.status]).toEqual([1, 0, 'pending']);
    session.world.reset();
    expect(filesIn(session.world)).toBe(0);
    expect(session.world.objects.hasContainer(session.projectId, 'exports')).toBe(true);
  });
});
