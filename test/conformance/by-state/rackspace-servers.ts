import type { Client } from '../support.ts';
import { type Params, recipesFor, serverId } from './requests.ts';
import type { Recipe, RecipeTable } from './table.ts';

const { send, plain, wrongToken, otherMethod, overLimit, withoutRole } = recipesFor('rackspace-servers');

const BODY = { unexpected: true };

/** The errors of the front end, which every operation returns. */
const frontEndErrors = (operation: string): Readonly<Record<number, Recipe>> => ({
  401: wrongToken(operation),
  403: withoutRole(operation),
  405: otherMethod(operation),
  413: overLimit(operation),
});

const image = (client: Client, name: string): Params => ({ image_id: client.imageId(name) });
const saving = (client: Client): Params => image(client, 'status-saving');
const standard = (client: Client): Params => image(client, 'cirros-0.6.2-x86_64-disk');

/** Names a server of the fixtures. */
const onServer =
  (operation: string, name: string, body?: object): Recipe =>
  (client) => {
    const test = send(client, operation, { server_id: serverId(client, name) });
    return body === undefined ? test : test.send(body);
  };

const SCHEDULE = { image_schedule: { retention: 5 } };
const onSchedule =
  (operation: string): Recipe =>
  async (client) => {
    const response = await onServer('enableScheduledImages', 'web-1', SCHEDULE)(client);
    if (response.status !== 200) throw new Error(`enableScheduledImages returned ${response.status}`);
    return onServer(operation, 'web-1')(client);
  };

const logIn =
  (user: string, apiKey: string): Recipe =>
  (client) =>
    send(client, 'authenticate').send({ auth: { 'RAX-KSKEY:apiKeyCredentials': { username: user, apiKey } } });

/** Recipes for the documented responses of rackspace-servers. */
export const rackspaceServers: RecipeTable = {
  listImages: {
    ...frontEndErrors('listImages'),
    200: plain('listImages'),
    400: (client) => send(client, 'listImages').query({ limit: 'many' }),
  },
  listImagesDetail: {
    ...frontEndErrors('listImagesDetail'),
    200: plain('listImagesDetail'),
    400: (client) => send(client, 'listImagesDetail').query({ 'changes-since': 'yesterday' }),
  },
  showImage: {
    ...frontEndErrors('showImage'),
    200: plain('showImage'),
    400: plain('showImage', { image_id: 'no-uuid' }),
  },
  deleteImage: {
    ...frontEndErrors('deleteImage'),
    204: plain('deleteImage'),
    400: plain('deleteImage', { image_id: 'no-uuid' }),
    403: (client) => send(client, 'deleteImage', image(client, 'demo-protected')),
    409: (client) => send(client, 'deleteImage', saving(client)),
  },
  listImageMetadata: {
    ...frontEndErrors('listImageMetadata'),
    200: plain('listImageMetadata'),
    400: plain('listImageMetadata', { image_id: 'no-uuid' }),
  },
  updateImageMetadata: {
    ...frontEndErrors('updateImageMetadata'),
    200: plain('updateImageMetadata', {}, { metadata: { stage: 'test' } }),
    400: plain('updateImageMetadata', {}, { metadata: { stage: 1 } }),
    403: (client) => send(client, 'updateImageMetadata', standard(client)).send({ metadata: { stage: 'test' } }),
    409: (client) => send(client, 'updateImageMetadata', saving(client)).send({ metadata: { stage: 'test' } }),
    413: (client) =>
      send(client, 'updateImageMetadata').send({
        metadata: Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`item-${index}`, 'x'])),
      }),
  },
  showImageMetadataItem: {
    ...frontEndErrors('showImageMetadataItem'),
    200: plain('showImageMetadataItem', { key: 'architecture' }),
    400: plain('showImageMetadataItem', { image_id: 'no-uuid' }),
  },
  setImageMetadataItem: {
    ...frontEndErrors('setImageMetadataItem'),
    200: plain('setImageMetadataItem', { key: 'stage' }, { meta: { stage: 'test' } }),
    400: plain('setImageMetadataItem', { key: 'stage' }, { meta: { other: 'test' } }),
    403: plain('setImageMetadataItem', { key: 'image_type' }, { meta: { image_type: 'base' } }),
    409: (client) =>
      send(client, 'setImageMetadataItem', { ...saving(client), key: 'stage' }).send({ meta: { stage: 'test' } }),
  },
  deleteImageMetadataItem: {
    ...frontEndErrors('deleteImageMetadataItem'),
    204: plain('deleteImageMetadataItem', { key: 'architecture' }),
    400: plain('deleteImageMetadataItem', { key: 'architecture' }, BODY),
    403: (client) => send(client, 'deleteImageMetadataItem', { ...standard(client), key: 'architecture' }),
    409: (client) => send(client, 'deleteImageMetadataItem', { ...saving(client), key: 'stage' }),
  },
  createServerImage: {
    ...frontEndErrors('createServerImage'),
    202: onServer('createServerImage', 'web-1', { createImage: { name: 'created' } }),
    400: onServer('createServerImage', 'web-1', { createImage: {} }),
    403: async (client) =>
      onServer('createServerImage', 'web-1', { createImage: { name: 'created' } })(await client.as('demo_reader')),
    409: onServer('createServerImage', 'busy-1', { createImage: { name: 'created' } }),
  },
  enableScheduledImages: {
    ...frontEndErrors('enableScheduledImages'),
    200: onServer('enableScheduledImages', 'web-1', SCHEDULE),
    400: onServer('enableScheduledImages', 'web-1', { image_schedule: { retention: 0 } }),
    403: async (client) => onServer('enableScheduledImages', 'web-1', SCHEDULE)(await client.as('demo_reader')),
  },
  showScheduledImages: {
    ...frontEndErrors('showScheduledImages'),
    200: onSchedule('showScheduledImages'),
    400: onServer('showScheduledImages', 'web-1', BODY),
  },
  disableScheduledImages: {
    ...frontEndErrors('disableScheduledImages'),
    202: onSchedule('disableScheduledImages'),
    400: onServer('disableScheduledImages', 'web-1', BODY),
  },
  showLimits: {
    ...frontEndErrors('showLimits'),
    200: plain('showLimits'),
    400: plain('showLimits', {}, BODY),
  },
  showQuotas: {
    ...frontEndErrors('showQuotas'),
    200: (client) => send(client, 'showQuotas', { target_tenant_id: client.projectId }),
    400: plain('showQuotas', {}, BODY),
    403: plain('showQuotas', { target_tenant_id: 'of-others' }),
  },
  authenticate: {
    200: logIn('demo', 'demo-api-key'),
    400: plain('authenticate', {}, BODY),
    401: logIn('demo', 'no-such-key'),
    403: logIn('disabled_user', 'disabled-api-key'),
  },
};
