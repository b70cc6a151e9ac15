import type { Cloud } from '../../../cloud.ts';
import type { Handlers } from '../../../contract/contract.ts';
import type { SharingMode } from '../../../domain/images/members.ts';
import { MEMBER_STATUSES, type MemberStatus } from '../../../domain/member.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { Context } from '../../dialect.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { presentMember } from '../../glance/sharing.ts';
import { refusing } from '../../rackspace/request-rules.ts';
import { DELETED, json } from '../images/present.ts';
import { choiceOf } from '../profiles.ts';
import { checkRemover, checkWriter, rules } from '../wire.ts';
import type { sharingOperations } from './contract.ts';

interface SharingContract {
  readonly name: 'rackspace-images';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof sharingOperations;
}

/** A private image is shared by its first member, and private again without its last. */
const MANNER: SharingMode = { byMembers: true };

const TAG_LENGTH = 255;

/** Handlers of members and tags. */
export const sharingHandlers: Handlers<SharingContract, Context> = {
  createImageMember: refusing((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    const { member } = rules.parseObject(call);
    if (typeof member !== 'string' || member === '')
      return rules.refuse(400, 'The body names no member: {"member": "<tenant>"}.');
    rules.checkImageId(imageId);
    checkWriter(caller);
    const added = hiding(cloud, imageId, () => cloud.images.members.add(caller, { imageId, memberId: member }, MANNER));
    return json(pythonJson(presentMember(added, imageId)));
  }),

  listImageMembers: refusing((call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    rules.refuseBody(call);
    rules.checkImageId(imageId);
    const members = cloud.images.members.list(caller, imageId, MANNER);
    const shown = members.map((member) => presentMember(member, imageId));
    return json(pythonJson({ members: shown, schema: '/v2/schemas/members' }));
  }),

  showImageMember: refusing((call, { cloud, caller }) => {
    const { image_id: imageId, member_id: memberId } = call.params;
    rules.refuseBody(call);
    rules.checkImageId(imageId);
    return json(pythonJson(presentMember(cloud.images.members.show(caller, { imageId, memberId }, MANNER), imageId)));
  }),

  updateImageMember: refusing((call, { cloud, caller }) => {
    const { image_id: imageId, member_id: memberId } = call.params;
    const { status } = rules.parseObject(call);
    if (!isStatus(status)) return rules.refuse(400, `The status of a member is one of ${MEMBER_STATUSES.join(', ')}.`);
    rules.checkImageId(imageId);
    checkWriter(caller);
    const member = hiding(cloud, imageId, () => cloud.images.members.setStatus(caller, { imageId, memberId }, status));
    return json(pythonJson(presentMember(member, imageId)));
  }),

  deleteImageMember: refusing((call, { cloud, caller }) => {
    const { image_id: imageId, member_id: memberId } = call.params;
    rules.refuseBody(call);
    rules.checkImageId(imageId);
    checkRemover(caller);
    cloud.images.members.remove(caller, { imageId, memberId }, MANNER);
    return DELETED;
  }),

  addImageTag: refusing((call, { cloud, caller }) => {
    const { image_id: imageId, tag } = call.params;
    // A body is passed over, and must be one all the same.
    if (call.body !== undefined) rules.requireJson(call);
    rules.checkImageId(imageId);
    if (tag.length > TAG_LENGTH) return rules.refuse(400, `A tag has at most ${TAG_LENGTH} characters.`);
    checkWriter(caller);
    cloud.images.addTag(caller, imageId, tag);
    return DELETED;
  }),

  deleteImageTag: refusing((call, { cloud, caller }) => {
    const { image_id: imageId, tag } = call.params;
    rules.refuseBody(call);
    rules.checkImageId(imageId);
    checkRemover(caller);
    cloud.images.removeTag(caller, imageId, tag);
    return DELETED;
  }),
};

const isStatus = (status: unknown): status is MemberStatus => (MEMBER_STATUSES as readonly unknown[]).includes(status);

/** Answers as if there were no image, where the world follows the prose, to who may see it and not share it. */
function hiding<T>(cloud: Cloud, imageId: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const isRefused = error instanceof DomainError && error.problem.kind === 'not-allowed';
    if (!isRefused || choiceOf(cloud, 'foreign-image') === 'table') throw error;
    throw new DomainError({ kind: 'image-not-found', imageId, purpose: 'part' });
  }
}
