import type { How, HowTable } from '../by-state.ts';
import type { Client } from '../support.ts';
import { NOWHERE, type Params, waysOf, world } from './requests.ts';

const { send, plain, wrongToken, otherMethod, overLimit, withoutRole, choosing } = waysOf('rackspace-images');

const JSON_BODY = { unexpected: true };
const PATCH = { 'Content-Type': 'application/openstack-images-v2.1-json-patch' };
const TEXT = { 'Content-Type': 'text/plain' };

/** What each call answers to who does not get past the front end. */
const front = (operation: string): Readonly<Record<number, How>> => ({
  401: wrongToken(operation),
  403: withoutRole(operation),
  405: otherMethod(operation),
  413: overLimit(operation),
});

const unserved = (operation: string): How => choosing({ region: 'unserved' }, plain(operation));

const publicImage = (client: Client): Params => ({ image_id: client.imageId('cirros-0.6.2-x86_64-disk') });
const sharedImage = (client: Client): Params => ({ image_id: client.imageId('demo-shared') });

/** A call about the membership of alt_demo in an image that demo shares with it. */
const ofMember =
  (operation: string): How =>
  async (client) =>
    send(client, operation, { ...sharedImage(client), member_id: (await client.as('alt_demo')).projectId });

const schema = (operation: string): Readonly<Record<number, How>> => ({
  ...front(operation),
  200: plain(operation),
  400: plain(operation, {}, JSON_BODY),
});

const importTask = {
  type: 'import',
  input: { image_properties: { name: 'made' }, import_from: 'exports/my-image.vhd' },
};

async function taskId(client: Client): Promise<string> {
  const answer = await send(client, 'createImportTask').send(importTask);
  if (answer.status !== 201) throw new Error(`the task answered ${answer.status}: ${answer.text}`);
  return answer.body.id;
}

/** A front end decides which of the two calls for tasks it is by the body. */
const task = (operation: string, body: object): Readonly<Record<number, How>> => ({
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

/** Ways to the answers of Rackspace Cloud Images. */
export const rackspaceImages: HowTable = {
  listImages: {
    ...front('listImages'),
    200: plain('listImages'),
    400: (client) => send(client, 'listImages').query({ limit: 'many' }),
    404: unserved('listImages'),
  },
  showImage: {
    ...front('showImage'),
    200: plain('showImage'),
    400: plain('showImage', { image_id: 'no-uuid' }),
    404: plain('showImage', { image_id: NOWHERE }),
  },
  updateImage: {
    ...front('updateImage'),
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
    ...front('deleteImage'),
    204: plain('deleteImage'),
    400: plain('deleteImage', {}, JSON_BODY),
    403: (client) => send(client, 'deleteImage', { image_id: client.imageId('demo-protected') }),
    404: plain('deleteImage', { image_id: NOWHERE }),
  },
  createImageMember: {
    ...front('createImageMember'),
    200: plain('createImageMember', {}, { member: '348129' }),
    400: plain('createImageMember', {}, { member: 348129 }),
    403: (client) => send(client, 'createImageMember', publicImage(client)).send({ member: '348129' }),
    415: (client) => send(client, 'createImageMember').set(TEXT).send('{"member": "348129"}'),
  },
  listImageMembers: {
    ...front('listImageMembers'),
    200: plain('listImageMembers'),
    400: plain('listImageMembers', {}, JSON_BODY),
    403: (client) => send(client, 'listImageMembers', publicImage(client)),
    404: plain('listImageMembers', { image_id: NOWHERE }),
  },
  showImageMember: {
    ...front('showImageMember'),
    200: ofMember('showImageMember'),
    400: plain('showImageMember', { image_id: 'no-uuid' }),
    403: (client) => send(client, 'showImageMember', publicImage(client)),
    404: plain('showImageMember', { member_id: '348129' }),
  },
  updateImageMember: {
    ...front('updateImageMember'),
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
    ...front('deleteImageMember'),
    204: ofMember('deleteImageMember'),
    400: plain('deleteImageMember', {}, JSON_BODY),
    403: (client) => send(client, 'deleteImageMember', publicImage(client)),
    404: (client) => send(client, 'deleteImageMember', { ...sharedImage(client), member_id: '348129' }),
  },
  addImageTag: {
    ...front('addImageTag'),
    204: plain('addImageTag', { tag: 'new' }),
    400: plain('addImageTag', { tag: 'x'.repeat(256) }),
    403: (client) => send(client, 'addImageTag', { ...publicImage(client), tag: 'new' }),
    415: (client) => send(client, 'addImageTag', { tag: 'new' }).set(TEXT).send('text'),
  },
  deleteImageTag: {
    ...front('deleteImageTag'),
    204: plain('deleteImageTag', { tag: 'golden' }),
    400: plain('deleteImageTag', { tag: 'golden' }, JSON_BODY),
    403: (client) => send(client, 'deleteImageTag', { ...publicImage(client), tag: 'test' }),
    404: plain('deleteImageTag', { tag: 'nothing-like-it' }),
  },
  createImportTask: {
    ...task('createImportTask', importTask),
    400: plain('createImportTask', {}, { type: 'import', input: {} }),
  },
  createExportTask: {
    ...task('createExportTask', {
      type: 'export',
      input: { image_uuid: NOWHERE, receiving_swift_container: 'exports' },
    }),
    400: plain('createExportTask', {}, { type: 'export', input: {} }),
  },
  listTasks: {
    ...front('listTasks'),
    200: plain('listTasks'),
    400: (client) => send(client, 'listTasks').query({ limit: 'many' }),
    404: unserved('listTasks'),
  },
  showTask: {
    ...front('showTask'),
    200: async (client) => send(client, 'showTask', { task_id: await taskId(client) }),
    400: plain('showTask', {}, JSON_BODY),
    404: plain('showTask', { task_id: NOWHERE }),
  },
  showImagesSchema: { ...schema('showImagesSchema'), 404: unserved('showImagesSchema') },
  showImageSchema: { ...schema('showImageSchema'), 404: unserved('showImageSchema') },
  showMembersSchema: { 200: plain('showMembersSchema') },
  showMemberSchema: { 200: plain('showMemberSchema') },
  showTasksSchema: schema('showTasksSchema'),
  showTaskSchema: schema('showTaskSchema'),
};
