import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { faultOf, openSession, type Session } from './support.ts';

let demo: Session;
beforeEach(async () => {
  demo = await openSession();
});

const CREATE_IMAGE = { createImage: { name: 'snapshot' } };
const action = (server: string, body: object = CREATE_IMAGE, minor?: number, session: Session = demo) =>
  session.send('post', `/servers/${demo.serverId(server)}/action`, minor).send(body);

/** Starts creating an image of a server and returns its id. */
async function startSnapshot(server = 'web-1', body: object = CREATE_IMAGE): Promise<string> {
  const response = await action(server, body, 45);
  if (response.status !== 202) throw new Error(`createImage returned ${response.status}: ${response.text}`);
  return response.body.image_id;
}
const stateOf = async (id: string): Promise<readonly unknown[]> => {
  const { status, body } = await demo.send('get', `/images/${id}`);
  return status === 200 ? [body.image.status, body.image.progress] : [status];
};
const taskState = async (server = 'web-1'): Promise<unknown> =>
  (await demo.send('get', `/servers/${demo.serverId(server)}`)).body.server['OS-EXT-STS:task_state'];
const taskOf = (imageId: string) => {
  const [task] = demo.world.tasks.ofImage(imageId);
  if (task === undefined) throw new Error(`no task of the image ${imageId}`);
  return task;
};

describe('createImage', () => {
  test('of a server from a volume gives an image without data that names snapshots of the volumes', async () => {
    const id = await startSnapshot('db-1', { createImage: { name: 'volumes', metadata: { stage: 'test' } } });
    const image = demo.world.images.peek(id);
    expect(image).toMatchObject({
      status: 'active',
      visibility: 'private',
      containerFormat: 'bare',
      diskFormat: 'qcow2',
      sizeBytes: 0,
      checksum: 'd41d8cd98f00b204e9800998ecf8427e',
      properties: { base_image_ref: '', bdm_v2: 'True', root_device_name: '/dev/vda', stage: 'test' },
    });
    expect(image?.properties).not.toHaveProperty('instance_uuid');
    const devices = JSON.parse(image?.properties['block_device_mapping'] ?? '');
    expect(devices).toEqual([
      expect.objectContaining({ device_name: '/dev/vda', boot_index: 0, source_type: 'snapshot', volume_size: 1 }),
      expect.objectContaining({
        device_name: '/dev/vdb',
        boot_index: null,
        destination_type: 'volume',
        volume_size: 10,
      }),
    ]);
    expect(devices[0].snapshot_id).not.toBe(devices[1].snapshot_id);
    expect(await taskState('db-1')).toBeNull();
  });

  test('returns 202 with the address of the image at the image service', async () => {
    const response = await action('web-1', { createImage: { name: 'nightly', metadata: { stage: 'test' } } });
    expect([response.status, response.text]).toEqual([202, '']);
    expect(response.headers['content-type']).toBe('text/html; charset=UTF-8');
    const location = response.headers['location'] as string;
    expect(location).toMatch(/^http:\/\/cloud\/image\/images\/[0-9a-f-]{36}$/);
    const id = location.slice(-36);
    const { image } = (await demo.send('get', `/images/${id}`)).body;
    const server = demo.serverId('web-1');
    expect(image).toMatchObject({
      id,
      name: 'nightly',
      status: 'ACTIVE',
      progress: 100,
      server: { id: server },
      metadata: {
        stage: 'test',
        image_type: 'snapshot',
        instance_uuid: server,
        base_image_ref: demo.imageId('in-use-by-web-1'),
        image_location: 'snapshot',
        image_state: 'available',
        owner_id: demo.projectId,
      },
    });
  });

  test('creates an ordinary image of the caller in the image service', async () => {
    const id = await startSnapshot();
    const response = await request(demo.emulator.app).get(`/image/v2/images/${id}`).set('X-Auth-Token', demo.token);
    expect(response.body).toMatchObject({ status: 'active', visibility: 'private', owner: demo.projectId });
    const file = await request(demo.emulator.app).get(`/image/v2/images/${id}/file`).set('X-Auth-Token', demo.token);
    expect([file.status, file.body.length]).toEqual([200, response.body.size]);
  });

  test.each([
    [undefined, true],
    [44, true],
    [45, false],
    [93, false],
  ])('at minor version %p has a Location: %p, otherwise the id in the body', async (minor, hasLocation) => {
    const response = await action('web-1', CREATE_IMAGE, minor);
    expect(response.status).toBe(202);
    expect(response.headers['location'] !== undefined).toBe(hasLocation);
    expect(response.text === '').toBe(hasLocation);
    if (!hasLocation) {
      expect(Object.keys(response.body)).toEqual(['image_id']);
      expect(response.headers['content-type']).toMatch(/^application\/json/);
      expect(await stateOf(response.body.image_id)).toEqual(['ACTIVE', 100]);
    }
  });

  test.each([
    ['an unknown action', { nope: null }, 400, 'There is no such action: nope'],
    ['no action', {}, 400, 'Malformed request body'],
    ['two actions', { ...CREATE_IMAGE, pause: null }, 400, 'Malformed request body'],
    [
      'no name',
      { createImage: {} },
      400,
      "Invalid input for field/attribute createImage. Value: {}. 'name' is a required property",
    ],
    [
      'an empty name',
      { createImage: { name: '' } },
      400,
      "Invalid input for field/attribute name. Value: . '' is too short",
    ],
    [
      'a name of spaces',
      { createImage: { name: ' ' } },
      400,
      "An invalid 'name' value was provided. The name must be: printable characters. Can not start or end with whitespace.",
    ],
    [
      'metadata that is not a string',
      { createImage: { name: 'a', metadata: { a: 1 } } },
      400,
      "Invalid input for field/attribute a. Value: 1. 1 is not of type 'string'",
    ],
  ])('is rejected for %s', async (_case, body, status, message) => {
    expect(await faultOf(action('web-1', body))).toEqual([status, 'badRequest', message]);
    expect(await taskState()).toBeNull();
  });

  test('limits the number of metadata items up to 2.38', async () => {
    const metadata = Object.fromEntries(Array.from({ length: 129 }, (_, index) => [`item-${index}`, 'x']));
    const body = { createImage: { name: 'snapshot', metadata } };
    demo.world.setLimits({ imagePropertyQuota: 1000 });
    expect(await faultOf(action('web-1', body, 38))).toEqual([403, 'forbidden', 'Image metadata limit exceeded']);
    expect((await action('web-1', body, 39)).status).toBe(202);
  });

  test.each([
    ['building-1', 'vm_state building'],
    ['busy-1', 'task_state image_uploading'],
  ])('returns 409 for the state of %s', async (server, state) => {
    expect(await faultOf(action(server))).toEqual([
      409,
      'conflictingRequest',
      `Cannot 'createImage' instance ${demo.serverId(server)} while it is in ${state}`,
    ]);
  });

  test('ignores a lock, and accepts servers that are stopped, paused or suspended', async () => {
    expect((await action('locked-1')).status).toBe(202);
    for (const status of ['SHUTOFF', 'PAUSED', 'SUSPENDED'] as const) {
      const server = demo.world.servers.peek(demo.serverId('web-1'));
      if (server !== undefined) demo.world.servers.place({ ...server, status });
      expect([status, (await action('web-1')).status]).toEqual([status, 202]);
    }
  });

  test('accepts any role in the project, and returns 404 to other projects', async () => {
    expect((await action('web-1', CREATE_IMAGE, undefined, await demo.as('demo_reader'))).status).toBe(202);
    expect((await action('web-1', CREATE_IMAGE, undefined, await demo.as('admin'))).status).toBe(202);
    const alt = await demo.as('alt_demo');
    expect(await faultOf(action('web-1', CREATE_IMAGE, undefined, alt))).toEqual([
      404,
      'itemNotFound',
      `Instance ${demo.serverId('web-1')} could not be found.`,
    ]);
  });

  test('sets attributes from metadata with their names, and fails on those that cannot be set', async () => {
    const withMetadata = (metadata: object) => ({ createImage: { name: 'snapshot', metadata } });
    const { properties, diskFormat } =
      demo.world.images.peek(await startSnapshot('web-1', withMetadata({ disk_format: 'raw' }))) ?? {};
    expect([diskFormat, properties?.['disk_format']]).toEqual(['raw', undefined]);
    expect((await action('web-1', withMetadata({ min_disk: '7' }))).status).toBe(500);
    expect((await action('web-1', withMetadata({ checksum: 'x' }))).status).toBe(403);
    expect((await action('web-1', withMetadata({ owner: 'x' }))).status).toBe(403);
    expect(await taskState()).toBeNull();
  });
});

describe('An image of a server', () => {
  test('is SAVING for the number of polls that the world sets, with the task state of the server', async () => {
    demo.world.setProgress({ snapshot: { pace: { by: 'polls', polls: 2 } } });
    const id = await startSnapshot();
    expect(demo.world.images.peek(id)?.status).toBe('queued');
    expect(await taskState()).toBe('image_snapshot_pending');
    expect(await stateOf(id)).toEqual(['SAVING', 50]);
    expect(await taskState()).toBe('image_uploading');
    expect(await stateOf(id)).toEqual(['SAVING', 50]);
    expect(await stateOf(id)).toEqual(['ACTIVE', 100]);
    expect(await taskState()).toBeNull();
  });

  test('progresses by the clock while the server is busy', async () => {
    demo.world.setProgress({ snapshot: { pace: { by: 'clock', seconds: 30 } } });
    const id = await startSnapshot();
    expect((await stateOf(id))[0]).toBe('SAVING');
    const second = await action('web-1');
    expect([second.status, Object.keys(second.body)]).toEqual([409, ['conflictingRequest']]);
    demo.world.setClock({ frozenAt: demo.world.clock.now() + 29_000, offset: 0 });
    expect((await stateOf(id))[0]).toBe('SAVING');
    demo.world.setClock({ frozenAt: demo.world.clock.now() + 1000, offset: 0 });
    expect(await stateOf(id)).toEqual(['ACTIVE', 100]);
    expect((await action('web-1')).status).toBe(202);
  });

  test('progresses manually, step by step', async () => {
    demo.world.setProgress({ snapshot: { pace: { by: 'hand' } } });
    const id = await startSnapshot();
    expect(await stateOf(id)).toEqual(['SAVING', 25]);
    demo.world.tasks.advance(taskOf(id));
    expect([await stateOf(id), await taskState()]).toEqual([['SAVING', 50], 'image_uploading']);
    demo.world.tasks.advance(taskOf(id));
    expect([await stateOf(id), await taskState()]).toEqual([['ACTIVE', 100], null]);
  });

  test('is removed if it fails, and the server is free again', async () => {
    demo.world.setProgress({
      snapshot: { pace: { by: 'polls', polls: 1 }, failure: { code: null, message: null } },
    });
    const id = await startSnapshot();
    expect(await stateOf(id)).toEqual(['SAVING', 50]);
    expect(await stateOf(id)).toEqual([404]);
    expect(await taskState()).toBeNull();
    expect(taskOf(id).status).toBe('failure');
    const { body } = await demo.send('get', `/images?server=${demo.serverId('web-1')}`);
    expect(body.images).toMatchObject([{ name: 'web-1-snapshot' }]);
  });

  test('that is removed while it is created frees the server', async () => {
    demo.world.setProgress({ snapshot: { pace: { by: 'hand' } } });
    const id = await startSnapshot();
    expect((await demo.send('delete', `/images/${id}`)).status).toBe(204);
    demo.world.tasks.finish(taskOf(id));
    expect([await stateOf(id), await taskState()]).toEqual([[404], null]);
  });

  test('has the disk size of the server as minimum if the server has no image', async () => {
    const id = await startSnapshot('stopped-1');
    expect(demo.world.images.peek(id)).toMatchObject({ minDisk: 40, diskFormat: 'qcow2', containerFormat: 'bare' });
  });
});
