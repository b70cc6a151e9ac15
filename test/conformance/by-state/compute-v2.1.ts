import type { Client } from '../support.ts';
import { type Params, recipesFor, serverId, UNKNOWN_ID } from './requests.ts';
import type { Recipe, RecipeTable } from './table.ts';

const { send, plain, wrongToken, otherMethod, withProfile } = recipesFor('compute-v2.1');

const TEXT = { 'Content-Type': 'text/xml' };
const METADATA = { metadata: { stage: 'test' } };
const META = { meta: { stage: 'test' } };
const STAGE: Params = { key: 'stage' };

const standard = (client: Client): Params => ({ image_id: client.imageId('cirros-0.6.2-x86_64-disk') });
const saving = (client: Client): Params => ({ image_id: client.imageId('status-saving') });

const withParams =
  (operation: string, params: (client: Client) => Params, body?: object): Recipe =>
  (client) => {
    const test = send(client, operation, params(client));
    return body === undefined ? test : test.send(body);
  };

/** The errors that requests about images get before they reach the image. */
const frontEndErrors = (operation: string, params: Params = {}): Readonly<Record<number, Recipe>> => ({
  400: (client) => send(client, operation, params).set('OpenStack-API-Version', 'compute two'),
  401: wrongToken(operation),
  405: otherMethod(operation, params, 'patch'),
});

/** Lists images after a marker that is invisible to the client. */
const afterForeignImage =
  (operation: string): Recipe =>
  (client) =>
    send(client, operation).query({ marker: client.imageId('alt-private') });

/** Names an image of another project, under the profile that returns 403 for it. */
const ofForeignImage = (operation: string, params: Params = {}): Recipe =>
  withProfile(
    { 'foreign-image': 'reference' },
    withParams(operation, (client) => ({ ...params, image_id: client.imageId('alt-private') })),
  );

/** Names an image that is being saved, under the profile that rejects such changes. */
const whileSaving = (operation: string, params: Params = {}, body?: object): Recipe =>
  withProfile(
    { 'image-being-saved': 'reference' },
    withParams(operation, (client) => ({ ...params, ...saving(client) }), body),
  );

const unknownImage = (operation: string, body?: object): Recipe =>
  plain(operation, { ...STAGE, image_id: UNKNOWN_ID }, body);

const readRecipes = (operation: string, params: Params = {}): Readonly<Record<number, Recipe>> => ({
  ...frontEndErrors(operation, params),
  403: ofForeignImage(operation, params),
  404: unknownImage(operation),
});

/** Recipes for changes of metadata with a body. */
const writeRecipes = (operation: string, body: object, params: Params = {}): Readonly<Record<number, Recipe>> => ({
  ...frontEndErrors(operation, params),
  200: plain(operation, params, body),
  400: plain(operation, params, {}),
  403: withParams(operation, (client) => ({ ...params, ...standard(client) }), body),
  404: unknownImage(operation, body),
  409: whileSaving(operation, params, body),
  415: (client) => send(client, operation, params).set(TEXT).send(JSON.stringify(body)),
});

const CREATE_IMAGE = { createImage: { name: 'created' } };

const snapshot =
  (server: string, body: object = CREATE_IMAGE): Recipe =>
  (client) =>
    send(client, 'createServerImage', { server_id: serverId(client, server) }).send(body);

/** Recipes for the documented responses of compute-v2.1. */
export const computeV21: RecipeTable = {
  listVersions: {
    200: plain('listVersions'),
    300: withProfile({ 'version-list': 'reference' }, plain('listVersions')),
  },
  showVersion: { 200: plain('showVersion') },
  listImages: {
    ...frontEndErrors('listImages'),
    200: plain('listImages'),
    403: afterForeignImage('listImages'),
  },
  listImagesDetail: {
    ...frontEndErrors('listImagesDetail'),
    200: plain('listImagesDetail'),
    403: afterForeignImage('listImagesDetail'),
  },
  showImage: {
    ...readRecipes('showImage'),
    200: plain('showImage'),
  },
  deleteImage: {
    ...frontEndErrors('deleteImage'),
    204: plain('deleteImage'),
    403: withParams('deleteImage', (client) => ({ image_id: client.imageId('demo-protected') })),
    404: unknownImage('deleteImage'),
  },
  listImageMetadata: {
    ...readRecipes('listImageMetadata'),
    200: plain('listImageMetadata'),
  },
  updateImageMetadata: writeRecipes('updateImageMetadata', METADATA),
  replaceImageMetadata: writeRecipes('replaceImageMetadata', METADATA),
  showImageMetadataItem: {
    ...readRecipes('showImageMetadataItem', STAGE),
    200: plain('showImageMetadataItem', { key: 'architecture' }),
    404: plain('showImageMetadataItem', STAGE),
  },
  setImageMetadataItem: writeRecipes('setImageMetadataItem', META, STAGE),
  deleteImageMetadataItem: {
    ...frontEndErrors('deleteImageMetadataItem', STAGE),
    204: plain('deleteImageMetadataItem', { key: 'architecture' }),
    403: withParams('deleteImageMetadataItem', (client) => ({ ...standard(client), key: 'architecture' })),
    404: plain('deleteImageMetadataItem', STAGE),
    409: whileSaving('deleteImageMetadataItem', STAGE),
  },
  createServerImage: {
    ...frontEndErrors('createServerImage'),
    202: snapshot('web-1'),
    400: snapshot('web-1', { createImage: { name: '' } }),
    403: snapshot('web-1', {
      createImage: {
        name: 'created',
        metadata: Object.fromEntries(Array.from({ length: 129 }, (_, index) => [`item-${index}`, 'x'])),
      },
    }),
    404: plain('createServerImage', { server_id: UNKNOWN_ID }, CREATE_IMAGE),
    409: snapshot('building-1'),
    415: (client) =>
      send(client, 'createServerImage', { server_id: serverId(client, 'web-1') })
        .set(TEXT)
        .send(JSON.stringify(CREATE_IMAGE)),
  },
};
