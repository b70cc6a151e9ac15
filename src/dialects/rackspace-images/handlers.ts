import type { Handler, Handlers, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Context } from '../dialect.ts';
import { pageOf } from '../shared/image-list.ts';
import { applyPatch, parseImagePatch, patchForm } from '../shared/image-patch.ts';
import type { contract } from './contract.ts';
import { isImageId, PATCH_RULES, parseList } from './parse.ts';
import { imageListText, imageText } from './present.ts';
import { fault, unsupportedType } from './problems.ts';
import { SCHEMA_TEXTS } from './schemas.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' } as const;
const json = (body: string): Reply => ({ status: 200, headers: JSON_TYPE, body });

/** Carries the type of an empty page, as the framework behind the service sends it. */
const DELETED: Reply = { status: 204, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };

const badId = (imageId: string): Reply => fault(400, `'${imageId}' is no image id: a UUID is expected.`);
const observerOnly = (): Reply => fault(403, 'Your role allows you to look at images and not to change them.');

/** What the product's role for making images leaves out is removing them. */
const mayDelete = (caller: Caller): boolean =>
  !caller.isReader && (!caller.roles.includes('cloudImages:creator') || caller.roles.includes('cloudImages:admin'));

const schema =
  (name: keyof typeof SCHEMA_TEXTS): Handler<Context> =>
  () =>
    json(SCHEMA_TEXTS[name]);

export const handlers: Handlers<typeof contract, Context> = {
  listImages: ({ query: parameters }, { cloud, caller }) => {
    const list = parseList(parameters, caller);
    if (typeof list === 'string') return fault(400, list);
    const { query, offset } = list;
    if (offset === 0) return json(imageListText(pageOf(cloud.images, query, caller), parameters));
    let passedOver = 0;
    const isBeyond = (): boolean => {
      passedOver += 1;
      return passedOver > offset;
    };
    // What follows is found by its marker, from which an offset would count anew.
    const kept = new URLSearchParams(parameters);
    kept.delete('offset');
    return json(imageListText(pageOf(cloud.images, query, caller, isBeyond), kept));
  },

  showImage: ({ params: { image_id } }, { cloud, caller }) =>
    isImageId(image_id) ? json(imageText(cloud.images.show(caller, image_id))) : badId(image_id),

  updateImage: ({ params: { image_id }, headers, body }, { cloud, caller }) => {
    const form = patchForm(headers['content-type']);
    if (form === undefined) return unsupportedType('A patch has a media type of its own.');
    if (!isImageId(image_id)) return badId(image_id);
    if (caller.isReader) return observerOnly();
    const operations = parseImagePatch(body, form, PATCH_RULES);
    if (typeof operations === 'string') return fault(400, operations);
    return json(imageText(cloud.images.change(caller, image_id, (image) => applyPatch(image, operations))));
  },

  deleteImage: ({ params: { image_id }, body }, { cloud, caller }) => {
    if (body !== undefined) return fault(400, 'This operation does not accept a request body.');
    if (!isImageId(image_id)) return badId(image_id);
    if (!mayDelete(caller)) return observerOnly();
    cloud.images.remove(caller, image_id);
    return DELETED;
  },

  showImagesSchema: schema('images'),
  showImageSchema: schema('image'),
  showMembersSchema: schema('members'),
  showMemberSchema: schema('member'),
  showTasksSchema: schema('tasks'),
  showTaskSchema: schema('task'),
};
