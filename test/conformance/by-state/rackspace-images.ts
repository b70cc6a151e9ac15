import type { Client } from '../support.ts';
import { type Params, recipesFor, UNKNOWN_ID, world } from './requests.ts';
import type { Recipe, RecipeTable } from './table.ts';

const { send, plain, wrongToken, otherMethod, overLimit, withoutRole } = recipesFor('rackspace-images');

const JSON_BODY = { unexpected: true };
const PATCH = { 'Content-Type': 'application/openstack-images-v2.1-json-patch' };
const TEXT = { 'Content-Type': 'text/plain' };

/** The errors of the front end, which every operation returns. */
const frontEndErrors = (operation: string): Readonly<Record<number, Recipe>> => ({
  401: wrongToken(operation),
  403: withoutRole(operation),
  405: otherMethod(operation),
  413: overLimit(operation),
});

const publicImage = (client: Client): Params => ({ image_id: client.imageId('cirros-0.6.2-x86_64-disk') });
const sharedImage = (client: Client): Params => ({ image_id: client.imageId('demo-shared') });

/** Names the membership of alt_demo in an image that demo shares with it. */
const onMembership =
  (operation: string): Recipe =>
  async (client) =>
    send(client, operation, { ...sharedImage(client), member_id: (await client.as('alt_demo')).projectId });

const schemaRecipes = (operation: string): Readonly<Record<number, Recipe>> => ({
  ...frontEndErrors(operation),
  200: plain(operation),
  400: plain(operation, {}, JSON_BODY),
});

const importTask = {
  type: 'import',
  input: { image_properties: { name: 'created' }, import_from: 'exports/my-image.vhd' },
};

async function taskId(client: Client): Promise<string> {
  const response = await send(client, 'createImportTask').send(importTask);
  if (response.status !== 201) throw new Error(`createImportTask returned ${response.status}: ${response.text}`);
  return response.body.id;
}

/** Recipes for the two operations that create tasks; the body decides which of them a request is. */
const taskRecipes = (operation: string, body: object): Readonly<Record<number, Recipe>> => ({
  401: (client) => send(client, operation).set('X-Auth-Token', 'no-such-token').send(body),
  403: async (client) => send(await client.as('demo_reader'), operation).send(body),
  405: otherMethod(operation),
  413: (client) => {
    world(client).setLimits({ callsPerMinute: 0 });
    return send(client, operation).send(body);
  },
  201: plain(operation, {}, body),
  415: (client) => send(client, operation).set(TEXT).send(JSON.stringify(body)),
});

/** Recipes for the documented responses of rackspace-images. */
export const rackspaceImages: RecipeTable = {
  listImages: {
    ...frontEndErrors('listImages'),
    200: plain('listImages'),
    400: (client) => send(client, 'listImages').query({ limit: 'many' }),
  },
  showImage: {
    ...frontEndErrors('showImage'),
    200: plain('showImage'),
    400: plain('showImage', { image_id: 'no-uuid' }),
    404: plain('showImage', { image_id: UNKNOWN_ID }),
  },
  updateImage: {
    ...frontEndErrors('updateImage'),
    200: (client) =>
      send(client, 'updateImage').set(PATCH).send('[{"op": "replace", "path": "/name", "value": "renamed"}]'),
    400: (client) => send(client, 'updateImage').set(PATCH).send('{"op": "replace"}'),
    403: (client) =>
      send(client, 'updateImage', publicImage(client))
        .set(PATCH)
        .send('[{"op": "replace", "path": "/name", "value": "renamed"}]'),
    415: (client) => send(client, 'updateImage').send(JSON_BODY),
  },
  deleteImage: {
    ...frontEndErrors('deleteImage'),
    204: plain('deleteImage'),
    400: plain('deleteImage', {}, JSON_BODY),
    403: (client) => send(client, 'deleteImage', { image_id: client.imageId('demo-protected') }),
    404: plain('deleteImage', { image_id: UNKNOWN_ID }),
  },
  createImageMember: {
    ...frontEndErrors('createImageMember'),
    200: plain('createImageMember', {}, { member: '348129' }),
    400: plain('createImageMember', {}, { member: 348129 }),
    403: (client) => send(client, 'createImageMember', publicImage(client)).send({ member: '348129' }),
    415: (client) => send(client, 'createImageMember').set(TEXT).send('{"member": "348129"}'),
  },
  listImageMembers: {
    ...frontEndErrors('listImageMembers'),
    200: plain('listImageMembers'),
    400: plain('listImageMembers', {}, JSON_BODY),
    403: (client) => send(client, 'listImageMembers', publicImage(client)),
    404: plain('listImageMembers', { image_id: UNKNOWN_ID }),
  },
  showImageMember: {
    ...frontEndErrors('showImageMember'),
    200: onMembership('showImageMember'),
    400: plain('showImageMember', { image_id: 'no-uuid' }),
    403: (client) => send(client, 'showImageMember', publicImage(client)),
    404: plain('showImageMember', { member_id: '348129' }),
  },
  updateImageMember: {
    ...frontEndErrors('updateImageMember'),
    200: async (client) => {
      const member = await client.as('alt_demo');
      return send(member, 'updateImageMember', { ...sharedImage(client), member_id: member.projectId }).send({
        status: 'rejected',
      });
    },
    400: plain('updateImageMember', {}, { status: 'perhaps' }),
    403: async (client) =>
      send(client, 'updateImageMember', {
        ...sharedImage(client),
        member_id: (await client.as('alt_demo')).projectId,
      }).send({ status: 'accepted' }),
    415: (client) => send(client, 'updateImageMember').set(TEXT).send('{"status": "accepted"}'),
  },
  deleteImageMember: {
    ...frontEndErrors('deleteImageMember'),
    204: onMembership('deleteImageMember'),
    400: plain('deleteImageMember', {}, JSON_BODY),
    403: (client) => send(client, 'deleteImageMember', publicImage(client)),
    404: (client) => send(client, 'deleteImageMember', { ...sharedImage(client), member_id: '348129' }),
  },
  addImageTag: {
    ...frontEndErrors('addImageTag'),
    204: plain('addImageTag', { tag: 'new' }),
    400: plain('addImageTag', { tag: 'x'.repeat(256) }),
    403: (client) => send(client, 'addImageTag', { ...publicImage(client), tag: 'new' }),
    415: (client) => send(client, 'addImageTag', { tag: 'new' }).set(TEXT).send('text'),
  },
  deleteImageTag: {
    ...frontEndErrors('deleteImageTag'),
    204: plain('deleteImageTag', { tag: 'golden' }),
    400: plain('deleteImageTag', { tag: 'golden' }, JSON_BODY),
    403: (client) => send(client, 'deleteImageTag', { ...publicImage(client), tag: 'test' }),
    404: plain('deleteImageTag', { tag: 'nothing-like-it' }),
  },
  createImportTask: {
    ...taskRecipes('createImportTask', importTask),
    400: plain('createImportTask', {}, { type: 'import', input: {} }),
  },
  createExportTask: {
    ...taskRecipes('createExportTask', {
      type: 'export',
      input: { image_uuid: UNKNOWN_ID, receiving_swift_container: 'exports' },
    }),
    400: plain('createExportTask', {}, { type: 'export', input: {} }),
  },
  listTasks: {
    ...frontEndErrors('listTasks'),
    200: plain('listTasks'),
    400: (client) => send(client, 'listTasks').query({ limit: 'many' }),
  },
  showTask: {
    ...frontEndErrors('showTask'),
    200: async (client) => send(client, 'showTask', { task_id: await taskId(client) }),
    400: plain('showTask', {}, JSON_BODY),
    404: plain('showTask', { task_id: UNKNOWN_ID }),
  },
  showImagesSchema: schemaRecipes('showImagesSchema'),
  showImageSchema: schemaRecipes('showImageSchema'),
  showMembersSchema: { 200: plain('showMembersSchema') },
  showMemberSchema: { 200: plain('showMemberSchema') },
  showTasksSchema: schemaRecipes('showTasksSchema'),
  showTaskSchema: schemaRecipes('showTaskSchema'),
};
