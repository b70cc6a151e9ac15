import type { Json } from '../../../base/json.ts';
import { MEBIBYTE } from '../../../base/size.ts';
import type { Handlers } from '../../../contract/contract.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { Context } from '../../dialect.ts';
import { GlanceRefusal } from '../../glance/errors.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { answerOf, memberIdOf, parseMember, presentMember, tagOf } from '../../glance/sharing.ts';
import { checkAttributes } from '../schema-words.ts';
import { BARE_REPLY, emptyReply, failOnBody, refuseBody, textReply, withErrorMapping } from '../wire.ts';
import type { sharingOperations } from './contract.ts';

interface SharingContract {
  readonly name: 'image-v2';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof sharingOperations;
}

/** Handlers of members, tags, actions and use. */
export const sharingHandlers: Handlers<SharingContract, Context> = {
  createImageMember: withErrorMapping((call, { cloud, caller }) => {
    const given = parseMember(call);
    const member = cloud.images.members.add(caller, { imageId: call.params.image_id, memberId: memberIdOf(given) });
    // The answer repeats what was given, be it no text; later ones show what was kept.
    return textReply(200, pythonJson({ ...presentMember(member, call.params.image_id), member_id: given }));
  }),

  showImageMember: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    const { image_id: imageId, member_id: memberId } = call.params;
    try {
      return textReply(
        200,
        pythonJson(presentMember(cloud.images.members.show(caller, { imageId, memberId }), imageId)),
      );
    } catch (error) {
      if (error instanceof DomainError && error.problem.kind === 'not-shared') {
        throw new GlanceRefusal(404, 'Only shared images have members.');
      }
      throw error;
    }
  }),

  listImageMembers: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    const imageId = call.params.image_id;
    const members = cloud.images.members.list(caller, imageId).map((member) => presentMember(member, imageId));
    return textReply(200, pythonJson({ members, schema: '/v2/schemas/members' }));
  }),

  updateImageMember: withErrorMapping((call, { cloud, caller }) => {
    const { image_id: imageId, member_id: memberId } = call.params;
    const member = answerOf(call, cloud.images.members, caller, imageId, memberId);
    return textReply(200, pythonJson(presentMember(member, imageId)));
  }),

  deleteImageMember: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    cloud.images.members.remove(caller, { imageId: call.params.image_id, memberId: call.params.member_id });
    return BARE_REPLY;
  }),

  addImageTag: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    const tag = tagOf(call.params.tag);
    checkAttributes({ tags: [tag] });
    cloud.images.addTag(caller, call.params.image_id, tag);
    return emptyReply(204);
  }),

  deleteImageTag: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    cloud.images.removeTag(caller, call.params.image_id, tagOf(call.params.tag));
    return emptyReply(204);
  }),

  deactivateImage: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    cloud.images.deactivate(caller, call.params.image_id);
    return emptyReply(204);
  }),

  reactivateImage: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    cloud.images.reactivate(caller, call.params.image_id);
    return emptyReply(204);
  }),

  discoverUsage: withErrorMapping((call, { cloud, caller }) => {
    failOnBody(call);
    const { images, bytes, stagedBytes, uploading } = cloud.images.usage(caller.projectId);
    const { imageSizeTotal, imageCountTotal, imageStageTotal, imageCountUploading } = cloud.limits;
    const usage = {
      ...shown('image_size_total', imageSizeTotal ?? null, bytes, MEBIBYTE),
      ...shown('image_count_total', imageCountTotal, images),
      ...shown('image_stage_total', imageStageTotal ?? null, stagedBytes, MEBIBYTE),
      ...shown('image_count_uploading', imageCountUploading ?? null, uploading),
    };
    return textReply(200, pythonJson({ usage }));
  }),
};

/** A limit and what is used of it; nothing where there is no limit. */
const shown = (name: string, limit: number | null, usage: number, unit = 1): Json =>
  limit === null ? {} : { [name]: { limit: Math.floor(limit / unit), usage: Math.floor(usage / unit) } };
