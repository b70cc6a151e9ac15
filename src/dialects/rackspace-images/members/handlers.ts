import type { Cloud } from '../../../cloud.ts';
import type { OperationHandlers, Reply } from '../../../contract/contract.ts';
import type { SharingMode } from '../../../domain/images/members.ts';
import { MEMBER_STATUSES, type Member, type MemberStatus } from '../../../domain/member.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { Context } from '../../dialect.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { presentMember } from '../../glance/sharing.ts';
import { textReply } from '../../glance/wire.ts';
import { DELETED } from '../../rackspace/replies.ts';
import { requestHandler } from '../../rackspace/requests.ts';
import { choiceOf } from '../profiles.ts';
import { checkRemover, checks, checkWriter } from '../wire.ts';
import type { memberOperations } from './contract.ts';

/** A private image becomes shared with its first member, and private again without its last. */
const SHARING_RULES: SharingMode = { byMembers: true };

const memberReply = (member: Member, imageId: string): Reply =>
  textReply(200, pythonJson(presentMember(member, imageId)));

/** Handlers of the operations on image members. */
export const memberHandlers: OperationHandlers<typeof memberOperations, Context> = {
  createImageMember: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    const { member } = checks.parseObject(call);
    if (typeof member !== 'string' || member === '') {
      return checks.reject(400, 'The body names no member: {"member": "<tenant>"}.');
    }
    checks.checkImageId(imageId);
    checkWriter(caller);
    const { members } = cloud.images;
    const added = withForeignImageProfile(cloud, imageId, () =>
      members.add(caller, { imageId, memberId: member }, SHARING_RULES),
    );
    return memberReply(added, imageId);
  }),

  listImageMembers: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    checks.rejectBody(call);
    checks.checkImageId(imageId);
    const members = cloud.images.members.list(caller, imageId, SHARING_RULES);
    const items = members.map((member) => presentMember(member, imageId));
    return textReply(200, pythonJson({ members: items, schema: '/v2/schemas/members' }));
  }),

  showImageMember: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId, member_id: memberId } = call.params;
    checks.rejectBody(call);
    checks.checkImageId(imageId);
    return memberReply(cloud.images.members.show(caller, { imageId, memberId }, SHARING_RULES), imageId);
  }),

  updateImageMember: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId, member_id: memberId } = call.params;
    const { status } = checks.parseObject(call);
    if (!isStatus(status)) {
      return checks.reject(400, `The status of a member is one of ${MEMBER_STATUSES.join(', ')}.`);
    }
    checks.checkImageId(imageId);
    checkWriter(caller);
    const { members } = cloud.images;
    const member = withForeignImageProfile(cloud, imageId, () =>
      members.setStatus(caller, { imageId, memberId }, status),
    );
    return memberReply(member, imageId);
  }),

  deleteImageMember: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId, member_id: memberId } = call.params;
    checks.rejectBody(call);
    checks.checkImageId(imageId);
    checkRemover(caller);
    cloud.images.members.remove(caller, { imageId, memberId }, SHARING_RULES);
    return DELETED;
  }),
};

const isStatus = (status: unknown): status is MemberStatus => (MEMBER_STATUSES as readonly unknown[]).includes(status);

/** Runs a change, and turns its `not-allowed` into `image-not-found` in worlds whose profile follows the prose. */
function withForeignImageProfile<T>(cloud: Cloud, imageId: string, change: () => T): T {
  try {
    return change();
  } catch (error) {
    const isForbidden = error instanceof DomainError && error.problem.kind === 'not-allowed';
    if (!isForbidden || choiceOf(cloud, 'foreign-image') === 'table') throw error;
    throw new DomainError({ kind: 'image-not-found', imageId, purpose: 'part' });
  }
}
