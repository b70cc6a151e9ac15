import { X509Certificate } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { openSession, type Session } from './support.ts';

let demo: Session;
beforeEach(async () => {
  demo = await openSession();
});

const create = async (): Promise<string> => {
  const server = { name: 'vm', imageRef: demo.imageId('demo-private'), flavorRef: '2' };
  const { status, body } = await demo.send('post', '/servers').send({ server });
  expect(status).toBe(202);
  return body.server.id;
};

test('A new server is active at the pace of builds', async () => {
  demo.world.setProgress({ build: { pace: { by: 'polls', polls: 1 } } });
  const id = await create();
  const statusOf = async (): Promise<string> => (await demo.send('get', `/servers/${id}`)).body.server.status;
  expect([await statusOf(), await statusOf()]).toEqual(['BUILD', 'ACTIVE']);
});

test('The image of a server is in use until the server is deleted', async () => {
  const id = await create();
  const image = demo.imageId('demo-private');
  expect((await demo.send('delete', `/images/${image}`)).status).toBe(500);
  expect((await demo.send('delete', `/servers/${id}`)).status).toBe(204);
  expect((await demo.send('get', `/servers/${id}`)).status).toBe(404);
  expect((await demo.send('delete', `/images/${image}`)).status).toBe(204);
});

describe('A server that was created', () => {
  const show = async (id: string, session = demo) => (await session.send('get', `/servers/${id}`)).body.server;
  const act = (id: string, body: object, session = demo) => session.send('post', `/servers/${id}/action`).send(body);

  test('is stopped, started, paused and locked', async () => {
    const id = await create();
    expect((await act(id, { 'os-stop': null })).status).toBe(202);
    expect((await show(id)).status).toBe('SHUTOFF');
    expect((await act(id, { pause: null })).body.conflictingRequest.message).toBe(
      `Cannot 'pause' instance ${id} while it is in vm_state stopped`,
    );
    await act(id, { 'os-start': null });
    await act(id, { lock: null });
    expect((await demo.send('delete', `/servers/${id}`)).status).toBe(409);
    expect((await act(id, { unlock: null })).status).toBe(202);
    expect((await show(id)).status).toBe('ACTIVE');
  });

  test('gets another name', async () => {
    const id = await create();
    const { body } = await demo.send('put', `/servers/${id}`).send({ server: { name: 'other' } });
    expect([body.server.name, (await show(id)).name]).toEqual(['other', 'other']);
  });

  test('shows its host to administrators alone', async () => {
    const id = await create();
    expect(await show(id)).not.toHaveProperty('OS-EXT-SRV-ATTR:host');
    expect(await show(id, await demo.as('admin'))).toHaveProperty('OS-EXT-SRV-ATTR:host', 'sideglance');
  });

  test('from a new volume has no image, and lets the image of the volume go', async () => {
    const image = demo.imageId('demo-private');
    const device = { uuid: image, source_type: 'image', destination_type: 'volume', boot_index: 0, volume_size: 1 };
    const server = { name: 'vm', flavorRef: '2', block_device_mapping_v2: [device] };
    const { body } = await demo.send('post', '/servers').send({ server });
    expect((await show(body.server.id)).image).toBe('');
    expect((await demo.send('delete', `/images/${image}`)).status).toBe(204);
  });

  test('is active when the clock of the world says so', async () => {
    demo.world.setProgress({ build: { pace: { by: 'clock', seconds: 30 } } });
    const id = await create();
    expect((await show(id)).status).toBe('BUILD');
    demo.world.clock.advance(30_000);
    expect((await show(id)).status).toBe('ACTIVE');
  });
});

test('A generated certificate is valid for its user', async () => {
  const keypair = { name: 'windows', type: 'x509' };
  const { body } = await demo.send('post', '/os-keypairs', 2).send({ keypair });
  const certificate = new X509Certificate(body.keypair.public_key);
  expect(certificate.subject).toBe(`CN=${body.keypair.user_id}`);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.fingerprint.toLowerCase()).toBe(body.keypair.fingerprint);
});

test('A server that is not scheduled yet is denied to other projects, and later not found', async () => {
  demo.world.setProgress({ build: { pace: { by: 'polls', polls: 1 } } });
  const id = await create();
  const other = await demo.as('alt_demo');
  const requests = () => [
    other.send('get', `/servers/${id}`),
    other.send('put', `/servers/${id}`).send({ server: { name: 'theirs' } }),
    other.send('delete', `/servers/${id}`),
    other.send('post', `/servers/${id}/action`).send({ pause: null }),
    other.send('post', `/servers/${id}/action`).send({ unlock: null }),
  ];
  const statuses = async () => (await Promise.all(requests())).map(({ status }) => status);
  expect(await statuses()).toEqual([403, 403, 403, 403, 403]);
  await demo.send('get', `/servers/${id}`);
  await demo.send('get', `/servers/${id}`);
  expect(await statuses()).toEqual([404, 404, 404, 404, 404]);
});

test('A new volume has a size, and is as large as its image needs', async () => {
  const uuid = demo.imageId('demo-private');
  const image = demo.world.images.peek(uuid);
  if (image !== undefined) demo.world.images.place({ ...image, minDisk: 5 });
  const boot = (volume_size?: number | string) => {
    const device = { boot_index: 0, source_type: 'image', destination_type: 'volume', uuid, volume_size };
    return demo.send('post', '/servers').send({
      server: { name: 'vm', flavorRef: '2', block_device_mapping_v2: [device] },
    });
  };
  const messageOf = async (size?: number | string) => (await boot(size)).body.badRequest?.message;
  expect(await messageOf()).toBe("Images with destination_type 'volume' need to have a non-zero size specified");
  expect(await messageOf('4')).toBe(
    'Volume is smaller than the minimum size specified in image metadata. ' +
      'Volume size is 4294967296 bytes, minimum size is 5368709120 bytes.',
  );
  expect((await boot(5)).status).toBe(202);
});
