import { isUuid } from '../../../base/uuid.ts';
import type { Image } from '../../../domain/image.ts';
import type { Effect, Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import type { ImsCode } from '../error-codes.ts';
import { shownStatus } from '../images/facts.ts';
import { isLocked, sharingManner } from '../members/handlers.ts';
import { type Body, ImsRefusal } from '../wire.ts';
import { isSharable, isWhole } from './create-whole-image.ts';
import { ownImage } from './import-image.ts';
import { jobOf } from './job.ts';
import type { JobType } from './job-types.ts';
import { textIn } from './parse.ts';
import type { SharingResult } from './present.ts';

/**
 * Shares images with projects.
 * @throws ImsRefusal; DomainError `image-not-found`.
 */
export function addMembers(body: Body, context: Context): Task {
  const projects = projectsIn(body, context);
  if (projects.includes(context.caller.projectId)) throw new ImsRefusal('IMG.0076');
  const images = imagesIn(body).map((id) => sharable(context, id, projects));
  return shareAll(context, 'imsAddImageMembersJob', pairs(images, projects), 'IMG.0112', ({ image, projectId }) =>
    hasMember(image, projectId)
      ? undefined
      : { kind: 'member', imageId: image.id, memberId: projectId, status: 'pending' },
  );
}

/**
 * Ends sharing images with projects.
 * @throws ImsRefusal; DomainError `image-not-found`.
 */
export function removeMembers(body: Body, context: Context): Task {
  const projects = projectsIn(body, context);
  const images = imagesIn(body).map((id) => ownPrivate(context, id));
  return shareAll(context, 'imsDelImageMembersJob', pairs(images, projects), 'IMG.0113', ({ image, projectId }) =>
    hasMember(image, projectId) ? { kind: 'member', imageId: image.id, memberId: projectId, status: null } : undefined,
  );
}

/**
 * Answers for the caller's project to images that were shared with it.
 * @throws ImsRefusal; DomainError `image-not-found`.
 */
export function answerMembers(body: Body, context: Context): Task {
  const { cloud, caller } = context;
  const projectId = textIn(body, 'project_id') ?? '';
  if (cloud.identity.index.project(projectId) === undefined) throw new ImsRefusal('IMG.0067');
  if (projectId !== caller.projectId) throw new ImsRefusal('IMG.0030', 'A project answers for itself.');
  const status = body['status'] === 'accepted' ? 'accepted' : 'rejected';
  const images = imagesIn(body).map((id) => {
    const image = cloud.images.show(caller, checkId(id));
    if (image.visibility !== 'shared' || !hasMember(image, projectId)) {
      throw new ImsRefusal('IMG.0031', `The image ${id} was not shared with the project ${projectId}.`);
    }
    if (isWhole(image) && status === 'accepted' && !isUuid(body['vault_id'])) throw new ImsRefusal('IMG.0184');
    return image;
  });
  return shareAll(context, 'imsUpdateImageMembersJob', pairs(images, [projectId]), 'IMG.0112', ({ image }) => ({
    kind: 'member',
    imageId: image.id,
    memberId: projectId,
    status,
  }));
}

/** One image and one project. */
interface Pair {
  readonly image: Image;
  readonly projectId: string;
}

const pairs = (images: readonly Image[], projects: readonly string[]): readonly Pair[] =>
  images.flatMap((image) => projects.map((projectId) => ({ image, projectId })));

const hasMember = ({ visibility, members }: Image, projectId: string): boolean =>
  visibility === 'shared' && members.some(({ memberId }) => memberId === projectId);

/**
 * Begins the job that does so much of it as can be done.
 * @param code - of a job of which some could not be done.
 * @param effectOn - what is done for a pair; `undefined` where it cannot be.
 */
function shareAll(
  { cloud, caller, requestId }: Context,
  type: JobType,
  all: readonly Pair[],
  code: ImsCode,
  effectOn: (pair: Pair) => Effect | undefined,
): Task {
  const effects = all.map(effectOn);
  const results = all.map(({ image, projectId }, index): SharingResult => {
    const status = effects[index] === undefined ? 'failed' : 'success';
    return { image_id: image.id, project_id: projectId, status };
  });
  const done = effects.filter((effect) => effect !== undefined);
  const isPart = done.length < all.length;
  return cloud.tasks.start(caller, {
    ...jobOf(type, requestId),
    result: { results },
    ...(isPart && { failure: { code, message: null }, onFailure: done }),
    onSuccess: done,
  });
}

const listIn = (body: Body, member: string): readonly string[] => [...new Set(body[member] as readonly string[])];

const imagesIn = (body: Body): readonly string[] => listIn(body, 'images');

/** @throws ImsRefusal IMG.0067 for a project that there is not. */
function projectsIn(body: Body, { cloud }: Context): readonly string[] {
  const projects = listIn(body, 'projects');
  const unknown = projects.find((id) => cloud.identity.index.project(id) === undefined);
  if (unknown !== undefined) throw new ImsRefusal('IMG.0067', `There is no project ${unknown}.`);
  return projects;
}

function checkId(imageId: string): string {
  if (!isUuid(imageId)) throw new ImsRefusal('IMG.0066', `${imageId} is no id of an image.`);
  return imageId;
}

/** @throws ImsRefusal IMG.0066, IMG.0089, IMG.0047; DomainError `image-not-found`. */
function ownPrivate(context: Context, imageId: string): Image {
  checkId(imageId);
  if (context.cloud.images.peek(imageId)?.visibility === 'public') throw new ImsRefusal('IMG.0089');
  return ownImage(context, imageId);
}

/** An image of the caller's that can be shared with these projects, too. */
function sharable(context: Context, imageId: string, projects: readonly string[]): Image {
  const { cloud } = context;
  const image = ownPrivate(context, imageId);
  const isOpen = image.visibility !== 'private' && image.visibility !== 'shared';
  if (isOpen || image.status !== 'active') {
    throw new ImsRefusal('IMG.0046', `The image ${imageId} is ${isOpen ? image.visibility : shownStatus(image)}.`);
  }
  if (isWhole(image) && !isSharable(image)) throw new ImsRefusal('IMG.0135');
  if (isLocked(cloud, imageId)) throw new ImsRefusal('IMG.0098');
  const known = image.visibility === 'shared' ? image.members.map(({ memberId }) => memberId) : [];
  const most = Math.min(cloud.limits.imageMemberQuota, sharingManner(cloud, image).most);
  if (new Set([...known, ...projects]).size > most) throw new ImsRefusal('IMG.0088');
  return image;
}
