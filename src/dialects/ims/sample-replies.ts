import type { Reply } from '../../contract/contract.ts';
import type { Image } from '../../domain/image.ts';
import type { FaultRequest } from '../dialect.ts';
import { presentMember } from '../glance/sharing.ts';
import { blankImage } from '../shared/placeholder-image.ts';
import { textMember } from '../shared/request-values.ts';
import { jsonSample, type SampleReplies, type SampleReply, sampleReply, textSample } from '../shared/sample-replies.ts';
import type { contract } from './contract.ts';
import { imageText } from './images/present.ts';
import { sampleJob, sampleJobId } from './jobs/present.ts';
import { SCHEMA_TEXTS } from './schemas/documents.ts';
import { v1ImageHeaders } from './v1/present.ts';
import { versionListText } from './versions/present.ts';

const constant = (text: string): SampleReply => textSample(() => text);

const versions = textSample(({ call }) => versionListText(call.base));
const jobId = jsonSample(({ context }) => ({ job_id: sampleJobId(context) }));
const job = jsonSample(({ context }) => sampleJob(context));

/** The requested image, a placeholder if it does not exist, or the first image that the caller can see if the path has no image id. */
function imageOf({ call, context: { cloud, caller } }: FaultRequest): Image | undefined {
  const imageId = call.params['image_id'];
  if (imageId !== undefined) return cloud.images.peek(imageId) ?? blankImage(imageId, cloud.clock.now());
  const { projectId } = caller;
  return cloud.images.list({
    audience: { kind: 'project', projectId, own: true, visibilities: ['public'], sharedAs: [] },
    limit: 1,
  }).images[0];
}

const image = textSample((request) => {
  const found = imageOf(request);
  return found === undefined ? '{}' : imageText(found);
});

const imageHeaders: SampleReply = (request) => {
  const found = imageOf(request);
  return found === undefined ? image(request) : { status: request.status, headers: v1ImageHeaders(found) };
};

/** A new image with the requested name. */
const createdImage: SampleReply = ({ status, call, context: { cloud } }) => {
  const name = textMember(call, 'name') ?? null;
  const created = {
    ...blankImage(cloud.ids.uuid('plausible-image'), cloud.clock.now()),
    name,
    status: 'queued',
  } as const;
  return {
    status,
    headers: { 'Content-Type': 'application/json', Location: `${call.base}/v2/images/${created.id}` },
    body: imageText(created),
  };
};

const member = jsonSample(({ call: { params }, context: { cloud, caller } }) => {
  const now = cloud.clock.now();
  const memberId = params['member_id'] ?? caller.projectId;
  return presentMember({ memberId, status: 'pending', createdAt: now, updatedAt: now }, params['image_id'] ?? '');
});

const noImages = constant('{"images": []}');
const noTags = constant('{"tags": []}');

const REPLIES: SampleReplies<typeof contract> = {
  listVersions: versions,
  showVersion: versions,
  listImages: constant('{"images": [], "first": "/v2/images", "schema": "/v2/schemas/images"}'),
  showImage: image,
  updateImage: image,
  deleteImage: image,
  listCloudImages: noImages,
  createImage: createdImage,
  uploadImage: image,
  createImageMember: member,
  listImageMembers: constant('{"members": [], "schema": "/v2/schemas/members"}'),
  showImageMember: member,
  updateImageMember: member,
  deleteImageMember: image,
  addImageTag: image,
  deleteImageTag: image,
  listImagesDetailV11: noImages,
  headImageV1: imageHeaders,
  deleteImageV11: image,
  updateCloudImage: image,
  showQuota: constant('{"quotas": {"resources": [{"type": "image", "used": 0, "quota": 20, "min": 1, "max": 1000}]}}'),
  listOsVersions: constant('[]'),
  createCloudImage: jobId,
  quickImport: jobId,
  createDataImage: jobId,
  createWholeImage: jobId,
  registerImage: jobId,
  exportImage: jobId,
  copyImage: jobId,
  copyImageCrossRegion: jobId,
  addMembersBatch: jobId,
  updateMembersBatch: jobId,
  deleteMembersBatch: jobId,
  showJob: job,
  showJobProgress: job,
  putTag: image,
  listTags: noTags,
  addKeyValueTag: image,
  batchTags: image,
  deleteKeyValueTag: image,
  listKeyValueTags: noTags,
  listAllTags: noTags,
  queryByTags: constant('{"resources": [], "total_count": 0}'),
  showImagesSchema: constant(SCHEMA_TEXTS.images),
  showImageSchema: constant(SCHEMA_TEXTS.image),
  showMembersSchema: constant(SCHEMA_TEXTS.members),
  showMemberSchema: constant(SCHEMA_TEXTS.member),
};

/** Builds the reply of an injected success. */
export function presentSuccess(request: FaultRequest): Reply {
  const { status, operationId } = request;
  if (status !== 204) return sampleReply(REPLIES, request);
  return GLANCE_DELETES.has(operationId) ? { status, headers: GLANCE_PAGE } : { status };
}

/** Operations whose 204 has the media type of an empty page. */
const GLANCE_DELETES: ReadonlySet<string> = new Set(['deleteImage', 'deleteImageV11']);
const GLANCE_PAGE = { 'Content-Type': 'text/html; charset=UTF-8' } as const;
