import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Image } from '../../../src/domain/image.ts';
import { loadFixtures } from '../../../src/fixtures/fixture-file.ts';
import { filesOf } from '../../support/files.ts';
import { faultOf, openSession, type Session } from './support.ts';

// What Nova 26 was seen to send to Glance 25 for servers of these kinds.
const FIXTURES = `
projects: [{ name: demo }, { name: admin }]
users:
  - { name: demo, password: secret, project: demo, roles: { demo: [member] } }
  - { name: admin, password: secret, project: admin, roles: { admin: [admin] } }
images:
  - { name: base, owner: demo, minDisk: 2, minRam: 64, data: x, properties: { os_distro: debian } }
  - { name: handed-on, owner: demo, data: x, properties: { owner_user_name: zzz, user_id: uuu } }
flavors:
  - { id: "1", name: large, ram: 512, disk: 20 }
servers:
  - { name: of-flavor, project: demo, image: base, flavor: { id: "1", disk: 20 } }
  - { name: of-image, project: demo, image: base, flavor: { id: "0", disk: 0 } }
  - { name: inherited, project: demo, image: handed-on }
  - { name: volume, project: demo, image: null, flavor: { id: "0", disk: 0 } }
  - { name: sized, project: demo, image: null, flavor: { id: "1", disk: 20 } }
  - { name: unsized, project: demo, image: null, flavor: { id: "0", disk: 0 } }
volumes:
  - { name: data, project: demo, server: volume, size: 7 }
  - { name: root, project: demo, server: volume, size: 10, root: true }
`;

let demo: Session;
let admin: Session;
beforeEach(async () => {
  const path = filesOf({ 'cloud.yaml': FIXTURES });
  demo = await openSession({ fixtures: loadFixtures([path('cloud.yaml')]) });
  admin = await demo.as('admin');
});

const take = (session: Session, server: string, metadata: object = {}) =>
  session
    .send('post', `/servers/${demo.serverId(server)}/action`, 45)
    .send({ createImage: { name: server, metadata } });

/** Takes an image of a server, and returns it. */
async function imageOf(session: Session, server: string, metadata: object = {}): Promise<Image> {
  const { status, body } = await take(session, server, metadata);
  const image = status === 202 ? demo.world.images.peek(body.image_id) : undefined;
  if (image === undefined) throw new Error(`createImage returned ${status}`);
  return image;
}

const volumeSizes = ({ properties }: Image): readonly number[] =>
  JSON.parse(properties['block_device_mapping'] ?? '[]').map(
    ({ volume_size }: { readonly volume_size: number }) => volume_size,
  );

describe('The minimum disk of an image of a server', () => {
  test('is the disk of the flavor, or that of the image for a flavor of disk 0', async () => {
    expect((await imageOf(demo, 'of-flavor')).minDisk).toBe(20);
    expect(await imageOf(demo, 'of-image')).toMatchObject({ minDisk: 2, minRam: 64 });
    expect((await imageOf(demo, 'sized')).minDisk).toBe(20);
    expect((await imageOf(demo, 'volume')).minDisk).toBe(0);
  });
});

describe('An image of a server from a volume', () => {
  test('names a snapshot of the root volume, of its size, and of each other volume', async () => {
    expect(volumeSizes(await imageOf(demo, 'volume'))).toEqual([10, 7]);
  });

  test('has the size of the flavor where fixtures define no root volume, or that of a volume for disk 0', async () => {
    expect(volumeSizes(await imageOf(demo, 'sized'))).toEqual([20]);
    expect(volumeSizes(await imageOf(demo, 'unsized'))).toEqual([40]);
  });

  test('tells who created the server, and nothing about who took the image', async () => {
    const { properties } = await imageOf(demo, 'volume');
    expect(properties).toMatchObject({ owner_user_name: 'demo', owner_project_name: 'demo', base_image_ref: '' });
    for (const name of ['instance_uuid', 'user_id', 'image_type']) expect(properties).not.toHaveProperty(name);
  });
});

describe('The names of the creator', () => {
  test('are those of the server, and of a server that the API created', async () => {
    expect((await imageOf(admin, 'of-flavor')).properties).toMatchObject({
      owner_user_name: 'demo',
      owner_project_name: 'demo',
      user_id: demo.world.identity.callerOf(admin.token)?.userId,
    });
    const created = { name: 'by-admin', imageRef: demo.imageId('base'), flavorRef: '1' };
    expect((await admin.send('post', '/servers').send({ server: created })).status).toBe(202);
    expect((await imageOf(admin, 'by-admin')).properties).toMatchObject({
      owner_user_name: 'admin',
      owner_project_name: 'admin',
    });
  });

  test('give way to those of the image of the server, and to metadata', async () => {
    expect((await imageOf(demo, 'inherited')).properties).toMatchObject({
      owner_user_name: 'zzz',
      owner_project_name: 'demo',
      user_id: demo.world.identity.callerOf(demo.token)?.userId,
    });
    const metadata = { owner_project_name: 'mine' };
    expect((await imageOf(demo, 'inherited', metadata)).properties).toMatchObject(metadata);
  });
});

describe('An image that an administrator takes of the server of another project', () => {
  test.each(['of-flavor', 'volume'])('is shared with that project: %s', async (server) => {
    const metadata = { instance_owner: 'somebody', visibility: 'public' };
    const image = await imageOf(admin, server, metadata);
    expect(image).toMatchObject({
      status: 'active',
      visibility: 'shared',
      owner: admin.projectId,
      members: [{ memberId: demo.projectId, status: 'pending' }],
    });
    expect(image.properties).not.toHaveProperty('instance_owner');
    expect((await demo.send('get', `/images/${image.id}`)).status).toBe(200);
  });

  test('is private in the own project', async () => {
    const image = await imageOf(demo, 'of-flavor', { instance_owner: '' });
    expect(image).toMatchObject({ visibility: 'private', owner: demo.projectId, members: [] });
    expect(image.properties).not.toHaveProperty('instance_owner');
  });

  test('cannot be asked for by metadata: the image stays queued, and the server free', async () => {
    const response = take(demo, 'of-flavor', { instance_owner: admin.projectId });
    const [status, name, message] = await faultOf(response);
    expect([status, name]).toEqual([403, 'forbidden']);
    const [id] = /[0-9a-f-]{36}/.exec(message) ?? [''];
    expect(message).toBe(`HTTP 403 Forbidden: Not allowed to create members for image ${id}.`);
    expect(demo.world.images.peek(id)).toMatchObject({ status: 'queued', visibility: 'private', name: 'of-flavor' });
    expect((await take(demo, 'of-flavor')).status).toBe(202);
  });
});
