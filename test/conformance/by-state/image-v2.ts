import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import request, { type Test } from 'supertest';
import type { Release } from '../../../src/base/release.ts';
import type { Client } from '../support.ts';
import type { Recipe, RecipeTable } from './table.ts';

const UNKNOWN_ID = '5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77';
const OCTETS = { 'Content-Type': 'application/octet-stream' };
const PATCH = { 'Content-Type': 'application/openstack-images-v2.1-json-patch' };
const RAW = { disk_format: 'raw', container_format: 'bare' };

const world = (client: Client) => client.emulator.worlds.default;

/** Recipes that need a release of the services. */
const inRelease = (release: Release, recipes: RecipeTable[string]): RecipeTable[string] =>
  Object.fromEntries(
    Object.entries(recipes).map(([status, recipe]): [string, Recipe] => [
      status,
      (client) => {
        world(client).setRelease(release);
        return recipe(client);
      },
    ]),
  );

/** Creates an image with both formats and no data. */
async function newImage(client: Client, body: object = {}): Promise<string> {
  const response = await client.send('image-v2.createImage').send({ name: 'created', ...RAW, ...body });
  if (response.status !== 201) throw new Error(`createImage returned ${response.status}: ${response.text}`);
  return response.body.id;
}

async function createStaged(client: Client): Promise<string> {
  const image_id = await newImage(client);
  await client.send('image-v2.stageImageData', { image_id }).set(OCTETS).send('data');
  return image_id;
}

async function createActive(client: Client, body: object = {}): Promise<string> {
  const image_id = await newImage(client, body);
  await client.send('image-v2.uploadImageData', { image_id }).set(OCTETS).send('data');
  return image_id;
}

async function createShared(client: Client, member = 'someone'): Promise<string> {
  const image_id = await newImage(client, { visibility: 'shared' });
  await client.send('image-v2.createImageMember', { image_id }).send({ member });
  return image_id;
}

/** Starts an import with this method. */
const startImport = (client: Client, image_id: string, method: object, rest: object = {}): Test =>
  client.send('image-v2.importImage', { image_id }).send({ method, ...rest });

const GLANCE_DIRECT = { name: 'glance-direct' };

/** Serves a file on loopback while `use` runs with its address. */
async function withFileServer<T>(
  use: (url: string) => Promise<T>,
  before: () => Promise<void> = async () => undefined,
): Promise<T> {
  const server = createServer((_request, response) => {
    void before().then(() => response.end('remote bytes'));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/image.bin`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const setProfile = (client: Client, profile: object): void => {
  world(client).setProfiles({ 'image-v2': profile as Record<string, string> });
};

const withBody = (test: Test): Test => test.send({ unexpected: true });
const anonymous =
  (operation: string, params: Readonly<Record<string, string>> = {}): Recipe =>
  (client) =>
    client.send(`image-v2.${operation}`, params).set('X-Auth-Token', 'no-such-token');
const withUnexpectedBody =
  (operation: string, params: Readonly<Record<string, string>> = {}): Recipe =>
  async (client) =>
    withBody((await client.as('admin')).send(`image-v2.${operation}`, params));
const unknownImage =
  (operation: string, send: object = {}, params: Readonly<Record<string, string>> = {}): Recipe =>
  (client) => {
    const test = client.send(`image-v2.${operation}`, { image_id: UNKNOWN_ID, ...params });
    return Object.keys(send).length === 0 ? test : test.send(send);
  };
const as =
  (
    user: string,
    operation: string,
    params: (client: Client) => Readonly<Record<string, string>> = () => ({}),
  ): Recipe =>
  async (client) =>
    (await client.as(user)).send(`image-v2.${operation}`, params(client));

/** Sends a method that no operation supports on this path. */
const otherMethod =
  (operation: string, method: 'get' | 'put'): Recipe =>
  (client) => {
    const url = new URL(client.send(`image-v2.${operation}`).url);
    return request(client.emulator.url)[method](url.pathname).set('X-Auth-Token', client.token);
  };

const IMPORT_TASK = { type: 'import', input: { import_from: 'http://127.0.0.1:9/none', import_from_format: 'raw' } };
const createTask = async (client: Client): Promise<string> => {
  const response = await client.send('image-v2.createTask').send(IMPORT_TASK);
  return response.body.id;
};

const asAdmin =
  (recipe: Recipe): Recipe =>
  async (client) =>
    recipe(await client.as('admin'));

const publicImage = (client: Client): Readonly<Record<string, string>> => ({
  image_id: client.imageId('cirros-0.6.2-x86_64-disk'),
});

/** Recipes for the documented responses of image-v2. */
export const imageV2: RecipeTable = {
  listVersions: { 300: (client) => client.send('image-v2.listVersions') },
  listVersionsExplicit: { 200: (client) => client.send('image-v2.listVersionsExplicit') },
  listImages: {
    200: (client) => client.send('image-v2.listImages'),
    400: (client) => client.send('image-v2.listImages').query({ limit: 'many' }),
    401: anonymous('listImages'),
    403: async (client) =>
      (await client.as('alt_demo')).send('image-v2.listImages').query({ marker: client.imageId('demo-private') }),
  },
  createImage: {
    201: (client) => client.send('image-v2.createImage').send({ name: 'one' }),
    400: (client) => client.send('image-v2.createImage').send({ name: 5 }),
    401: anonymous('createImage'),
    403: (client) => client.send('image-v2.createImage').send({ visibility: 'public' }),
    409: (client) => client.send('image-v2.createImage').send({ id: client.imageId('demo-private') }),
    413: (client) => {
      world(client).setLimits({ imageTagQuota: 1 });
      return client.send('image-v2.createImage').send({ tags: ['a', 'b'] });
    },
    415: (client) => {
      setProfile(client, { 'media-type': 'checked' });
      return client.send('image-v2.createImage').set('Content-Type', 'text/plain').send('{}');
    },
  },
  showImage: {
    200: (client) => client.send('image-v2.showImage'),
    400: (client) => withBody(client.send('image-v2.showImage')),
    401: anonymous('showImage'),
    403: async (client) => {
      setProfile(client, { unseen: 'forbidden' });
      return (await client.as('alt_demo')).send('image-v2.showImage');
    },
    404: unknownImage('showImage'),
  },
  updateImage: {
    200: (client) => client.send('image-v2.updateImage').set(PATCH).send('[]'),
    400: (client) => client.send('image-v2.updateImage').set(PATCH).send('{}'),
    401: anonymous('updateImage'),
    403: (client) =>
      client.send('image-v2.updateImage').set(PATCH).send('[{"op":"replace","path":"/status","value":"x"}]'),
    404: (client) => client.send('image-v2.updateImage', { image_id: UNKNOWN_ID }).set(PATCH).send('[]'),
    409: (client) => client.send('image-v2.updateImage').set(PATCH).send('[{"op":"remove","path":"/nothing"}]'),
    413: (client) => {
      world(client).setLimits({ imageTagQuota: 1 });
      return client.send('image-v2.updateImage').set(PATCH).send('[{"op":"replace","path":"/tags","value":["a","b"]}]');
    },
    415: (client) => client.send('image-v2.updateImage').set('Content-Type', 'text/plain').send('[]'),
  },
  deleteImage: {
    204: (client) => client.send('image-v2.deleteImage'),
    403: (client) => client.send('image-v2.deleteImage', { image_id: client.imageId('demo-protected') }),
    404: unknownImage('deleteImage'),
  },
  showImageTasks: {
    200: (client) => client.send('image-v2.showImageTasks'),
    404: unknownImage('showImageTasks'),
  },
  deactivateImage: {
    204: (client) => client.send('image-v2.deactivateImage'),
    400: (client) => withBody(client.send('image-v2.deactivateImage')),
    403: async (client) => client.send('image-v2.deactivateImage', { image_id: await newImage(client) }),
    404: unknownImage('deactivateImage'),
  },
  reactivateImage: {
    204: (client) => client.send('image-v2.reactivateImage'),
    400: (client) => withBody(client.send('image-v2.reactivateImage')),
    403: async (client) => client.send('image-v2.reactivateImage', { image_id: await newImage(client) }),
    404: unknownImage('reactivateImage'),
  },
  uploadImageData: {
    204: async (client) =>
      client
        .send('image-v2.uploadImageData', { image_id: await newImage(client) })
        .set(OCTETS)
        .send('data'),
    400: async (client) =>
      client
        .send('image-v2.uploadImageData', { image_id: await newImage(client) })
        .set({ ...OCTETS, 'X-Image-Meta-Store': 'nowhere' })
        .send('data'),
    401: anonymous('uploadImageData'),
    403: async (client) => {
      const image_id = await newImage(await client.as('admin'), { visibility: 'public' });
      return client.send('image-v2.uploadImageData', { image_id }).set(OCTETS).send('data');
    },
    404: (client) => client.send('image-v2.uploadImageData', { image_id: UNKNOWN_ID }).set(OCTETS).send('data'),
    409: (client) => client.send('image-v2.uploadImageData').set(OCTETS).send('data'),
    410: (client) => deletedDuringUpload(client, 'uploadImageData'),
    413: async (client) => {
      world(client).setLimits({ imageSizeCap: 2 });
      return client
        .send('image-v2.uploadImageData', { image_id: await newImage(client) })
        .set(OCTETS)
        .send('data');
    },
    415: async (client) =>
      client
        .send('image-v2.uploadImageData', { image_id: await newImage(client) })
        .set('Content-Type', 'text/plain')
        .send('data'),
  },
  downloadImageData: {
    200: async (client) => client.send('image-v2.downloadImageData', { image_id: await createActive(client) }),
    204: async (client) => client.send('image-v2.downloadImageData', { image_id: await newImage(client) }),
    206: async (client) =>
      client.send('image-v2.downloadImageData', { image_id: await createActive(client) }).set('Range', 'bytes=1-2'),
    400: (client) => withBody(client.send('image-v2.downloadImageData')),
    403: async (client) => {
      const image_id = await createActive(client);
      await client.send('image-v2.deactivateImage', { image_id });
      return client.send('image-v2.downloadImageData', { image_id });
    },
    404: unknownImage('downloadImageData'),
    416: async (client) =>
      client.send('image-v2.downloadImageData', { image_id: await createActive(client) }).set('Range', 'bytes=900-901'),
  },
  stageImageData: {
    204: async (client) =>
      client
        .send('image-v2.stageImageData', { image_id: await newImage(client) })
        .set(OCTETS)
        .send('data'),
    400: async (client) => {
      setProfile(client, { 'size-header': 'checked' });
      return client
        .send('image-v2.stageImageData', { image_id: await newImage(client) })
        .set({ ...OCTETS, 'x-openstack-image-size': '3' })
        .send('data');
    },
    401: anonymous('stageImageData'),
    403: async (client) => {
      const image_id = await newImage(await client.as('admin'), { visibility: 'public' });
      return client.send('image-v2.stageImageData', { image_id }).set(OCTETS).send('data');
    },
    404: (client) => client.send('image-v2.stageImageData', { image_id: UNKNOWN_ID }).set(OCTETS).send('data'),
    405: otherMethod('stageImageData', 'get'),
    409: async (client) =>
      client
        .send('image-v2.stageImageData', { image_id: await createStaged(client) })
        .set(OCTETS)
        .send('data'),
    410: (client) => deletedDuringUpload(client, 'stageImageData'),
    413: async (client) => {
      world(client).setLimits({ imageSizeCap: 2 });
      return client
        .send('image-v2.stageImageData', { image_id: await newImage(client) })
        .set(OCTETS)
        .send('data');
    },
    415: async (client) =>
      client
        .send('image-v2.stageImageData', { image_id: await newImage(client) })
        .set('Content-Type', 'text/plain')
        .send('data'),
  },
  importImage: {
    202: async (client) => startImport(client, await createStaged(client), GLANCE_DIRECT),
    400: async (client) => startImport(client, await createStaged(client), { name: 'nothing-known' }),
    401: anonymous('importImage'),
    403: async (client) =>
      startImport(client, await createActive(client), { name: 'copy-image' }, { stores: ['store2'] }),
    404: (client) => startImport(client, UNKNOWN_ID, GLANCE_DIRECT),
    405: otherMethod('importImage', 'get'),
    409: async (client) => startImport(client, await newImage(client), GLANCE_DIRECT),
    410: async (client) => {
      const image_id = await newImage(client);
      return withFileServer(
        async (uri) => startImport(client, image_id, { name: 'web-download', uri }),
        async () => {
          await client.send('image-v2.deleteImage', { image_id });
        },
      );
    },
    413: async (client) => {
      // The images of the fixtures already exceed the limit.
      world(client).setLimits({ imageSizeTotal: 0 });
      return startImport(client, await createStaged(client), GLANCE_DIRECT);
    },
    415: async (client) => {
      setProfile(client, { 'media-type': 'checked' });
      return client
        .send('image-v2.importImage', { image_id: await createStaged(client) })
        .set('Content-Type', 'text/plain')
        .send(JSON.stringify({ method: GLANCE_DIRECT }));
    },
  },
  addImageTag: {
    204: (client) => client.send('image-v2.addImageTag', { tag: 'new' }),
    400: (client) => client.send('image-v2.addImageTag', { tag: 'x'.repeat(256) }),
    401: anonymous('addImageTag'),
    403: (client) => client.send('image-v2.addImageTag', { ...publicImage(client), tag: 'new' }),
    404: unknownImage('addImageTag', {}, { tag: 'new' }),
    413: async (client) => {
      const image_id = await newImage(client, { tags: ['one'] });
      world(client).setLimits({ imageTagQuota: 1 });
      return client.send('image-v2.addImageTag', { image_id, tag: 'two' });
    },
  },
  deleteImageTag: {
    204: async (client) =>
      client.send('image-v2.deleteImageTag', { image_id: await newImage(client, { tags: ['one'] }), tag: 'one' }),
    400: (client) => withBody(client.send('image-v2.deleteImageTag', { tag: 'one' })),
    401: anonymous('deleteImageTag'),
    403: (client) => client.send('image-v2.deleteImageTag', { ...publicImage(client), tag: 'one' }),
    404: async (client) => client.send('image-v2.deleteImageTag', { image_id: await newImage(client), tag: 'none' }),
  },
  createImageMember: {
    200: async (client) =>
      client.send('image-v2.createImageMember', { image_id: await newImage(client) }).send({ member: 'someone' }),
    400: async (client) => client.send('image-v2.createImageMember', { image_id: await newImage(client) }).send({}),
    401: anonymous('createImageMember'),
    403: (client) => client.send('image-v2.createImageMember', publicImage(client)).send({ member: 'someone' }),
    404: unknownImage('createImageMember', { member: 'someone' }),
    409: async (client) =>
      client.send('image-v2.createImageMember', { image_id: await createShared(client) }).send({ member: 'someone' }),
    413: async (client) => {
      const image_id = await createShared(client);
      world(client).setLimits({ imageMemberQuota: 1 });
      return client.send('image-v2.createImageMember', { image_id }).send({ member: 'another' });
    },
  },
  showImageMember: {
    200: async (client) =>
      client.send('image-v2.showImageMember', { image_id: await createShared(client), member_id: 'someone' }),
    400: (client) => withBody(client.send('image-v2.showImageMember')),
    401: anonymous('showImageMember'),
    404: unknownImage('showImageMember'),
  },
  listImageMembers: {
    200: async (client) => client.send('image-v2.listImageMembers', { image_id: await createShared(client) }),
    400: (client) => withBody(client.send('image-v2.listImageMembers')),
    401: anonymous('listImageMembers'),
    403: (client) => client.send('image-v2.listImageMembers', publicImage(client)),
    404: unknownImage('listImageMembers'),
  },
  updateImageMember: {
    200: async (client) => {
      const alt = await client.as('alt_demo');
      const image_id = await createShared(client, alt.projectId);
      return alt
        .send('image-v2.updateImageMember', { image_id, member_id: alt.projectId })
        .send({ status: 'accepted' });
    },
    400: async (client) =>
      client
        .send('image-v2.updateImageMember', { image_id: await createShared(client), member_id: 'someone' })
        .send({ state: 'x' }),
    401: anonymous('updateImageMember'),
    403: async (client) =>
      client
        .send('image-v2.updateImageMember', { image_id: await createShared(client), member_id: 'someone' })
        .send({ status: 'accepted' }),
    404: unknownImage('updateImageMember', { status: 'accepted' }),
  },
  deleteImageMember: {
    204: async (client) =>
      client.send('image-v2.deleteImageMember', { image_id: await createShared(client), member_id: 'someone' }),
    400: (client) => withBody(client.send('image-v2.deleteImageMember')),
    401: anonymous('deleteImageMember'),
    403: (client) => client.send('image-v2.deleteImageMember', publicImage(client)),
    404: unknownImage('deleteImageMember'),
  },
  createTask: {
    201: asAdmin((client) => client.send('image-v2.createTask').send(IMPORT_TASK)),
    401: anonymous('createTask'),
    413: asAdmin((client) => {
      world(client).setLimits({ callsPerMinute: 0 });
      return client.send('image-v2.createTask').send(IMPORT_TASK);
    }),
    415: asAdmin((client) => {
      setProfile(client, { 'media-type': 'checked' });
      return client.send('image-v2.createTask').set('Content-Type', 'text/plain').send(JSON.stringify(IMPORT_TASK));
    }),
  },
  listTasks: {
    200: as('admin', 'listTasks'),
    403: (client) => client.send('image-v2.listTasks'),
    404: asAdmin((client) => {
      setProfile(client, { tasks: 'off' });
      return client.send('image-v2.listTasks');
    }),
    413: asAdmin((client) => {
      world(client).setLimits({ callsPerMinute: 0 });
      return client.send('image-v2.listTasks');
    }),
  },
  showTask: {
    200: asAdmin(async (client) => client.send('image-v2.showTask', { task_id: await createTask(client) })),
    404: as('admin', 'showTask', () => ({ task_id: UNKNOWN_ID })),
  },
  deleteTask: { 405: as('admin', 'deleteTask') },
  showImageSchema: schemaRecipes('showImageSchema'),
  showImagesSchema: schemaRecipes('showImagesSchema'),
  showMemberSchema: schemaRecipes('showMemberSchema'),
  showMembersSchema: schemaRecipes('showMembersSchema'),
  showTaskSchema: {
    200: (client) => client.send('image-v2.showTaskSchema'),
    401: anonymous('showTaskSchema'),
  },
  showTasksSchema: {
    200: (client) => client.send('image-v2.showTasksSchema'),
    401: anonymous('showTasksSchema'),
  },
  discoverImport: {
    200: (client) => client.send('image-v2.discoverImport'),
    400: withUnexpectedBody('discoverImport'),
    401: anonymous('discoverImport'),
    403: (client) => {
      setProfile(client, { discovery: 'administrators' });
      return client.send('image-v2.discoverImport');
    },
  },
  discoverStores: {
    200: (client) => client.send('image-v2.discoverStores'),
    404: (client) => {
      world(client).setStores([]);
      return client.send('image-v2.discoverStores');
    },
  },
  discoverStoresDetail: {
    200: as('admin', 'discoverStoresDetail'),
    403: (client) => client.send('image-v2.discoverStoresDetail'),
    404: asAdmin((client) => {
      world(client).setStores([]);
      return client.send('image-v2.discoverStoresDetail');
    }),
  },
  discoverUsage: { 200: (client) => client.send('image-v2.discoverUsage') },
  deleteImageFromStore: {
    204: async (client) => {
      const image_id = await createStaged(client);
      await startImport(client, image_id, GLANCE_DIRECT, { all_stores: true });
      return client.send('image-v2.deleteImageFromStore', { image_id, store_id: 'store2' });
    },
    400: withUnexpectedBody('deleteImageFromStore', { store_id: 'store1' }),
    401: anonymous('deleteImageFromStore'),
    403: (client) => client.send('image-v2.deleteImageFromStore', { store_id: 'store1' }),
    404: unknownImage('deleteImageFromStore', {}, { store_id: 'store1' }),
    409: (client) => client.send('image-v2.deleteImageFromStore', { store_id: 'nowhere' }),
  },
  addImageLocation: inRelease('2025.1', {
    200: async (client) => {
      world(client).setProfiles({ 'image-v2': { 'add-location': 'done' } });
      const image_id = await newImage(client);
      return withFileServer(async (url) => client.send('image-v2.addImageLocation', { image_id }).send({ url }));
    },
    400: async (client) => {
      const image_id = await newImage(client);
      const validation_data = { os_hash_algo: 'sha256', os_hash_value: '00' };
      return withFileServer(async (url) =>
        client.send('image-v2.addImageLocation', { image_id }).send({ url, validation_data }),
      );
    },
    403: (client) =>
      client.send('image-v2.addImageLocation', publicImage(client)).send({ url: 'http://127.0.0.1:9/none' }),
    404: unknownImage('addImageLocation', { url: 'http://127.0.0.1:9/none' }),
    409: (client) => client.send('image-v2.addImageLocation').send({ url: 'http://127.0.0.1:9/none' }),
  }),
  listImageLocations: inRelease('2025.1', {
    200: as('nova', 'listImageLocations', publicImage),
    403: (client) => client.send('image-v2.listImageLocations'),
    404: unknownImage('listImageLocations'),
  }),
  queryCache: {
    200: as('admin', 'queryCache'),
    400: withUnexpectedBody('queryCache'),
    401: anonymous('queryCache'),
    403: (client) => client.send('image-v2.queryCache'),
  },
  queueCacheImage: {
    202: as('admin', 'queueCacheImage', publicImage),
    400: asAdmin(async (client) => client.send('image-v2.queueCacheImage', { image_id: await newImage(client) })),
    401: anonymous('queueCacheImage'),
    403: (client) => client.send('image-v2.queueCacheImage'),
    404: as('admin', 'queueCacheImage', () => ({ image_id: UNKNOWN_ID })),
  },
  deleteCacheImage: {
    204: as('admin', 'deleteCacheImage', publicImage),
    400: asAdmin((client) =>
      client.send('image-v2.deleteCacheImage').set('Content-Type', 'application/json').send('{'),
    ),
    401: anonymous('deleteCacheImage'),
    403: (client) => client.send('image-v2.deleteCacheImage'),
    404: as('admin', 'deleteCacheImage', () => ({ image_id: UNKNOWN_ID })),
  },
  clearCache: {
    204: as('admin', 'clearCache'),
    400: asAdmin((client) => client.send('image-v2.clearCache').set('x-image-cache-clear-target', 'all')),
    401: anonymous('clearCache'),
    403: (client) => client.send('image-v2.clearCache'),
  },
  cleanCache: inRelease('2026.2', {
    200: as('admin', 'cleanCache'),
    400: withUnexpectedBody('cleanCache'),
    401: anonymous('cleanCache'),
    403: (client) => client.send('image-v2.cleanCache'),
  }),
  pruneCache: inRelease('2026.2', {
    200: as('admin', 'pruneCache'),
    400: withUnexpectedBody('pruneCache'),
    401: anonymous('pruneCache'),
    403: (client) => client.send('image-v2.pruneCache'),
  }),
};

function schemaRecipes(operation: string): Readonly<Record<number, Recipe>> {
  return {
    200: (client) => client.send(`image-v2.${operation}`),
    400: (client) => withBody(client.send(`image-v2.${operation}`)),
    401: anonymous(operation),
  };
}

/** Uploads data to an image and deletes the image when the first half has arrived. */
async function deletedDuringUpload(client: Client, operation: string): Promise<{ readonly status: number }> {
  const image_id = await newImage(client);
  const test = client.send(`image-v2.${operation}`, { image_id }).set(OCTETS);
  test.write('first half');
  const { images, journal } = world(client);
  const responses = journal.recorded;
  // The status of the image is the only sign that the first half has arrived. A fault may respond without reading it.
  const isWaiting = (): boolean => images.peek(image_id)?.status === 'queued' && journal.recorded === responses;
  const response = new Promise<{ readonly status: number }>((resolve, reject) => {
    const poll = (): void => {
      if (isWaiting()) return void setImmediate(poll);
      client.send('image-v2.deleteImage', { image_id }).then(() => test.then(resolve, reject), reject);
    };
    poll();
  });
  return response;
}
