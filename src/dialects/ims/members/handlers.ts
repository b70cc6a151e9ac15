import { isObject } from '../../../base/json.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { Call, OperationHandlers } from '../../../contract/contract.ts';
import type { Image } from '../../../domain/image.ts';
import type { Context } from '../../dialect.ts';
import { GlanceError } from '../../glance/errors.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { addMember, parseMember, presentMember, setMemberStatus } from '../../glance/sharing.ts';
import { parseBody, rejectBody, textReply, withErrorMapping } from '../../glance/wire.ts';
import { isShareableWholeImage, isWholeImage } from '../images/whole-image.ts';
import { nativeChangeHandler } from '../wire.ts';
import type { memberOperations } from './contract.ts';
import { isEncryptionBlocking, sharingRules } from './sharing-rules.ts';

/** Handlers of the native operations on image members. */
export const memberHandlers: OperationHandlers<typeof memberOperations, Context> = {
  createImageMember: nativeChangeHandler((call, { cloud, caller }) => {
    const value = parseMember(call);
    const { image_id: imageId } = call.params;
    const image = cloud.images.show(caller, imageId);
    if (isEncryptionBlocking(cloud, imageId)) throw new GlanceError(403, 'An encrypted image cannot be shared.');
    if (isWholeImage(image) && !isShareableWholeImage(image)) {
      throw new GlanceError(403, 'A full-ECS image of this kind cannot be shared.');
    }
    const member = addMember(cloud.images.members, caller, { imageId, value, mode: sharingRules(cloud, image) });
    return textReply(200, pythonJson(presentMember(member, imageId)));
  }),

  listImageMembers: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    const { image_id: imageId } = call.params;
    const members = cloud.images.members.list(caller, imageId, sharingRules(cloud));
    const items = members.map((member) => presentMember(member, imageId));
    return textReply(200, pythonJson({ members: items, schema: '/v2/schemas/members' }));
  }),

  showImageMember: withErrorMapping((call, { cloud, caller }) => {
    rejectBody(call);
    const { image_id: imageId, member_id: memberId } = call.params;
    const member = cloud.images.members.show(caller, { imageId, memberId }, sharingRules(cloud));
    return textReply(200, pythonJson(presentMember(member, imageId)));
  }),

  updateImageMember: nativeChangeHandler((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    checkVault(call, cloud.images.show(caller, imageId));
    const member = setMemberStatus(call, cloud.images.members, caller);
    return textReply(200, pythonJson(presentMember(member, imageId)));
  }),

  deleteImageMember: nativeChangeHandler((call, { cloud, caller }) => {
    rejectBody(call);
    const { image_id: imageId, member_id: memberId } = call.params;
    cloud.images.members.remove(caller, { imageId, memberId }, sharingRules(cloud));
    return { status: 204 };
  }),
};

/**
 * Requires a vault from a project that accepts an image of a whole server.
 * @throws GlanceError 400.
 */
function checkVault(call: Call, image: Image): void {
  if (!isWholeImage(image)) return;
  const body = parseBody(call);
  if (isObject(body) && body['status'] === 'accepted' && !isUuid(body['vault_id'])) {
    throw new GlanceError(400, 'To accept a full-ECS image, vault_id must name a vault.');
  }
}
