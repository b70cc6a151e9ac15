import type { Call, Operation, Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { presentMember } from '../glance/sharing.ts';
import { contract } from './contract.ts';
import { imageText, versionsText } from './images/facts.ts';
import { SCHEMA_TEXTS } from './images/schemas.ts';
import { jobOperations } from './jobs/contract.ts';
import { sampleJob } from './jobs/present.ts';
import { oldImageHeaders } from './v1/present.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' } as const;

const { operations } = contract;

/** Bodies of successes that say nothing of any image. */
const BODIES: ReadonlyMap<Operation, string> = new Map<Operation, string>([
  [operations.listImages, '{"images": [], "first": "/v2/images", "schema": "/v2/schemas/images"}'],
  [operations.listCloudImages, '{"images": []}'],
  [operations.listImagesDetailV11, '{"images": []}'],
  [operations.listImageMembers, '{"members": [], "schema": "/v2/schemas/members"}'],
  [operations.listTags, '{"tags": []}'],
  [operations.listKeyValueTags, '{"tags": []}'],
  [operations.listAllTags, '{"tags": []}'],
  [operations.queryByTags, '{"resources": [], "total_count": 0}'],
  [
    operations.showQuota,
    '{"quotas": {"resources": [{"type": "image", "used": 0, "quota": 20, "min": 1, "max": 1000}]}}',
  ],
  [operations.listOsVersions, '[]'],
  [operations.showImageSchema, SCHEMA_TEXTS.image],
  [operations.showImagesSchema, SCHEMA_TEXTS.images],
  [operations.showMemberSchema, SCHEMA_TEXTS.member],
  [operations.showMembersSchema, SCHEMA_TEXTS.members],
]);

/** Calls that a job answers, or of which a job is the answer. */
const OF_JOBS: ReadonlySet<Operation> = new Set<Operation>(Object.values(jobOperations));

const OF_MEMBERS: ReadonlySet<Operation> = new Set<Operation>([
  operations.createImageMember,
  operations.showImageMember,
  operations.updateImageMember,
]);

/** A success that nothing brought about. */
export function sampleReply(status: number, call: Call<string>, context: Context, operation: Operation): Reply {
  if (status === 204) return { status };
  const text = (body: string): Reply => ({ status, headers: JSON_TYPE, body });
  const body = BODIES.get(operation);
  if (body !== undefined) return text(body);
  const { params, base } = call;
  if (operation === operations.listVersions || operation === operations.showVersion) {
    return text(versionsText(base) ?? '{}');
  }
  const { cloud, caller } = context;
  if (OF_JOBS.has(operation)) return text(JSON.stringify(sampleJob(params, context)));
  const imageId = params['image_id'];
  if (OF_MEMBERS.has(operation)) {
    const now = cloud.clock.now();
    const memberId = params['member_id'] ?? caller.projectId;
    const member = { memberId, status: 'pending', createdAt: now, updatedAt: now } as const;
    return text(JSON.stringify(presentMember(member, imageId ?? '')));
  }
  const image = imageId === undefined ? someImage(context) : cloud.images.peek(imageId);
  if (image === undefined) return text('{}');
  return operation === operations.headImageV1 ? { status, headers: oldImageHeaders(image) } : text(imageText(image));
}

/** Any image of the caller's, for answers to creates that never were. */
const someImage = ({ cloud, caller: { projectId } }: Context) =>
  cloud.images.list({
    audience: { kind: 'project', projectId, own: true, visibilities: ['public'], sharedAs: [] },
    limit: 1,
  }).images[0];
