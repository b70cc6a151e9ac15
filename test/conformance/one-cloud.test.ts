import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import { startEmulator } from '../support/emulator.ts';
import {
  ACCEPTING,
  DELETING,
  DESCRIBING,
  type Deeds,
  done,
  MAKING,
  PROTECTING,
  RENAMING,
  SHARING,
  TAGGING,
  UNSHARING,
  VIEWS,
  type View,
} from './one-cloud/deeds.ts';
import { type Body, type Client, clientOf } from './support.ts';

/** One thing for each view. */
type ByView<T> = Readonly<Record<View, T>>;

let client: Client;
beforeAll(async () => {
  client = await clientOf(await startEmulator());
});
beforeEach(async () => {
  client.emulator.worlds.default.reset();
  // The log-in of before went with the reset.
  client = await clientOf(client.emulator);
});
afterAll(() => client.emulator.close());

async function throughAll<T>(ask: (view: View) => Promise<T>): Promise<ByView<T>> {
  const told: [View, T][] = [];
  for (const view of VIEWS) told.push([view, await ask(view)]);
  return Object.fromEntries(told) as ByView<T>;
}

const asJson = async (operation: string, image_id: string, as: Client): Promise<Response> =>
  as.send(operation, { image_id }).set('Accept', 'application/json');

/** The image as each view shows it. */
const shown = (id: string, as = client): Promise<ByView<Body>> =>
  throughAll(async (view) => {
    const { body } = await done(as.send(`${view}.showImage`, { image_id: id }));
    return body.image ?? body;
  });

/** How each view refuses, status and body. */
const refused = (
  operation: 'showImage' | 'deleteImage',
  id: string,
  as = client,
): Promise<ByView<readonly [number, Body]>> =>
  throughAll(async (view) => {
    const { status, body } = await asJson(`${view}.${operation}`, id, as);
    return [status, body];
  });

/** In which lists the image is. */
const listed = (id: string, as = client): Promise<ByView<boolean>> =>
  throughAll(async (view) => {
    const { body } = await done(as.send(`${view}.listImages`).query({ limit: '100' }));
    return body.images.some((image: Body) => image.id === id);
  });

const inAll = <T>(value: T): ByView<T> => Object.fromEntries(VIEWS.map((view) => [view, value])) as ByView<T>;

/** What members of an image each view is expected to show. */
const words = (glance: object, compute: object, departing: Partial<ByView<object>> = {}): ByView<unknown> => {
  const all: ByView<object> = {
    'image-v2': glance,
    'compute-v2.1': compute,
    'rackspace-images': glance,
    'rackspace-servers': compute,
    ims: glance,
    ...departing,
  };
  return Object.fromEntries(VIEWS.map((view) => [view, expect.objectContaining(all[view])])) as ByView<unknown>;
};

/** An error in the form of Glance. */
const glanceError = (status: number, title: string, said: string): unknown => [
  status,
  { code: `${status} ${title}`, title, message: expect.stringContaining(said) },
];
const fault = (status: number, name: string, said: string): unknown => [
  status,
  { [name]: { code: status, message: expect.stringContaining(said) } },
];

const notFound = (id: string, ofGlance = `No image found with ID ${id}`): ByView<unknown> => ({
  'image-v2': glanceError(404, 'Not Found', ofGlance),
  'compute-v2.1': fault(404, 'itemNotFound', 'Image not found.'),
  'rackspace-images': fault(404, 'itemNotFound', `No image found with ID ${id}`),
  'rackspace-servers': fault(404, 'itemNotFound', 'Image not found.'),
  ims: glanceError(404, 'Not Found', ofGlance),
});

const waysOf = (deeds: Deeds) => Object.entries(deeds);

test.each(Object.entries(MAKING))('what %s makes is there for all, with its data', async (_, make) => {
  const id = await make(client, 'made');
  expect(await shown(id)).toEqual(
    words(
      { id, name: 'made', status: 'active', owner: client.projectId },
      { id, name: 'made', status: 'ACTIVE', progress: 100 },
    ),
  );
  expect(await listed(id)).toEqual(inAll(true));
  const { size } = (await shown(id))['image-v2'];
  expect(size).toBeGreaterThan(0);
  expect(await shown(id)).toEqual(words({ size }, { 'OS-EXT-IMG-SIZE:size': size }));
});

test.each<[string, string, Partial<ByView<object>>]>([
  ['queued', 'SAVING', {}],
  ['saving', 'SAVING', {}],
  // Of these some APIs are too old to know, and Compute knows no state between SAVING and ACTIVE.
  ['uploading', 'UNKNOWN', { 'rackspace-images': { status: 'queued' }, ims: { status: 'queued' } }],
  ['importing', 'UNKNOWN', { 'rackspace-images': { status: 'saving' }, ims: { status: 'saving' } }],
  ['active', 'ACTIVE', {}],
  ['deactivated', 'UNKNOWN', { ims: { status: 'killed' } }],
  ['killed', 'ERROR', {}],
  ['pending_delete', 'DELETED', { ims: { status: 'deleted' } }],
])('an image that is %s is %s for Compute, and so for all that have that word', async (status, compute, departing) => {
  const id = client.imageId(`status-${status.replace('_', '-')}`);
  expect(await shown(id)).toEqual(words({ status }, { status: compute }, departing));
});

test.each(waysOf(RENAMING))('a name that %s gives is its name for all', async (_, rename) => {
  const id = client.imageId('demo-private');
  await rename(client, id);
  expect(await shown(id)).toEqual(inAll(expect.objectContaining({ name: 'renamed' })));
});

test.each(waysOf(DESCRIBING))(
  'a property that %s sets stands beside the attributes, or in the metadata',
  async (_, describeIt) => {
    const id = client.imageId('demo-private');
    await describeIt(client, id);
    const metadata = { architecture: 'x86_64', team: 'blue' };
    expect(await shown(id)).toEqual(words(metadata, { metadata }));
  },
);

test.each(waysOf(TAGGING))('a tag that %s puts on is among the tags of those that have tags', async (_, tag) => {
  const id = client.imageId('demo-private');
  await tag(client, id);
  const tags = expect.arrayContaining(['golden', 'stage', 'team-a']);
  const images = await shown(id);
  expect(images).toEqual(words({ tags }, {}));
  expect(VIEWS.filter((view) => 'tags' in images[view])).toEqual(['image-v2', 'rackspace-images', 'ims']);
  const { body } = await client.send('ims.listKeyValueTags', { image_id: id });
  expect(body.tags).toContainEqual({ key: 'stage', value: '' });
});

describe('an image that is protected', () => {
  test.each(waysOf(PROTECTING))(
    'by %s is shown so by those that have a word for it, and deleted by none',
    async (_, protect) => {
      const id = client.imageId('demo-private');
      await protect(client, id);
      const images = await shown(id);
      expect(images).toEqual(words({ protected: true }, {}));
      expect(VIEWS.filter((view) => 'protected' in images[view])).toEqual(['image-v2', 'rackspace-images', 'ims']);
      const said = `Image ${id} is protected and cannot be deleted.`;
      expect(await refused('deleteImage', id)).toEqual({
        'image-v2': glanceError(403, 'Forbidden', said),
        'compute-v2.1': fault(403, 'forbidden', 'You are not allowed to delete the image.'),
        'rackspace-images': fault(403, 'forbidden', said),
        'rackspace-servers': fault(403, 'forbidden', 'The image is protected'),
        ims: glanceError(403, 'Forbidden', said),
      });
      expect(await listed(id)).toEqual(inAll(true));
    },
  );
});

test.each([
  ['demo-protected', 'IMG.0091'],
  ['cirros-0.6.2-x86_64-disk', 'IMG.0094'],
  ['alt-shared-accepted', 'IMG.0092'],
])('a world may have ims refuse the delete of %s by a code of its own, and the others as ever', async (name, code) => {
  client.emulator.worlds.default.setProfiles({ ims: { 'delete-refusals': 'codes' } });
  const { ims, ...others } = await refused('deleteImage', client.imageId(name));
  expect(ims).toEqual([400, { error: { code, message: expect.any(String) } }]);
  expect(Object.values(others).map(([status]) => status)).toEqual([403, 403, 403, 403]);
});

test('an image in use by a server is deleted through none', async () => {
  const id = client.imageId('in-use-by-web-1');
  const said = `Image ${id} `;
  expect(await refused('deleteImage', id)).toEqual({
    'image-v2': glanceError(409, 'Conflict', said),
    // Compute has no words for what the image service says then.
    'compute-v2.1': fault(500, 'computeFault', 'HTTPConflict'),
    'rackspace-images': fault(409, 'conflictingRequest', said),
    'rackspace-servers': fault(409, 'conflictingRequest', 'The image is in use'),
    ims: glanceError(409, 'Conflict', said),
  });
  expect((await shown(id))['image-v2'].status).toBe('active');
});

describe('an image that is shared', () => {
  const NOT_YOURS: ByView<unknown> = {
    'image-v2': glanceError(403, 'Forbidden', ''),
    'compute-v2.1': fault(403, 'forbidden', 'You are not allowed to delete the image.'),
    'rackspace-images': fault(403, 'forbidden', 'You do not own this image'),
    'rackspace-servers': fault(403, 'forbidden', 'The image is not yours'),
    ims: glanceError(403, 'Forbidden', ''),
  };

  test.each(waysOf(SHARING))(
    'through %s is seen by its member through all, and deleted through none',
    async (_, share) => {
      const id = client.imageId('demo-private');
      const member = await client.as('alt_demo');
      expect(await refused('showImage', id, member)).toEqual(notFound(id));
      await share(client, id);
      expect(await shown(id, member)).toEqual(words({ id, visibility: 'shared' }, { id }));
      expect(await shown(id)).toEqual(words({ visibility: 'shared' }, {}));
      expect(await listed(id, member)).toEqual(inAll(false));
      expect(await refused('deleteImage', id, member)).toEqual(NOT_YOURS);
    },
  );

  test.each(waysOf(ACCEPTING))('is in all lists of its member once %s accepts it', async (_, accept) => {
    const id = client.imageId('demo-shared-pending');
    const member = await client.as('alt_demo');
    expect(await listed(id, member)).toEqual(inAll(false));
    await accept(client, id);
    expect(await listed(id, member)).toEqual(inAll(true));
  });

  test.each(waysOf(UNSHARING))('is there for its member no more after %s', async (_, unshare) => {
    const id = client.imageId('demo-shared');
    const member = await client.as('alt_demo');
    expect(await listed(id, member)).toEqual(inAll(true));
    await unshare(client, id);
    expect(await refused('showImage', id, member)).toEqual(notFound(id));
    expect(await refused('deleteImage', id, member)).toEqual(notFound(id, `Failed to find image ${id} to delete`));
    expect(await listed(id, member)).toEqual(inAll(false));
  });
});

test.each(waysOf(DELETING))('what %s deletes is gone for all', async (_, remove) => {
  const id = client.imageId('demo-private');
  expect(await listed(id)).toEqual(inAll(true));
  await remove(client, id);
  expect(await refused('showImage', id)).toEqual(notFound(id));
  expect(await refused('deleteImage', id)).toEqual(notFound(id, `Failed to find image ${id} to delete`));
  expect(await listed(id)).toEqual(inAll(false));
});

test('an image that is deactivated is there for all, its data for none, until it is reactivated', async () => {
  const id = client.imageId('demo-private');
  const admin = await client.as('admin');
  const act = (name: string) => done(admin.send(`image-v2.${name}`, { image_id: id }));
  const download = async () => (await client.send('image-v2.downloadImageData', { image_id: id })).status;
  const exported = async () => {
    const input = { image_uuid: id, receiving_swift_container: 'exports' };
    const { body } = await done(client.send('rackspace-images.createExportTask').send({ type: 'export', input }));
    return (await client.send('rackspace-images.showTask', { task_id: body.id })).body.status;
  };

  await act('deactivateImage');
  expect(await shown(id)).toEqual(
    words({ status: 'deactivated' }, { status: 'UNKNOWN' }, { ims: { status: 'killed' } }),
  );
  expect(await listed(id)).toEqual(inAll(true));
  expect([await download(), await exported()]).toEqual([403, 'failure']);

  await act('reactivateImage');
  expect(await shown(id)).toEqual(words({ status: 'active' }, { status: 'ACTIVE' }));
  expect([await download(), await exported()]).toEqual([200, 'success']);
});
