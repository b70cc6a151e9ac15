import type { How, HowTable } from '../by-state.ts';
import type { Client } from '../support.ts';
import { NOWHERE, type Params, serverId, waysOf } from './requests.ts';

const { send, plain, wrongToken, otherMethod, choosing } = waysOf('compute-v2.1');

const TEXT = { 'Content-Type': 'text/xml' };
const METADATA = { metadata: { stage: 'test' } };
const META = { meta: { stage: 'test' } };
const STAGE: Params = { key: 'stage' };

const standard = (client: Client): Params => ({ image_id: client.imageId('cirros-0.6.2-x86_64-disk') });
const saving = (client: Client): Params => ({ image_id: client.imageId('status-saving') });

const sending =
  (operation: string, params: (client: Client) => Params, body?: object): How =>
  (client) => {
    const test = send(client, operation, params(client));
    return body === undefined ? test : test.send(body);
  };

/** What calls about images answer to who does not get past what comes first. */
const front = (operation: string, params: Params = {}): Readonly<Record<number, How>> => ({
  400: (client) => send(client, operation, params).set('OpenStack-API-Version', 'compute two'),
  401: wrongToken(operation),
  405: otherMethod(operation, params, 'patch'),
});

/** After an image that the caller may not see. */
const afterForeign =
  (operation: string): How =>
  (client) =>
    send(client, operation).query({ marker: client.imageId('alt-private') });

/** An image of another project, in a world that says so. */
const foreign = (operation: string, params: Params = {}): How =>
  choosing(
    { 'foreign-image': 'reference' },
    sending(operation, (client) => ({ ...params, image_id: client.imageId('alt-private') })),
  );

/** While the data of the image is on its way, in a world that minds. */
const whileSaving = (operation: string, params: Params = {}, body?: object): How =>
  choosing(
    { 'image-being-saved': 'reference' },
    sending(operation, (client) => ({ ...params, ...saving(client) }), body),
  );

const nowhere = (operation: string, body?: object): How => plain(operation, { ...STAGE, image_id: NOWHERE }, body);

const reading = (operation: string, params: Params = {}): Readonly<Record<number, How>> => ({
  ...front(operation, params),
  403: foreign(operation, params),
  404: nowhere(operation),
});

/** Changes of metadata that come with a body. */
const writing = (operation: string, body: object, params: Params = {}): Readonly<Record<number, How>> => ({
  ...front(operation, params),
  200: plain(operation, params, body),
  400: plain(operation, params, {}),
  403: sending(operation, (client) => ({ ...params, ...standard(client) }), body),
  404: nowhere(operation, body),
  409: whileSaving(operation, params, body),
  415: (client) => send(client, operation, params).set(TEXT).send(JSON.stringify(body)),
});

const CREATE_IMAGE = { createImage: { name: 'made' } };

const snapshot =
  (server: string, body: object = CREATE_IMAGE): How =>
  (client) =>
    send(client, 'createServerImage', { server_id: serverId(client, server) }).send(body);

/** Ways to the answers of the Compute API v2.1. */
export const computeV21: HowTable = {
  listVersions: {
    200: plain('listVersions'),
    300: choosing({ 'version-list': 'reference' }, plain('listVersions')),
  },
  showVersion: { 200: plain('showVersion') },
  listImages: {
    ...front('listImages'),
    200: plain('listImages'),
    403: afterForeign('listImages'),
  },
  listImagesDetail: {
    ...front('listImagesDetail'),
    200: plain('listImagesDetail'),
    403: afterForeign('listImagesDetail'),
  },
  showImage: {
    ...reading('showImage'),
    200: plain('showImage'),
  },
  deleteImage: {
    ...front('deleteImage'),
    204: plain('deleteImage'),
    403: sending('deleteImage', (client) => ({ image_id: client.imageId('demo-protected') })),
    404: nowhere('deleteImage'),
  },
  listImageMetadata: {
    ...reading('listImageMetadata'),
    200: plain('listImageMetadata'),
  },
  updateImageMetadata: writing('updateImageMetadata', METADATA),
  replaceImageMetadata: writing('replaceImageMetadata', METADATA),
  showImageMetadataItem: {
    ...reading('showImageMetadataItem', STAGE),
    200: plain('showImageMetadataItem', { key: 'architecture' }),
    404: plain('showImageMetadataItem', STAGE),
  },
  setImageMetadataItem: writing('setImageMetadataItem', META, STAGE),
  deleteImageMetadataItem: {
    ...front('deleteImageMetadataItem', STAGE),
    204: plain('deleteImageMetadataItem', { key: 'architecture' }),
    403: sending('deleteImageMetadataItem', (client) => ({ ...standard(client), key: 'architecture' })),
    404: plain('deleteImageMetadataItem', STAGE),
    409: whileSaving('deleteImageMetadataItem', STAGE),
  },
  createServerImage: {
    ...front('createServerImage'),
    202: snapshot('web-1'),
    400: snapshot('web-1', { createImage: { name: '' } }),
    403: snapshot('web-1', {
      createImage: {
        name: 'made',
        metadata: Object.fromEntries(Array.from({ length: 129 }, (_, index) => [`item-${index}`, 'x'])),
      },
    }),
    404: plain('createServerImage', { server_id: NOWHERE }, CREATE_IMAGE),
    409: snapshot('building-1'),
    415: (client) =>
      send(client, 'createServerImage', { server_id: serverId(client, 'web-1') })
        .set(TEXT)
        .send(JSON.stringify(CREATE_IMAGE)),
  },
  showLimits: { 200: plain('showLimits') },
};
