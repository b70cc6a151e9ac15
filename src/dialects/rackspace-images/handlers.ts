import type { Cloud } from '../../cloud.ts';
import type { Handler, Handlers } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { orMessage } from '../glance/errors.ts';
import { isMarkerGone, pageOf, skipping } from '../glance/image-list/pages.ts';
import { patchFormOf } from '../glance/image-patch/json-patch.ts';
import { applyPatch, parseImagePatch, parsePatchBody } from '../glance/image-patch/patch.ts';
import { refusing } from '../rackspace/request-rules.ts';
import type { contract } from './contract.ts';
import { PATCH_RULES, parseList } from './images/parse.ts';
import { DELETED, imageListText, imageText, json } from './images/present.ts';
import { SCHEMA_TEXTS } from './images/schemas.ts';
import { sharingHandlers } from './members/handlers.ts';
import { unsupportedType } from './problems.ts';
import { choiceOf } from './profiles.ts';
import { taskHandlers } from './tasks/handlers.ts';
import { checkRemover, checkWriter, rules } from './wire.ts';

const schema = (name: keyof typeof SCHEMA_TEXTS): Handler<Context> =>
  refusing((call) => {
    rules.refuseBody(call);
    return json(SCHEMA_TEXTS[name]);
  });

/** What each operation does. */
export const handlers: Handlers<typeof contract, Context> = {
  listImages: refusing((call, { cloud, caller }) => {
    const { query: parameters } = call;
    rules.refuseBody(call);
    const list = parseList(parameters, caller);
    if (typeof list === 'string') return rules.refuse(400, list);
    const { query, offset } = list;
    if (isPastEverything(cloud, query.marker)) return json(imageListText({ images: [], hasMore: false }, parameters));
    if (offset === 0) return json(imageListText(pageOf(cloud.images, { query }, caller), parameters));
    // What follows is found by its marker, from which an offset would count anew.
    const kept = new URLSearchParams(parameters);
    kept.delete('offset');
    return json(imageListText(pageOf(cloud.images, { query, keep: skipping(offset) }, caller), kept));
  }),

  showImage: refusing((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    rules.refuseBody(call);
    rules.checkImageId(imageId);
    return json(imageText(cloud.images.show(caller, imageId)));
  }),

  updateImage: refusing(({ params: { image_id }, headers, body }, { cloud, caller }) => {
    const form = patchFormOf(headers['content-type']);
    if (form === undefined) return unsupportedType('A patch has a media type of its own.');
    rules.checkImageId(image_id);
    checkWriter(caller);
    const steps = orMessage(() => parseImagePatch(parsePatchBody(body), form, PATCH_RULES));
    if (typeof steps === 'string') return rules.refuse(400, steps);
    const changed = cloud.images.change(caller, image_id, (image, permit) => {
      const changes = applyPatch(steps, { image }, PATCH_RULES);
      permit(changes, 'reformat');
      return changes;
    });
    return json(imageText(changed));
  }),

  deleteImage: refusing((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    rules.refuseBody(call);
    rules.checkImageId(imageId);
    checkRemover(caller);
    cloud.images.remove(caller, imageId);
    return DELETED;
  }),

  ...sharingHandlers,
  ...taskHandlers,

  showImagesSchema: schema('images'),
  showImageSchema: schema('image'),
  showMembersSchema: schema('members'),
  showMemberSchema: schema('member'),
  showTasksSchema: schema('tasks'),
  showTaskSchema: schema('task'),
};

/** Whether a list goes on after an image that is not there, in a world in which nothing follows that. */
const isPastEverything = (cloud: Cloud, marker: string | undefined): boolean =>
  choiceOf(cloud, 'past-marker') === 'guide' && isMarkerGone(cloud.images, marker);
