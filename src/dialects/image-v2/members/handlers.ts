import type { OperationHandlers } from '../../../contract/contract.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { Context } from '../../dialect.ts';
import { GlanceError } from '../../glance/errors.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { addMember, parseMember, presentMember, setMemberStatus } from '../../glance/sharing.ts';
import { BARE_REPLY, rejectBody, textReply, withErrorMapping } from '../../glance/wire.ts';
import type { memberOperations } from './contract.ts';

/** Handlers of the operations on image members. */
export const memberHandlers: OperationHandlers<typeof memberOperations, Context> = {
  createImageMember: withErrorMapping((call, { cloud, caller }) => {
    const value = parseMember(call);
    const { image_id: imageId } = call.params;
    const member = addMember(cloud.images.members, caller, { imageId, value });
    // This response echoes the value as sent, even if it is not a string; later ones show the stored id.
    return textReply(200, pythonJson({ ...presentMember(member, imageId), member_id: value }));
  }),

  showImageMember: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    const { image_id: imageId, member_id: memberId } = call.params;
    try {
      return textReply(
        200,
        pythonJson(presentMember(cloud.images.members.show(caller, { imageId, memberId }), imageId)),
      );
    } catch (error) {
      if (error instanceof DomainError && error.problem.kind === 'not-shared') {
        throw notShared();
      }
      throw error;
    }
  }),

  listImageMembers: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    const imageId = call.params.image_id;
    const members = cloud.images.members.list(caller, imageId).map((member) => presentMember(member, imageId));
    return textReply(200, pythonJson({ members, schema: '/v2/schemas/members' }));
  }),

  updateImageMember: withErrorMapping((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    const member = setMemberStatus(call, cloud.images.members, caller);
    return textReply(200, pythonJson(presentMember(member, imageId)));
  }),

  deleteImageMember: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    cloud.images.members.remove(caller, { imageId: call.params.image_id, memberId: call.params.member_id });
    return BARE_REPLY;
  }),
};

/** The error for a member of an image that is not shared. */
export const notShared = (): GlanceError => new GlanceError(404, 'Only shared images have members.');
