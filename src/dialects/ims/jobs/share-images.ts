import type { Json } from '../../../base/json.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { Image } from '../../../domain/image.ts';
import type { Effect, Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import type { ImsCode } from '../error-codes.ts';
import { checkImageId, findOwnImage } from '../images/own-image.ts';
import { presentStatus } from '../images/present.ts';
import { isShareableWholeImage, isWholeImage } from '../images/whole-image.ts';
import { isEncryptionBlocking, sharingRules } from '../members/sharing-rules.ts';
import { ImsError, textIn, unknownProject } from '../wire.ts';
import { jobRequest } from './job.ts';
import type { JobType } from './job-types.ts';
import type { SharingResult } from './present.ts';

/**
 * Starts the job that shares images with projects.
 * @throws ImsError; DomainError `image-not-found`.
 */
export function addMembers(body: Json, context: Context): Task {
  const projects = parseProjects(body, context);
  if (projects.includes(context.caller.projectId)) throw new ImsError('IMG.0076');
  const images = imageIds(body).map((id) => findShareable(context, id, projects));
  return startSharing(context, {
    type: 'imsAddImageMembersJob',
    pairs: pairsOf(images, projects),
    failureCode: 'IMG.0112',
    effectOn: ({ image, projectId }) =>
      hasMember(image, projectId)
        ? undefined
        : { kind: 'member', imageId: image.id, memberId: projectId, status: 'pending' },
  });
}

/**
 * Starts the job that stops sharing images with projects.
 * @throws ImsError; DomainError `image-not-found`.
 */
export function removeMembers(body: Json, context: Context): Task {
  const projects = parseProjects(body, context);
  const images = imageIds(body).map((id) => findOwnUnpublished(context, id));
  return startSharing(context, {
    type: 'imsDelImageMembersJob',
    pairs: pairsOf(images, projects),
    failureCode: 'IMG.0113',
    effectOn: ({ image, projectId }) =>
      hasMember(image, projectId)
        ? { kind: 'member', imageId: image.id, memberId: projectId, status: null }
        : undefined,
  });
}

/**
 * Starts the job in which the caller's project accepts or rejects images that are shared with it.
 * @throws ImsError; DomainError `image-not-found`.
 */
export function updateMembers(body: Json, context: Context): Task {
  const { cloud, caller } = context;
  const projectId = textIn(body, 'project_id') ?? '';
  if (cloud.identity.index.project(projectId) === undefined) throw new ImsError('IMG.0067');
  if (projectId !== caller.projectId) throw new ImsError('IMG.0030', 'A project answers for itself.');
  const status = body['status'] === 'accepted' ? 'accepted' : 'rejected';
  const images = imageIds(body).map((id) => {
    checkImageId(id);
    const image = cloud.images.show(caller, id);
    if (!hasMember(image, projectId)) {
      throw notSharedWith(id, projectId);
    }
    if (isWholeImage(image) && status === 'accepted' && !isUuid(body['vault_id'])) throw new ImsError('IMG.0184');
    return image;
  });
  return startSharing(context, {
    type: 'imsUpdateImageMembersJob',
    pairs: pairsOf(images, [projectId]),
    failureCode: 'IMG.0112',
    effectOn: ({ image }) => ({ kind: 'member', imageId: image.id, memberId: projectId, status }),
  });
}

/** One image and one project. */
interface Pair {
  readonly image: Image;
  readonly projectId: string;
}

const pairsOf = (images: readonly Image[], projects: readonly string[]): readonly Pair[] =>
  images.flatMap((image) => projects.map((projectId) => ({ image, projectId })));

const hasMember = ({ visibility, members }: Image, projectId: string): boolean =>
  visibility === 'shared' && members.some(({ memberId }) => memberId === projectId);

/** What `startSharing` starts. */
interface SharingRequest {
  readonly type: JobType;
  readonly pairs: readonly Pair[];
  /** The code of a job that fails on some of the pairs. */
  readonly failureCode: ImsCode;
  /** Returns the change for a pair, or `undefined` when the pair fails. */
  effectOn(pair: Pair): Effect | undefined;
}

/** Starts the job that applies a change to each pair; it fails when some pairs fail, and applies the others all the same. */
function startSharing(
  { cloud, caller, requestId }: Context,
  { type, pairs, failureCode, effectOn }: SharingRequest,
): Task {
  const effects = pairs.map(effectOn);
  const results = pairs.map(
    ({ image, projectId }, index): SharingResult => ({
      image_id: image.id,
      project_id: projectId,
      status: effects[index] === undefined ? 'failed' : 'success',
    }),
  );
  const applied = effects.filter((effect) => effect !== undefined);
  const failure = { code: failureCode, message: null };
  return cloud.tasks.start(caller, {
    ...jobRequest(type, requestId),
    result: { results },
    ...(applied.length < pairs.length && { failure, onFailure: applied }),
    onSuccess: applied,
  });
}

const distinct = (body: Json, member: string): readonly string[] => [...new Set(body[member] as readonly string[])];

const imageIds = (body: Json): readonly string[] => distinct(body, 'images');

/** @throws ImsError IMG.0067 for an unknown project. */
function parseProjects(body: Json, { cloud }: Context): readonly string[] {
  const projects = distinct(body, 'projects');
  const unknown = projects.find((id) => cloud.identity.index.project(id) === undefined);
  if (unknown !== undefined) throw unknownProject(unknown);
  return projects;
}

/** @throws ImsError IMG.0066, IMG.0089, IMG.0047; DomainError `image-not-found`. */
function findOwnUnpublished(context: Context, imageId: string): Image {
  checkImageId(imageId);
  if (context.cloud.images.peek(imageId)?.visibility === 'public') throw new ImsError('IMG.0089');
  return findOwnImage(context, imageId);
}

/**
 * Finds an own image that can be shared with these projects too.
 * @throws ImsError; DomainError `image-not-found`.
 */
function findShareable(context: Context, imageId: string, projects: readonly string[]): Image {
  const { cloud } = context;
  const image = findOwnUnpublished(context, imageId);
  const isPublished = image.visibility !== 'private' && image.visibility !== 'shared';
  if (isPublished || image.status !== 'active') {
    const state = isPublished ? image.visibility : presentStatus(image);
    throw new ImsError('IMG.0046', `The image ${imageId} is ${state}.`);
  }
  if (isWholeImage(image) && !isShareableWholeImage(image)) throw new ImsError('IMG.0135');
  if (isEncryptionBlocking(cloud, imageId)) throw new ImsError('IMG.0098');
  const members = image.visibility === 'shared' ? image.members.map(({ memberId }) => memberId) : [];
  const { size } = new Set([...members, ...projects]);
  if (size > Math.min(cloud.limits.imageMemberQuota, sharingRules(cloud, image, size).maxMembers))
    throw new ImsError('IMG.0088');
  return image;
}

/** The error for an image that is not shared with a project. */
export const notSharedWith = (imageId: string, projectId: string): ImsError =>
  new ImsError('IMG.0031', `The image ${imageId} was not shared with the project ${projectId}.`);
