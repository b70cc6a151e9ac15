import { request as httpRequest } from 'node:http';
import { signed } from '../../support/sign.ts';
import type { Client } from '../support.ts';
import { type Params, recipesFor, UNKNOWN_ID } from './requests.ts';
import type { Recipe, RecipeTable } from './table.ts';

const OCTETS = { 'Content-Type': 'application/octet-stream' };
const PATCH = { 'Content-Type': 'application/openstack-images-v2.1-json-patch' };

const { send, plain, as, wrongToken, withoutRole: withoutProject, withProfile } = recipesFor('ims');

const withUnexpectedBody =
  (operation: string): Recipe =>
  (client) =>
    send(client, operation).send({ unexpected: true });
const unknownImage = (operation: string, body?: object, params: Params = {}): Recipe =>
  plain(operation, { image_id: UNKNOWN_ID, ...params }, body);

/** Signs the request correctly, but for a project in which the user has no role. */
export const foreignProject =
  (operation: string, params: Params = {}): Recipe =>
  async (client) => {
    const { projectId } = await client.as('alt_demo');
    const test = send(client, operation, params).unset('X-Auth-Token');
    return test.set(
      signed({
        method: test.method,
        url: test.url,
        access: 'demo-ak',
        secret: 'demo-sk',
        headers: { 'X-Project-Id': projectId },
      }),
    );
  };

/** Sends the request as a user with read-only access. */
const asReader = (operation: string, body?: object): Recipe =>
  as('demo_reader', operation, ({ projectId }) => ({ project_id: projectId }), body);

/** The errors of the gateway, for all operations that require a token. */
const gatewayErrors = (operation: string, params: Params = {}): Readonly<Record<number, Recipe>> => ({
  401: wrongToken(operation),
  403: foreignProject(operation, params),
});

/** The errors of the version operations, under the profile in which they require a token. */
const guardedVersionErrors = (operation: string): Readonly<Record<number, Recipe>> => {
  const guarded = (recipe: Recipe): Recipe => withProfile({ 'version-calls': 'guarded' }, recipe);
  return {
    400: guarded((client) => send(client, operation).set('X-Auth-Token', client.token).send({ unexpected: true })),
    401: guarded(plain(operation)),
    403: guarded(foreignProject(operation)),
  };
};

const publicImage = (client: Client): Params => ({ image_id: client.imageId('cirros-0.6.2-x86_64-disk') });

/** Creates an image without data. */
async function newImage(client: Client, body: object = {}): Promise<string> {
  const response = await send(client, 'createImage').send({ name: 'created', ...body });
  if (response.status !== 201) throw new Error(`createImage returned ${response.status}: ${response.text}`);
  return response.body.id;
}

async function createShared(client: Client, member = 'someone'): Promise<string> {
  const image_id = await newImage(client);
  const response = await send(client, 'createImageMember', { image_id }).send({ member });
  if (response.status !== 200) throw new Error(`createImageMember returned ${response.status}: ${response.text}`);
  return image_id;
}

const schemaRecipes = (operation: string): Readonly<Record<number, Recipe>> => ({
  ...gatewayErrors(operation),
  200: plain(operation),
  400: withUnexpectedBody(operation),
});

/** Sends a HEAD with a body, which supertest cannot send. */
const headWithBody: Recipe = (client) => {
  const test = send(client, 'headImageV1');
  const { host, pathname } = new URL(test.url);
  return new Promise((resolve, reject) => {
    const pending = httpRequest(
      `http://${host}${pathname}`,
      { method: 'HEAD', headers: { 'X-Auth-Token': client.token, 'Content-Length': 2 } },
      (response) => {
        response.resume();
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
      },
    );
    pending.on('error', reject);
    pending.end('{}');
  });
};

const KEY_VALUE = { tag: { key: 'stage', value: 'test' } };
const TAGS = { action: 'create', tags: [{ key: 'stage', value: 'test' }] };

/** Recipes for the documented responses of ims, except those of jobs. */
export const imsNative: RecipeTable = {
  listVersions: {
    ...guardedVersionErrors('listVersions'),
    300: plain('listVersions'),
  },
  showVersion: {
    ...guardedVersionErrors('showVersion'),
    300: plain('showVersion', { version: 'v2.0' }),
    404: plain('showVersion', { version: 'v9' }),
  },
  listImages: {
    ...gatewayErrors('listImages'),
    200: plain('listImages'),
    400: (client) => send(client, 'listImages').query({ limit: 'many' }),
  },
  showImage: {
    ...gatewayErrors('showImage'),
    200: plain('showImage'),
    400: withUnexpectedBody('showImage'),
    404: unknownImage('showImage'),
  },
  createImage: {
    201: plain('createImage', {}, { name: 'created' }),
    400: plain('createImage', {}, { min_disk: 2000 }),
    401: wrongToken('createImage'),
    403: plain('createImage', {}, { visibility: 'public' }),
  },
  updateImage: {
    200: (client) => send(client, 'updateImage').set(PATCH).send('[]'),
    400: (client) => send(client, 'updateImage').set(PATCH).send('{}'),
    401: wrongToken('updateImage'),
    403: (client) => send(client, 'updateImage').set(PATCH).send('[{"op":"replace","path":"/status","value":"x"}]'),
    404: (client) => send(client, 'updateImage', { image_id: UNKNOWN_ID }).set(PATCH).send('[]'),
  },
  deleteImage: {
    204: plain('deleteImage'),
    400: plain('deleteImage', {}, { delete_backup: 'yes' }),
    401: wrongToken('deleteImage'),
    403: (client) => send(client, 'deleteImage', { image_id: client.imageId('demo-protected') }),
    404: unknownImage('deleteImage'),
  },
  uploadImage: {
    204: async (client) =>
      send(client, 'uploadImage', { image_id: await newImage(client) })
        .set(OCTETS)
        .send('data'),
    400: async (client) =>
      send(client, 'uploadImage', { image_id: await newImage(client) }).set({ ...OCTETS, 'Content-Length': '0' }),
    401: wrongToken('uploadImage'),
    403: async (client) => {
      const image_id = client.imageId('status-queued');
      return send(await client.as('demo_reader'), 'uploadImage', { image_id })
        .set(OCTETS)
        .send('data');
    },
    404: (client) => send(client, 'uploadImage', { image_id: UNKNOWN_ID }).set(OCTETS).send('data'),
    409: (client) => send(client, 'uploadImage').set(OCTETS).send('data'),
  },
  createImageMember: {
    200: plain('createImageMember', {}, { member: 'someone' }),
    400: plain('createImageMember', {}, {}),
    401: wrongToken('createImageMember'),
    403: (client) => send(client, 'createImageMember', publicImage(client)).send({ member: 'someone' }),
    404: unknownImage('createImageMember', { member: 'someone' }),
  },
  listImageMembers: {
    200: async (client) => send(client, 'listImageMembers', { image_id: await createShared(client) }),
    400: withUnexpectedBody('listImageMembers'),
    401: wrongToken('listImageMembers'),
    403: (client) => send(client, 'listImageMembers', publicImage(client)),
    404: unknownImage('listImageMembers'),
  },
  showImageMember: {
    200: async (client) =>
      send(client, 'showImageMember', { image_id: await createShared(client), member_id: 'someone' }),
    400: withUnexpectedBody('showImageMember'),
    401: wrongToken('showImageMember'),
    403: (client) => send(client, 'showImageMember', publicImage(client)),
    404: plain('showImageMember', { member_id: 'nobody' }),
  },
  updateImageMember: {
    200: async (client) => {
      const other = await client.as('alt_demo');
      const image_id = await createShared(client, other.projectId);
      return send(other, 'updateImageMember', { image_id, member_id: other.projectId }).send({ status: 'accepted' });
    },
    400: async (client) =>
      send(client, 'updateImageMember', { image_id: await createShared(client), member_id: 'someone' }).send({
        state: 'x',
      }),
    401: wrongToken('updateImageMember'),
    403: async (client) =>
      send(client, 'updateImageMember', { image_id: await createShared(client), member_id: 'someone' }).send({
        status: 'accepted',
      }),
    404: unknownImage('updateImageMember', { status: 'accepted' }),
  },
  deleteImageMember: {
    204: async (client) =>
      send(client, 'deleteImageMember', { image_id: await createShared(client), member_id: 'someone' }),
    400: withUnexpectedBody('deleteImageMember'),
    401: wrongToken('deleteImageMember'),
    403: (client) => send(client, 'deleteImageMember', publicImage(client)),
    404: unknownImage('deleteImageMember'),
  },
  addImageTag: {
    204: plain('addImageTag', { tag: 'new' }),
    400: plain('addImageTag', { tag: 'key=value' }),
    401: wrongToken('addImageTag'),
    403: (client) => send(client, 'addImageTag', { ...publicImage(client), tag: 'new' }),
    404: unknownImage('addImageTag', undefined, { tag: 'new' }),
  },
  deleteImageTag: {
    204: plain('deleteImageTag', { tag: 'golden' }),
    400: withUnexpectedBody('deleteImageTag'),
    401: wrongToken('deleteImageTag'),
    403: (client) => send(client, 'deleteImageTag', { ...publicImage(client), tag: 'test' }),
    404: plain('deleteImageTag', { tag: 'none' }),
  },
  showImagesSchema: schemaRecipes('showImagesSchema'),
  showImageSchema: schemaRecipes('showImageSchema'),
  showMembersSchema: schemaRecipes('showMembersSchema'),
  showMemberSchema: schemaRecipes('showMemberSchema'),
  listImagesDetailV11: {
    ...gatewayErrors('listImagesDetailV11'),
    200: plain('listImagesDetailV11'),
    400: (client) => send(client, 'listImagesDetailV11').query({ size_min: 'small' }),
    404: withProfile({ 'v1-calls': 'absent' }, plain('listImagesDetailV11')),
  },
  headImageV1: {
    ...gatewayErrors('headImageV1'),
    200: plain('headImageV1'),
    400: headWithBody,
    404: unknownImage('headImageV1'),
  },
  deleteImageV11: {
    204: plain('deleteImageV11'),
    400: withUnexpectedBody('deleteImageV11'),
    401: wrongToken('deleteImageV11'),
    403: (client) => send(client, 'deleteImageV11', { image_id: client.imageId('demo-protected') }),
    404: unknownImage('deleteImageV11'),
  },
  listCloudImages: {
    ...gatewayErrors('listCloudImages'),
    200: plain('listCloudImages'),
    400: (client) => send(client, 'listCloudImages').query({ limit: 'many' }),
  },
  updateCloudImage: {
    200: plain('updateCloudImage', {}, [{ op: 'replace', path: '/name', value: 'renamed' }]),
    400: plain('updateCloudImage', {}, [{ op: 'replace', path: '/name', value: ' spaced ' }]),
    401: wrongToken('updateCloudImage'),
    403: asReader('updateCloudImage', [{ op: 'replace', path: '/name', value: 'renamed' }]),
    404: unknownImage('updateCloudImage', [{ op: 'replace', path: '/name', value: 'renamed' }]),
  },
  putTag: {
    204: (client) => send(client, 'putTag').send({ image_id: client.imageId('demo-private'), tag: 'stage.test' }),
    400: (client) => send(client, 'putTag').send({ image_id: client.imageId('demo-private'), tag: 'no good' }),
    401: wrongToken('putTag'),
    403: asReader('putTag', { image_id: UNKNOWN_ID, tag: 'stage.test' }),
    404: plain('putTag', {}, { image_id: UNKNOWN_ID, tag: 'stage.test' }),
  },
  listTags: {
    ...gatewayErrors('listTags'),
    200: plain('listTags'),
    400: (client) => send(client, 'listTags').query({ page: '0' }),
  },
  addKeyValueTag: {
    204: plain('addKeyValueTag', {}, KEY_VALUE),
    400: plain('addKeyValueTag', {}, { tag: { key: 'x'.repeat(37), value: '' } }),
    401: wrongToken('addKeyValueTag'),
    403: asReader('addKeyValueTag', KEY_VALUE),
    404: unknownImage('addKeyValueTag', KEY_VALUE),
  },
  batchTags: {
    204: plain('batchTags', {}, TAGS),
    400: plain('batchTags', {}, { ...TAGS, action: 'Create' }),
    401: wrongToken('batchTags'),
    403: asReader('batchTags', TAGS),
    404: unknownImage('batchTags', TAGS),
  },
  deleteKeyValueTag: {
    204: plain('deleteKeyValueTag', { key: 'golden' }),
    400: plain('deleteKeyValueTag', { key: 'x'.repeat(128) }),
    401: wrongToken('deleteKeyValueTag'),
    403: asReader('deleteKeyValueTag'),
    404: plain('deleteKeyValueTag', { key: 'none' }),
  },
  listKeyValueTags: {
    ...gatewayErrors('listKeyValueTags'),
    200: plain('listKeyValueTags'),
    400: plain('listKeyValueTags', { project_id: 'another' }),
    404: unknownImage('listKeyValueTags'),
  },
  listAllTags: {
    ...gatewayErrors('listAllTags'),
    200: plain('listAllTags'),
    400: async (client) => send(client, 'listAllTags', { project_id: (await client.as('alt_demo')).projectId }),
  },
  queryByTags: {
    ...gatewayErrors('queryByTags'),
    200: plain('queryByTags', {}, { action: 'filter' }),
    400: plain('queryByTags', {}, { action: 'filter', limit: '1001' }),
  },
  showQuota: {
    ...gatewayErrors('showQuota'),
    200: plain('showQuota'),
    400: withoutProject('showQuota'),
  },
  listOsVersions: {
    ...gatewayErrors('listOsVersions'),
    200: plain('listOsVersions'),
    400: (client) => send(client, 'listOsVersions').query({ tag: 'quantum' }),
    404: withProfile({ 'huawei-calls': 'absent' }, plain('listOsVersions')),
  },
};
