import type { Handler, Handlers, Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { GlanceRefusal, unsupportedMediaType } from '../glance/errors.ts';
import { applyPatch, parseImagePatch, patchForm } from '../glance/image-patch.ts';
import { ACCEPT_PATCH } from '../glance/json-patch.ts';
import { pageOf } from '../glance/list-query.ts';
import { refuseBody, refuseUnreadable, textReply, withErrorMapping } from '../glance/wire.ts';
import { serviceHandlers } from './cloud-images/handlers.ts';
import type { contract } from './contract.ts';
import { identify } from './gateway.ts';
import { cloudImageListText, imageListText, imageText, versionsText } from './images/facts.ts';
import { nativeHandlers } from './images/handlers.ts';
import { CLOUD_IMAGE_PAGE, PATCH_RULES, parseList, wantsBackupGone, wrongDeleteBody } from './images/parse.ts';
import { checkValue } from './images/rules.ts';
import { SCHEMA_TEXTS } from './images/schemas.ts';
import { removeBackup } from './jobs/create-whole-image.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { unpublished } from './problems.ts';
import { choiceOf } from './profiles.ts';
import { tagHandlers } from './tags/handlers.ts';
import { coded, ImsRefusal, imsError, nativeChange, noRight } from './wire.ts';

/** Carries the type of an empty page, as Glance sends it. */
const DELETED: Reply = { status: 204, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };

/** Statuses of images that are being made. */
const BEING_MADE = ['saving', 'uploading', 'importing'] as const;

const schema = (name: keyof typeof SCHEMA_TEXTS): Handler<Context> =>
  withErrorMapping((call) => {
    refuseBody(call);
    return textReply(200, SCHEMA_TEXTS[name]);
  });

/** A handler of a call that anybody may make, save in worlds where it is as guarded as all others. */
const open = <Param extends string>(handler: Handler<Context, Param>): Handler<Context, Param> =>
  withErrorMapping((call, context) => {
    const { cloud, requestId } = context;
    if (choiceOf(cloud, 'region') === 'unserved') return unpublished(requestId);
    if (choiceOf(cloud, 'version-calls') === 'open') return handler(call, context);
    const who = identify(call, cloud);
    if ('status' in who) return who;
    refuseBody(call);
    return handler(call, context);
  });

/** Handlers of the operations in `contract.ts`. */
export const handlers: Handlers<typeof contract, Context> = {
  listVersions: open(({ base }) => textReply(300, versionsText(base) as string)),

  showVersion: open(({ base, params: { version } }, { cloud, requestId }) => {
    const text = versionsText(base, version);
    if (text === undefined) return unpublished(requestId);
    return textReply(choiceOf(cloud, 'version-status') === 'otc' ? 300 : 200, text);
  }),

  listImages: withErrorMapping((call, { cloud, caller }) => {
    refuseUnreadable(call.search);
    const { listDefault: usual, listMost: most } = cloud.limits;
    const list = parseList(call.query, caller, { usual, most });
    if (typeof list === 'string') throw new GlanceRefusal(400, list);
    return textReply(200, imageListText(pageOf(cloud.images, list.query, caller, list.keep), call.query));
  }),

  showImage: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    return textReply(200, imageText(cloud.images.show(caller, call.params.image_id)));
  }),

  updateImage: nativeChange((call, { cloud, caller }) => {
    const type = call.headers['content-type'];
    const form = patchForm(type);
    if (form === undefined) throw unsupportedMediaType(type ?? 'None', { 'Accept-Patch': ACCEPT_PATCH });
    const operations = parseImagePatch(call.body, form, PATCH_RULES);
    if (typeof operations === 'string') throw new GlanceRefusal(400, operations);
    for (const { op, name, value } of operations) if (op !== 'remove') checkValue(name, value, cloud);
    const { image_id } = call.params;
    return textReply(200, imageText(cloud.images.change(caller, image_id, (image) => applyPatch(image, operations))));
  }),

  deleteImage: ({ params: { image_id }, body }, context) => {
    const { cloud, caller } = context;
    const wrong = wrongDeleteBody(body);
    if (wrong !== undefined) return imsError(400, 'IMG.0001', wrong);
    if (caller.isReader) return noRight(context);
    const refuseWhile = choiceOf(cloud, 'delete-refusals') === 'codes' ? BEING_MADE : [];
    const image = cloud.images.remove(caller, image_id, { refuseWhile });
    if (wantsBackupGone(body)) removeBackup(context, image);
    return DELETED;
  },

  listCloudImages: coded(({ query }, { cloud, caller }) => {
    const list = parseList(query, caller, CLOUD_IMAGE_PAGE);
    if (typeof list === 'string') throw new ImsRefusal('IMG.0017', list);
    return textReply(200, cloudImageListText(pageOf(cloud.images, list.query, caller, list.keep)));
  }),

  ...nativeHandlers,
  ...serviceHandlers,
  ...jobHandlers,
  ...tagHandlers,

  showImagesSchema: schema('images'),
  showImageSchema: schema('image'),
  showMembersSchema: schema('members'),
  showMemberSchema: schema('member'),
};
