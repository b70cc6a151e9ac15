import type { Json } from '../../base/json.ts';
import type { Call } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { toSeconds } from '../../domain/clock.ts';
import { hasLoneSurrogate } from '../../domain/images/image-rules.ts';
import type { Members } from '../../domain/images/members.ts';
import { MEMBER_STATUSES, type Member, type MemberStatus } from '../../domain/member.ts';
import { FAILED, GlanceError } from './errors.ts';
import { parseBody, type SentBody } from './wire.ts';

/** Presents a member of an image. */
export const presentMember = ({ memberId, status, createdAt, updatedAt }: Member, imageId: string) => ({
  member_id: memberId,
  image_id: imageId,
  status,
  created_at: toSeconds(createdAt),
  updated_at: toSeconds(updatedAt),
  schema: '/v2/schemas/member',
});

/**
 * Parses the member in the body of a request to share an image.
 * @returns the value as sent, which need not be a string.
 * @throws GlanceError 400.
 */
export function parseMember(call: SentBody): unknown {
  const body = parseBody(call);
  if (Array.isArray(body)) {
    throw new GlanceError(400, 'Expected a member in the form: {"member": "image_id"}');
  }
  if (!Object.hasOwn(body as Json, 'member')) throw new GlanceError(400, 'Member to be added not specified');
  return (body as Json)['member'];
}

/**
 * Converts the id of a member to the one that is stored: numbers as text, `null`, `0` and `false` as an empty text.
 * @throws GlanceError 500 for a value that the service cannot store.
 */
export function memberIdOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) throw new GlanceError(500, FAILED);
  if (value === null || value === 0 || value === false) return '';
  if (value === true) return '1';
  const id = String(value);
  if (hasLoneSurrogate(id)) throw new GlanceError(500, FAILED);
  return id;
}

/**
 * Parses the status in the body of a request to accept or reject an image.
 * @returns the value as sent, which need not be a status.
 * @throws GlanceError 400.
 */
export function parseStatus(call: SentBody): unknown {
  const body = parseBody(call);
  if (Array.isArray(body)) {
    throw new GlanceError(400, 'Expected a status in the form: {"status": "status"}');
  }
  if (!Object.hasOwn(body as Json, 'status')) throw new GlanceError(400, 'Status not specified');
  return (body as Json)['status'];
}

const isMemberStatus = (status: unknown): status is MemberStatus =>
  (MEMBER_STATUSES as readonly unknown[]).includes(status);

/** The error for a status that members cannot have. */
export const wrongMemberStatus = (): GlanceError =>
  new GlanceError(400, 'Incorrect request: Status must be "pending", "accepted" or "rejected".');

/**
 * Sets the status of a member to the one in the body of the request.
 * @throws GlanceError 400; DomainError as `Members.setStatus`.
 */
export function setMemberStatus(call: Call<'image_id' | 'member_id'>, members: Members, caller: Caller): Member {
  const { image_id: imageId, member_id: memberId } = call.params;
  const status = parseStatus(call);
  if (!isMemberStatus(status)) {
    // A missing member takes precedence over an invalid status.
    members.checkSetStatus(caller, { imageId, memberId });
    throw wrongMemberStatus();
  }
  return members.setStatus(caller, { imageId, memberId }, status);
}
