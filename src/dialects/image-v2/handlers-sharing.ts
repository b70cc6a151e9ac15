import type { Call, Handlers } from '../../contract/contract.ts';
import { toSeconds } from '../../domain/clock.ts';
import { hasLoneSurrogate } from '../../domain/image-rules.ts';
import { MEMBER_STATUSES, type Member, type MemberStatus } from '../../domain/member.ts';
import { DomainError } from '../../domain/problem.ts';
import type { Context } from '../dialect.ts';
import { FAILED, GlanceRefusal } from '../shared/glance-errors.ts';
import { pythonJson } from '../shared/python-json.ts';
import type { sharingOperations } from './contract-sharing.ts';
import { checkAttributes } from './schema-words.ts';
import { emptyReply, parseBody, refuseBody, textReply, worded } from './wire.ts';

interface SharingContract {
  readonly name: 'image-v2';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof sharingOperations;
}

type Json = Readonly<Record<string, unknown>>;

const MEBIBYTE = 1024 ** 2;

/** Handlers of members, tags, actions and use. */
export const sharingHandlers: Handlers<SharingContract, Context> = {
  createImageMember: worded((call, { cloud, caller }) => {
    const given = parseMember(call);
    const member = cloud.images.members.add(caller, call.params.image_id, memberIdOf(given));
    // The answer repeats what was given, be it no text; later ones show what was kept.
    return textReply(200, pythonJson({ ...present(member, call.params.image_id), member_id: given }));
  }),

  showImageMember: worded((call, { cloud, caller }) => {
    refuseBody(call);
    const { image_id: imageId, member_id: memberId } = call.params;
    try {
      return textReply(200, pythonJson(present(cloud.images.members.show(caller, imageId, memberId), imageId)));
    } catch (error) {
      if (error instanceof DomainError && error.problem.kind === 'not-shared') {
        throw new GlanceRefusal(404, 'Only shared images have members.');
      }
      throw error;
    }
  }),

  listImageMembers: worded((call, { cloud, caller }) => {
    refuseBody(call);
    const imageId = call.params.image_id;
    const members = cloud.images.members.list(caller, imageId).map((member) => present(member, imageId));
    return textReply(200, pythonJson({ members, schema: '/v2/schemas/members' }));
  }),

  updateImageMember: worded((call, { cloud, caller }) => {
    const status = parseStatus(call);
    const { image_id: imageId, member_id: memberId } = call.params;
    const { members } = cloud.images;
    if (!isMemberStatus(status)) {
      // Whether there is such a member comes first.
      members.answer(caller, imageId, memberId, members.show(caller, imageId, memberId).status);
      throw new GlanceRefusal(400, 'Incorrect request: Status must be "pending", "accepted" or "rejected".');
    }
    return textReply(200, pythonJson(present(members.answer(caller, imageId, memberId, status), imageId)));
  }),

  deleteImageMember: worded((call, { cloud, caller }) => {
    refuseBody(call);
    cloud.images.members.remove(caller, call.params.image_id, call.params.member_id);
    return { status: 204 };
  }),

  addImageTag: worded((call, { cloud, caller }) => {
    refuseBody(call);
    const tag = tagOf(call.params.tag);
    checkAttributes({ tags: [tag] });
    cloud.images.addTag(caller, call.params.image_id, tag);
    return emptyReply(204);
  }),

  deleteImageTag: worded((call, { cloud, caller }) => {
    refuseBody(call);
    cloud.images.removeTag(caller, call.params.image_id, tagOf(call.params.tag));
    return emptyReply(204);
  }),

  deactivateImage: worded((call, { cloud, caller }) => {
    refuseBody(call);
    cloud.images.deactivate(caller, call.params.image_id);
    return emptyReply(204);
  }),

  reactivateImage: worded((call, { cloud, caller }) => {
    refuseBody(call);
    cloud.images.reactivate(caller, call.params.image_id);
    return emptyReply(204);
  }),

  discoverUsage: worded((call, { cloud, caller }) => {
    if (call.body !== undefined) throw new GlanceRefusal(500, FAILED);
    const { images, bytes, stagedBytes, uploading } = cloud.images.usage(caller.projectId);
    const { userStorageQuota, imageCountTotal, imageStageTotal, imageCountUploading } = cloud.limits;
    const usage = {
      ...shown('image_size_total', userStorageQuota, bytes, MEBIBYTE),
      ...shown('image_count_total', imageCountTotal, images),
      ...shown('image_stage_total', imageStageTotal ?? null, stagedBytes, MEBIBYTE),
      ...shown('image_count_uploading', imageCountUploading ?? null, uploading),
    };
    return textReply(200, pythonJson({ usage }));
  }),
};

/** A limit and what is used of it; nothing where there is no limit. */
const shown = (name: string, limit: number | null, usage: number, unit = 1): Json =>
  limit === null ? {} : { [name]: { limit: Math.floor(limit / unit), usage: Math.ceil(usage / unit) } };

const present = ({ memberId, status, createdAt, updatedAt }: Member, imageId: string) => ({
  member_id: memberId,
  image_id: imageId,
  status,
  created_at: toSeconds(createdAt),
  updated_at: toSeconds(updatedAt),
  schema: '/v2/schemas/member',
});

/** The bytes of a path are taken one by one, so a letter outside ASCII becomes several. */
const tagOf = (text: string): string => Buffer.from(text).toString('latin1');

function parseMember(call: Call): unknown {
  const body = parseBody(call);
  if (Array.isArray(body)) {
    throw new GlanceRefusal(400, 'Expected a member in the form: {"member": "image_id"}');
  }
  if (!Object.hasOwn(body as Json, 'member')) throw new GlanceRefusal(400, 'Member to be added not specified');
  return (body as Json)['member'];
}

/** What is kept of a member's id: numbers as text, and nothing of what counts as nothing. */
function memberIdOf(given: unknown): string {
  if (typeof given === 'object' && given !== null) throw new GlanceRefusal(500, FAILED);
  if (given === null || given === 0 || given === false) return '';
  if (given === true) return '1';
  const id = String(given);
  if (hasLoneSurrogate(id)) throw new GlanceRefusal(500, FAILED);
  return id;
}

function parseStatus(call: Call): unknown {
  const body = parseBody(call);
  if (Array.isArray(body)) {
    throw new GlanceRefusal(400, 'Expected a status in the form: {"status": "status"}');
  }
  if (!Object.hasOwn(body as Json, 'status')) throw new GlanceRefusal(400, 'Status not specified');
  return (body as Json)['status'];
}

const isMemberStatus = (status: unknown): status is MemberStatus =>
  (MEMBER_STATUSES as readonly unknown[]).includes(status);
