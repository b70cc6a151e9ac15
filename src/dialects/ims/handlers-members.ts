import type { Handlers } from '../../contract/contract.ts';
import type { SharingManner } from '../../domain/members.ts';
import type { Cloud, Context } from '../dialect.ts';
import { GlanceRefusal } from '../shared/glance-errors.ts';
import { answerOf, memberIdOf, parseMember, presentMember } from '../shared/glance-sharing.ts';
import { refuseBody, textReply, worded } from '../shared/glance-wire.ts';
import { pythonJson } from '../shared/python-json.ts';
import type { nativeOperations } from './contract-native.ts';
import { choiceOf } from './profiles.ts';
import { nativeChange } from './wire.ts';

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

/** How images are shared here: private ones, with as many projects as the edition allows. */
export const sharingManner = (cloud: Pick<Cloud, 'profiles'>): SharingManner => ({
  byMembers: true,
  most: choiceOf(cloud, 'member-limit') === 'otc' ? 256 : 128,
});

/** Whether an image cannot be shared since it is encrypted. */
export const isLocked = ({ images, profiles }: Pick<Cloud, 'images' | 'profiles'>, imageId: string): boolean =>
  choiceOf({ profiles }, 'encrypted-sharing') === 'huaweicloud' &&
  images.peek(imageId)?.properties['__system__cmkid'] !== undefined;

/** Handlers of the native calls for members. */
export const memberHandlers: Handlers<MembersContract, Context> = {
  createImageMember: nativeChange((call, { cloud, caller }) => {
    const given = parseMember(call);
    const { image_id: imageId } = call.params;
    if (isLocked(cloud, imageId)) {
      cloud.images.show(caller, imageId);
      throw new GlanceRefusal(403, 'An encrypted image cannot be shared.');
    }
    const member = cloud.images.members.add(caller, imageId, memberIdOf(given), sharingManner(cloud));
    return textReply(200, pythonJson(presentMember(member, imageId)));
  }),

  listImageMembers: worded((call, { cloud, caller }) => {
    refuseBody(call);
    const { image_id: imageId } = call.params;
    const members = cloud.images.members.list(caller, imageId, sharingManner(cloud));
    const shown = members.map((member) => presentMember(member, imageId));
    return textReply(200, pythonJson({ members: shown, schema: '/v2/schemas/members' }));
  }),

  showImageMember: worded((call, { cloud, caller }) => {
    refuseBody(call);
    const { image_id: imageId, member_id: memberId } = call.params;
    const member = cloud.images.members.show(caller, imageId, memberId, sharingManner(cloud));
    return textReply(200, pythonJson(presentMember(member, imageId)));
  }),

  updateImageMember: nativeChange((call, { cloud, caller }) => {
    const { image_id: imageId, member_id: memberId } = call.params;
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
