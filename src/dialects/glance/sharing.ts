import type { Json } from '../../base/json.ts';
import type { Call } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { toSeconds } from '../../domain/clock.ts';
import { hasLoneSurrogate } from '../../domain/images/image-rules.ts';
import type { Members, SharingMode } from '../../domain/images/members.ts';
import { MEMBER_STATUSES, type Member, type MemberStatus } from '../../domain/member.ts';
import { DomainError } from '../../domain/problem.ts';
import { FAILED, GlanceError } from './errors.ts';
import { pythonStr } from './python-repr.ts';
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
 * Adds a member to an image.
 * @param value - the member as sent: numbers and `true` are stored as text; `null`, `0`, `false` and empty lists and objects are empty.
 * @throws GlanceError 500 for a value that the service cannot store; DomainError as `Members.add`.
 */
export function addMember(
  members: Members,
  caller: Caller,
  { imageId, value, mode }: { readonly imageId: string; readonly value: unknown; readonly mode?: SharingMode },
): Member {
  try {
    return members.add(caller, { imageId, memberId: isEmpty(value) ? '' : () => storedText(value) }, mode);
  } catch (error) {
    const problem = error instanceof DomainError ? error.problem : undefined;
    if (problem?.kind === 'member-exists') throw new DomainError({ ...problem, memberId: pythonStr(value) });
    throw error;
  }
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.keys(value).length === 0 : !value;

/** The text that is stored for a member. */
function storedText(value: unknown): string {
  const text = value === true ? '1' : String(value);
  if (typeof value === 'object' || isTooLarge(value) || hasLoneSurrogate(text)) throw new GlanceError(500, FAILED);
  return text;
}

/** Whether a number is an integer that the database cannot store in 64 bits. */
const isTooLarge = (value: unknown): boolean =>
  typeof value === 'number' && Number.isInteger(value) && (value >= 2 ** 63 || value <= -(2 ** 63));

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
