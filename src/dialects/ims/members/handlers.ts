import { isObject } from '../../../base/json.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Call, Handlers } from '../../../contract/contract.ts';
import type { Image } from '../../../domain/image.ts';
import type { SharingManner } from '../../../domain/images/members.ts';
import type { Context } from '../../dialect.ts';
import { GlanceRefusal } from '../../glance/errors.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { answerOf, memberIdOf, parseMember, presentMember } from '../../glance/sharing.ts';
import { parseBody, refuseBody, textReply, withErrorMapping } from '../../glance/wire.ts';
import type { nativeOperations } from '../images/contract.ts';
import { isSharable, isWhole } from '../jobs/create-whole-image.ts';
import { choiceOf } from '../profiles.ts';
import { nativeChange } from '../wire.ts';

type MemberOperation =
  | 'createImageMember'
  | 'listImageMembers'
  | 'showImageMember'
  | 'updateImageMember'
  | 'deleteImageMember';

interface MembersContract {
  readonly name: 'ims';
  readonly title: string;
  readonly mount: string;
  readonly operations: Pick<typeof nativeOperations, MemberOperation>;
}

/** Projects with which an image of a whole server can be shared. */
const MAX_OF_WHOLE = 10;

/** How images are shared here: private ones, with as many projects as the edition allows. */
export const sharingManner = (cloud: Pick<Cloud, 'profiles'>, image?: Image) => {
  const most = choiceOf(cloud, 'member-limit') === 'otc' ? 256 : 128;
  return {
    byMembers: true,
    most: image !== undefined && isWhole(image) ? MAX_OF_WHOLE : most,
  } as const satisfies SharingManner;
};

/** Whether an image cannot be shared since it is encrypted. */
export const isLocked = ({ images, profiles }: Pick<Cloud, 'images' | 'profiles'>, imageId: string): boolean =>
  choiceOf({ profiles }, 'encrypted-sharing') === 'huaweicloud' &&
  images.peek(imageId)?.properties['__system__cmkid'] !== undefined;

/** Handlers of the native calls for members. */
export const memberHandlers: Handlers<MembersContract, Context> = {
  createImageMember: nativeChange((call, { cloud, caller }) => {
    const given = parseMember(call);
    const { image_id: imageId } = call.params;
    const image = cloud.images.show(caller, imageId);
    if (isLocked(cloud, imageId)) throw new GlanceRefusal(403, 'An encrypted image cannot be shared.');
    if (isWhole(image) && !isSharable(image)) {
      throw new GlanceRefusal(403, 'A full-ECS image of this kind cannot be shared.');
    }
    const member = cloud.images.members.add(caller, imageId, memberIdOf(given), sharingManner(cloud, image));
    return textReply(200, pythonJson(presentMember(member, imageId)));
  }),

  listImageMembers: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    const { image_id: imageId } = call.params;
    const members = cloud.images.members.list(caller, imageId, sharingManner(cloud));
    const shown = members.map((member) => presentMember(member, imageId));
    return textReply(200, pythonJson({ members: shown, schema: '/v2/schemas/members' }));
  }),

  showImageMember: withErrorMapping((call, { cloud, caller }) => {
    refuseBody(call);
    const { image_id: imageId, member_id: memberId } = call.params;
    const member = cloud.images.members.show(caller, imageId, memberId, sharingManner(cloud));
    return textReply(200, pythonJson(presentMember(member, imageId)));
  }),

  updateImageMember: nativeChange((call, { cloud, caller }) => {
    const { image_id: imageId, member_id: memberId } = call.params;
    checkVault(call, cloud.images.show(caller, imageId));
    const member = answerOf(call, cloud.images.members, caller, imageId, memberId);
    return textReply(200, pythonJson(presentMember(member, imageId)));
  }),

  deleteImageMember: nativeChange((call, { cloud, caller }) => {
    refuseBody(call);
    const { image_id: imageId, member_id: memberId } = call.params;
    cloud.images.members.remove(caller, imageId, memberId, sharingManner(cloud));
    return { status: 204 };
  }),
};

/**
 * Refuses to accept an image of a whole server without a vault to keep it in.
 * @throws GlanceRefusal 400.
 */
function checkVault(call: Call, image: Image): void {
  if (!isWhole(image)) return;
  const body = parseBody(call);
  if (isObject(body) && body['status'] === 'accepted' && !isUuid(body['vault_id'])) {
    throw new GlanceRefusal(400, 'To accept a full-ECS image, vault_id must name a vault.');
  }
}
