import { describe, expect, test } from '@jest/globals';
import { compile } from '../../../src/contract/schema.ts';
import { contract } from '../../../src/dialects/rackspace-images/contract.ts';
import { TASK_CODES } from '../../../src/dialects/rackspace-images/tasks/failure-codes.ts';
import { defaultFixtures } from '../../../src/fixtures/default-fixtures.ts';
import type { FixtureSet } from '../../../src/fixtures/fixture-file.ts';
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

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly message: string;
  readonly result?: { readonly image_id?: string; readonly export_location?: string };
  readonly [member: string]: unknown;
}

const begin = async (session: Session, type: string, input: object): Promise<Shown> => {
  const answer = await session.send('post', '/v2/tasks', { type, input });
  expect([answer.status, answer.body.status]).toEqual([201, 'pending']);
  expect(checkTask(answer.body)).toEqual([]);
  return answer.body;
};
const show = async (session: Session, { id }: Pick<Shown, 'id'>): Promise<Shown> => {
  const answer = await session.send('get', `/v2/tasks/${id}`);
  expect(answer.status).toBe(200);
  expect(checkTask(answer.body)).toEqual([]);
  return answer.body;
};
const importInput = (from: string, more: object = {}): object => ({
  image_properties: { name: 'My image', ...more },
  import_from: from,
});
const importFile = (session: Session, from: string, more?: object): Promise<Shown> =>
  begin(session, 'import', importInput(from, more));
const exportImage = (session: Session, imageId: string, container = 'exports'): Promise<Shown> =>
  begin(session, 'export', { image_uuid: imageId, receiving_swift_container: container });
const namesIn = async (session: Session): Promise<readonly string[]> =>
  (await session.send('get', '/v2/images')).body.images.map(({ name }: { name: string }) => name);

describe('a file', () => {
  test('creates an image of the tenant, which every API shows', async () => {
    const session = await start(FROZEN);
    const begun = await importFile(session, 'imports/good/one.vhd');
    expect(begun).toEqual({
      id: expect.any(String),
      type: 'import',
      status: 'pending',
      owner: session.projectId,
      input: importInput('imports/good/one.vhd'),
      message: 'None',
      created_at: '2026-11-21T12:00:00Z',
      updated_at: '2026-11-21T12:00:00Z',
      self: `/v2/tasks/${begun.id}`,
      schema: '/v2/schemas/task',
    });
    const ended = await show(session, begun);
    const imageId = ended.result?.image_id;
    expect(ended).toEqual({
      ...begun,
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
    const begun = await importFile(session, 'imports/good/one.vhd');
    const statusOf = (): string | undefined =>
      session.world.images.list({ audience: { kind: 'everyone' }, equal: { name: ['My image'] }, limit: 1 }).images[0]
        ?.status;
    expect(statusOf()).toBe('queued');
    const processing = await show(session, begun);
    expect([processing.status, processing.message, statusOf()]).toEqual(['processing', 'None', 'saving']);
    expect(processing).not.toHaveProperty('expires_at');
    expect(processing).not.toHaveProperty('result');
    expect((await show(session, begun)).status).toBe('processing');
    expect([(await show(session, begun)).status, statusOf()]).toEqual(['success', 'active']);
  });

  test('ends when the clock reaches its time', async () => {
    const session = await start(FROZEN);
    session.world.setProgress({ import: { pace: { by: 'clock', seconds: 90 } } });
    const begun = await importFile(session, 'imports/good/one.vhd');
    session.world.clock.advance(89_000);
    expect((await show(session, begun)).status).not.toBe('success');
    session.world.clock.advance(1_000);
    const ended = await show(session, begun);
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
  ])('makes its import fail with %s when it is %s', async (code, from) => {
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

  test.each(Object.keys(TASK_CODES))('that is valid fails with %s when the world makes imports fail', async (code) => {
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
  ])('fails by %j with the message %s', async (failure, message) => {
    const session = await start(FROZEN);
    session.world.setProgress({ '*': { pace: { by: 'once' }, failure } });
    expect((await show(session, await importFile(session, 'imports/good/one.vhd'))).message).toBe(message);
  });

  test.each(['imports/nothing.vhd', 'nowhere/one.vhd', 'foreign/one.vhd'])(
    'that is missing, such as %s, is not found',
    async (from) => {
      const session = await start(FROZEN);
      const ended = await show(session, await importFile(session, from));
      expect(ended).toMatchObject({
        status: 'failure',
        message: 'Error: Image not found for import. Possible invalid location',
      });
    },
  );

  test('fails when the request sets more than a name', async () => {
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
    const begun = await exportImage(session, imageId);
    const ended = await show(session, begun);
    expect(ended).toEqual({
      ...begun,
      status: 'success',
      result: { export_location: `exports/${imageId}.vhd` },
      expires_at: '2026-11-23T12:00:00Z',
    });
    expect(session.world.objects.list(session.projectId, 'exports')).toEqual([
      expect.objectContaining({ name: `${imageId}.vhd`, sizeBytes: 1024 ** 2, format: 'vhd' }),
    ]);
    const back = await show(session, await importFile(session, `exports/${imageId}.vhd`));
    const checksums = [imageId, back.result?.image_id].map(
      async (id) => (await session.send('get', `/v2/images/${id}`)).body.checksum,
    );
    const [one, other] = await Promise.all(checksums);
    expect(one).toEqual(other);
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
    const begun = await exportImage(session, imageId);
    expect([(await show(session, begun)).status, files()]).toEqual(['processing', 0]);
    expect([(await show(session, begun)).status, files()]).toEqual(['success', 1]);
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
    ['is not there', () => [UNKNOWN]],
    ['is not to be seen', ({ idOf }) => [idOf('alt-private')]],
    ["is the provider's", ({ idOf }) => [idOf('CentOS 7 (PVHVM)')]],
    ['is shared by another', ({ idOf }) => [idOf('alt-shared-accepted')]],
    ['is deactivated', ({ idOf }) => [idOf('status-deactivated')]],
    ['has no data', ({ idOf }) => [idOf('status-queued')]],
    ['shall go into a container that is not there', ({ idOf }) => [idOf('demo-private'), 'nowhere']],
    ["shall go into another's container", ({ idOf }) => [idOf('demo-private'), 'foreign']],
    ['shall go into a container with a dot in its name', ({ idOf }) => [idOf('demo-private'), 'a.b']],
  ])('that %s is not exported', async (_what, inputOf) => {
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
    ['no object', []],
    ['no type', { input: importInput('imports/good/one.vhd') }],
    ['an unknown type', { type: 'clone', input: importInput('imports/good/one.vhd') }],
    ['no input', { type: 'import' }],
    ['an input that is a text', { type: 'import', input: 'imports/good/one.vhd' }],
    ['no file', { type: 'import', input: { image_properties: { name: 'x' } } }],
    ['a file without a container', { type: 'import', input: importInput('one.vhd') }],
    ['no properties', { type: 'import', input: { import_from: 'imports/good/one.vhd' } }],
    ['no name', { type: 'import', input: { import_from: 'imports/good/one.vhd', image_properties: {} } }],
    ['a long name', { type: 'import', input: importInput('imports/good/one.vhd', { name: 'x'.repeat(256) }) }],
    ['no image', { type: 'export', input: { receiving_swift_container: 'exports' } }],
    ['an image that is no UUID', { type: 'export', input: { image_uuid: 'x', receiving_swift_container: 'exports' } }],
    ['no container', { type: 'export', input: { image_uuid: UNKNOWN } }],
  ])('with %s are refused and not begun', async (_what, body) => {
    const session = await start(FROZEN);
    const answer = await session.send('post', '/v2/tasks', body as object);
    expect([answer.status, answer.body]).toEqual([400, faultOf('badRequest', 400)]);
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

  test('of both types share one address, and rules distinguish them', async () => {
    const session = await start(FROZEN);
    const operation = 'rackspace-images.createExportTask';
    const rule = { match: { operation }, fault: { answer: 503 } };
    expect((await session.sendTo('post', '/__admin/faults', rule)).status).toBe(201);
    await importFile(session, 'imports/good/one.vhd');
    const body = { type: 'export', input: { image_uuid: UNKNOWN, receiving_swift_container: 'exports' } };
    expect((await session.send('post', '/v2/tasks', body)).status).toBe(503);
  });

  test('are 413 over the image quota', async () => {
    const session = await start(FROZEN);
    session.world.setLimits({ imageCountTotal: 1 });
    const body = { type: 'import', input: importInput('imports/good/one.vhd') };
    const refused = await session.send('post', '/v2/tasks', body);
    expect([refused.status, refused.body]).toEqual([413, faultOf('overLimit', 413)]);
    expect((await session.send('get', '/v2/tasks')).body.tasks).toEqual([]);
  });

  test('are listed as summaries, newest first, in pages', async () => {
    const session = await start(FROZEN);
    const ids: string[] = [];
    for (const name of ['one', 'two', 'three', 'four', 'five']) {
      ids.unshift((await importFile(session, 'imports/good/one.vhd', { name })).id);
      session.world.clock.advance(1_000);
    }
    const whole = await session.send('get', '/v2/tasks');
    expect(checkTasks(whole.body)).toEqual([]);
    expect(whole.body).toMatchObject({ first: '/v2/tasks', schema: '/v2/schemas/tasks' });
    expect(whole.body).not.toHaveProperty('next');
    expect(whole.body.tasks.map(({ id }: Shown) => id)).toEqual(ids);
    for (const member of ['input', 'result', 'message']) expect(whole.body.tasks[0]).not.toHaveProperty(member);

    const found: string[] = [];
    let path: string | undefined = '/v2/tasks?limit=2&type=import';
    while (path !== undefined) {
      const page = await session.send('get', path);
      expect(page.body.first).toBe('/v2/tasks?limit=2&type=import');
      found.push(...page.body.tasks.map(({ id }: Shown) => id));
      path = page.body.next;
    }
    expect(found).toEqual(ids);
    expect((await session.send('get', '/v2/tasks?limit=5')).body).not.toHaveProperty('next');
    const oldest = await session.send('get', '/v2/tasks?sort_dir=asc&limit=1');
    expect(oldest.body.tasks.map(({ id }: Shown) => id)).toEqual(ids.slice(-1));
  });

  test('are at most 100 on a page', async () => {
    const session = await start(FROZEN);
    for (let made = 0; made < 101; made += 1) {
      await session.send('post', '/v2/tasks', { type: 'import', input: importInput('imports/nothing.vhd') });
    }
    const page = await session.send('get', '/v2/tasks?limit=1000');
    expect(page.body.tasks).toHaveLength(100);
    expect((await session.send('get', page.body.next)).body.tasks).toHaveLength(1);
  });

  test('are found by type and status', async () => {
    const session = await start(FROZEN);
    const good = await importFile(session, 'imports/good/one.vhd');
    const bad = await importFile(session, 'imports/nothing.vhd');
    const written = await exportImage(session, session.idOf('demo-private'));
    const found = async (search: string): Promise<readonly string[]> =>
      (await session.send('get', `/v2/tasks?${search}`)).body.tasks.map(({ id }: Shown) => id).sort();
    expect(await found('type=export')).toEqual([written.id]);
    expect(await found('status=failure')).toEqual([bad.id]);
    expect(await found('status=success')).toEqual([good.id, written.id].sort());
    expect(await found('status=success&type=import')).toEqual([good.id]);
  });

  test.each(['limit=many', 'limit=-1', 'marker=x', `marker=${UNKNOWN}`, 'type=clone', 'status=done', 'sort_dir=up'])(
    'are not listed with %s',
    async (search) => {
      const session = await start(FROZEN);
      const answer = await session.send('get', `/v2/tasks?${search}`);
      expect([answer.status, answer.body]).toEqual([400, faultOf('badRequest', 400)]);
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
    const gone = await later.send('get', `/v2/tasks/${ended.id}`);
    expect([gone.status, gone.body]).toEqual([404, faultOf('itemNotFound', 404)]);
    expect((await later.send('get', '/v2/tasks')).body.tasks.map(({ id }: Shown) => id)).toEqual([running.id]);
    expect((await later.send('get', `/v2/images/${ended.result?.image_id}`)).status).toBe(200);
  });

  test('continue independently in a fork, and a reset removes their files', async () => {
    const session = await start(FROZEN);
    session.world.setProgress({ export: { pace: { by: 'polls', polls: 1 } } });
    const begun = await exportImage(session, session.idOf('demo-private'));
    const fork = session.worlds.fork('fork', session.world);
    await show(session, begun);
    await show(session, begun);
    const filesIn = (world: typeof session.world): number => world.objects.list(session.projectId, 'exports').length;
    expect([filesIn(session.world), filesIn(fork), fork.tasks.peek(begun.id)?.status]).toEqual([1, 0, 'pending']);
    session.world.reset();
    expect(filesIn(session.world)).toBe(0);
    expect(session.world.objects.hasContainer(session.projectId, 'exports')).toBe(true);
  });
});
