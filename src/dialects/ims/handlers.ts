import type { Handler, Handlers, Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { glanceError, unsupportedMediaType } from '../shared/glance-errors.ts';
import { gatewayError } from '../shared/huawei-auth.ts';
import { pageOf } from '../shared/image-list.ts';
import { applyPatch, parseImagePatch, patchForm } from '../shared/image-patch.ts';
import { ACCEPT_PATCH } from '../shared/json-patch.ts';
import type { contract } from './contract.ts';
import { PATCH_RULES, parseList, wrongDeleteBody } from './parse.ts';
import { cloudImageListText, imageListText, imageText, versionsText } from './present.ts';
import { gatewayId, imsError } from './problems.ts';
import { SCHEMA_TEXTS } from './schemas.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' } as const;
const json = (body: string, status = 200): Reply => ({ status, headers: JSON_TYPE, body });

/** Carries the type of an empty page, as Glance sends it. */
const DELETED: Reply = { status: 204, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };

/** Page sizes of the service's own list. */
const CLOUD_IMAGE_PAGE = { usual: 500, most: 1000 };

const noRight = (): Reply => imsError(403, 'IMG.0026', 'Your role lacks the right to change images.');

const schema =
  (name: keyof typeof SCHEMA_TEXTS): Handler<Context> =>
  () =>
    json(SCHEMA_TEXTS[name]);

export const handlers: Handlers<typeof contract, Context> = {
  listVersions: ({ base }) => json(versionsText(base) as string, 300),

  showVersion: ({ base, params: { version } }, { requestId }) => {
    const text = versionsText(base, version);
    return text === undefined
      ? gatewayError(404, 'APIGW.0101', 'The API does not exist or has not been published', gatewayId(requestId))
      : json(text, 300);
  },

  listImages: (call, { cloud, caller }) => {
    const { listDefault: usual, listMost: most } = cloud.limits;
    const list = parseList(call.query, caller, { usual, most });
    if (typeof list === 'string') return glanceError(400, list, call);
    return json(imageListText(pageOf(cloud.images, list.query, caller, list.keep), call.query));
  },

  showImage: ({ params: { image_id } }, { cloud, caller }) => json(imageText(cloud.images.show(caller, image_id))),

  updateImage: (call, { cloud, caller }) => {
    const type = call.headers['content-type'];
    const form = patchForm(type);
    if (form === undefined) {
      return unsupportedMediaType(type ?? 'None', { 'Accept-Patch': ACCEPT_PATCH }).reply(call);
    }
    if (caller.isReader) return noRight();
    const operations = parseImagePatch(call.body, form, PATCH_RULES);
    if (typeof operations === 'string') return glanceError(400, operations, call);
    const { image_id } = call.params;
    return json(imageText(cloud.images.change(caller, image_id, (image) => applyPatch(image, operations))));
  },

  deleteImage: ({ params: { image_id }, body }, { cloud, caller }) => {
    const wrong = wrongDeleteBody(body);
    if (wrong !== undefined) return imsError(400, 'IMG.0001', wrong);
    if (caller.isReader) return noRight();
    // The images here have no backups: either choice comes to the same.
    cloud.images.remove(caller, image_id);
    return DELETED;
  },

  listCloudImages: ({ query }, { cloud, caller }) => {
    const list = parseList(query, caller, CLOUD_IMAGE_PAGE);
    if (typeof list === 'string') return imsError(400, 'IMG.0017', list);
    return json(cloudImageListText(pageOf(cloud.images, list.query, caller, list.keep)));
  },

  showImagesSchema: schema('images'),
  showImageSchema: schema('image'),
  showMembersSchema: schema('members'),
  showMemberSchema: schema('member'),
};
