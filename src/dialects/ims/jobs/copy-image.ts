import type { Json } from '../../../base/json.ts';
import { GIBIBYTE } from '../../../base/size.ts';
import type { Image } from '../../../domain/image.ts';
import { contentOfImage, copyOf } from '../../../domain/imports/image-copy.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { checkDescription, checkName } from '../cloud-images/attributes.ts';
import { checkImageId, findOwnImage, notActive } from '../images/own-image.ts';
import { presentStatus } from '../images/present.ts';
import { isWholeImage } from '../images/whole-image.ts';
import { ImsError, textIn } from '../wire.ts';
import { imageResult, jobRequest } from './job.ts';
import { ENCRYPTION_KEY, encryptionProperties, parseAttributes } from './parse.ts';
import { checkQuota } from './quota.ts';

/** Maximum size of an image that is copied to another region, in gigabytes. */
const MAX_GIGABYTES = 128;
/** Maximum number of copies to other regions that a project runs at once. */
const MAX_CROSS_REGION_COPIES = 5;

/** Properties that describe one image rather than its content. A copy is registered and shared anew. */
const NOT_COPIED = /^(?:os_glance.*|stores|img_signature.*|__imagetype|__isregistered|__image_size|__sequence_num)$/;

const isCopied = (property: string): boolean => !NOT_COPIED.test(property);

/**
 * Starts the job that copies an image within the region, optionally under another key.
 * @throws ImsError; DomainError `image-not-found`.
 */
export function copyImage(body: Json, context: Context, { image_id: imageId }: { readonly image_id: string }): Task {
  const { cloud, caller, requestId } = context;
  const { description, cmk_id, enterprise_project_id } = body;
  const attributes = { name: body['name'], description, cmk_id, enterprise_project_id };
  const { name, properties: newProperties } = parseAttributes(attributes, context);
  const image = findCopyable(context, imageId);
  const newKey = encryptionProperties(body)[ENCRYPTION_KEY];
  if (image.properties[ENCRYPTION_KEY] !== undefined) {
    if (image.owner !== caller.projectId) throw new ImsError('IMG.0197');
    if (newKey === image.properties[ENCRYPTION_KEY]) throw new ImsError('IMG.0096');
  }
  const content = contentOfImage(image);
  if (content === undefined) throw new ImsError('IMG.0046', `Image ${imageId} has no data.`);
  checkQuota(context, { images: 1 });
  const { __description: _description, ...copiedProperties } = copyOf(image, isCopied).properties ?? {};
  return cloud.transfers.createImage(caller, {
    ...jobRequest('imsCopyImageInRegionJob', requestId),
    image: {
      ...copyOf(image, isCopied),
      name,
      properties: { ...copiedProperties, ...newProperties, __data_origin: `image,${imageId}` },
    },
    content,
    result: imageResult(name),
    onFailure: 'kill',
  }).task;
}

/** @throws ImsError; DomainError `image-not-found`. */
function findCopyable(context: Context, imageId: string): Image {
  const { cloud, caller } = context;
  checkImageId(imageId);
  const image = cloud.images.show(caller, imageId);
  const member = image.members.find(({ memberId }) => memberId === caller.projectId);
  const isShared = image.visibility === 'shared' && image.owner !== caller.projectId && member !== undefined;
  if (isShared && member.status !== 'accepted') throw new ImsError('IMG.0196');
  return checkCopyable(isShared ? image : findOwnImage(context, imageId));
}

/** @throws ImsError IMG.0130, IMG.0167, IMG.0046. */
function checkCopyable(image: Image): Image {
  if (isWholeImage(image)) throw new ImsError('IMG.0130');
  if (image.diskFormat === 'iso') throw new ImsError('IMG.0167');
  if (image.status !== 'active') throw notActive(image.id, presentStatus(image));
  return image;
}

/**
 * Starts the job that copies an image to another region. Sideglance has no other region: only the job is visible.
 * @throws ImsError; DomainError `image-not-found`.
 */
export function copyImageCrossRegion(
  body: Json,
  context: Context,
  { image_id: imageId }: { readonly image_id: string },
): Task {
  const { cloud, caller, requestId } = context;
  const target = parseTarget(body, cloud.identity.directory.regions.huawei);
  const image = checkCopyable(findOwnImage(context, imageId));
  if (image.properties[ENCRYPTION_KEY] !== undefined) throw new ImsError('IMG.0143');
  if ((image.sizeBytes ?? 0) > MAX_GIGABYTES * GIBIBYTE) throw new ImsError('IMG.0146');
  const type = 'imsCopyImageCrossRegionJob';
  if (cloud.tasks.countRunning(caller.projectId, type, MAX_CROSS_REGION_COPIES) === MAX_CROSS_REGION_COPIES) {
    throw new ImsError('IMG.0149');
  }
  const copyId = cloud.ids.next('image', target.region, target.project, target.name);
  return cloud.tasks.start(caller, {
    ...jobRequest(type, requestId),
    imageId,
    result: imageResult(target.name)(copyId),
  });
}

const REGION = /^[a-z]{2}-[a-z]+(?:-\d+)?$/;

/** Destination of a copy to another region. */
interface CopyTarget {
  readonly name: string;
  readonly region: string;
  readonly project: string;
}

/** @throws ImsError */
function parseTarget(body: Json, ownRegion: string): CopyTarget {
  // The name has to be unique in the target region, which is unknown here.
  const name = checkName(body['name']);
  if (body['description'] !== undefined) checkDescription(body['description']);
  const region = textIn(body, 'region') ?? '';
  if (region === ownRegion) throw new ImsError('IMG.0142');
  if (!REGION.test(region)) throw new ImsError('IMG.0147', `There is no region ${region}.`);
  const project = textIn(body, 'project_name') ?? '';
  // A project is named after its region, or after its region and a name of its own.
  if (project !== region && !project.startsWith(`${region}_`)) {
    throw new ImsError('IMG.0145', `The region ${region} has no project ${project}.`);
  }
  if ((textIn(body, 'agency_name') ?? '') === '') throw new ImsError('IMG.0151');
  return { name, region, project };
}
