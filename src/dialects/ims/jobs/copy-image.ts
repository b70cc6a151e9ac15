import { GIBIBYTE } from '../../../base/size.ts';
import { isUuid } from '../../../base/uuid.ts';
import type { Image } from '../../../domain/image.ts';
import { contentOfImage, copyOf } from '../../../domain/imports/image-copy.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import type { Context } from '../../dialect.ts';
import { checkDescription, checkName } from '../cloud-images/attributes.ts';
import { shownStatus } from '../images/facts.ts';
import { type Body, ImsRefusal } from '../wire.ts';
import { isWhole } from './create-whole-image.ts';
import { ownImage } from './import-image.ts';
import { jobOf } from './job.ts';
import { keyProperties, parseAttributes, textIn } from './parse.ts';
import { checkRoom, resultOf } from './quota.ts';

/** Gigabytes of the largest image that goes to another region. */
const MOST = 128;
/** Copies to other regions that a project has on their way. */
const MAX_AT_ONCE = 5;

const ENCRYPTED = '__system__cmkid';

/**
 * Copies an image, perhaps under another key.
 * @throws ImsRefusal; DomainError `image-not-found`.
 */
export function copyWithin(body: Body, context: Context, { image_id: imageId }: { readonly image_id: string }): Task {
  const { cloud, caller, requestId } = context;
  const { description, cmk_id, enterprise_project_id } = body;
  const words = { name: body['name'], description, cmk_id, enterprise_project_id };
  const { name, properties: said } = parseAttributes(words, context);
  const image = copyable(context, imageId);
  const key = keyProperties(body);
  if (image.properties[ENCRYPTED] !== undefined) {
    if (image.owner !== caller.projectId) throw new ImsRefusal('IMG.0197');
    if (key[ENCRYPTED] === image.properties[ENCRYPTED]) throw new ImsRefusal('IMG.0096');
  }
  const content = contentOfImage(image);
  if (content === undefined) throw new ImsRefusal('IMG.0046', `Image ${imageId} has no data.`);
  checkRoom(context, 1);
  const { __description: _description, ...kept } = copyOf(image).properties ?? {};
  return cloud.transfers.makeImage(caller, {
    ...jobOf('imsCopyImageInRegionJob', requestId),
    image: {
      ...copyOf(image),
      name,
      properties: { ...kept, ...said, __data_origin: `image,${imageId}` },
    },
    content,
    result: resultOf(name),
    onFailure: 'kill',
  }).task;
}

/** @throws ImsRefusal */
function copyable(context: Context, imageId: string): Image {
  const { cloud, caller } = context;
  if (!isUuid(imageId)) throw new ImsRefusal('IMG.0066', `${imageId} is no id of an image.`);
  const seen = cloud.images.show(caller, imageId);
  const member = seen.members.find(({ memberId }) => memberId === caller.projectId);
  const isShared = seen.visibility === 'shared' && seen.owner !== caller.projectId && member !== undefined;
  if (isShared && member.status !== 'accepted') throw new ImsRefusal('IMG.0196');
  return checkKind(isShared ? seen : ownImage(context, imageId));
}

function checkKind(image: Image): Image {
  if (isWhole(image)) throw new ImsRefusal('IMG.0130');
  if (image.diskFormat === 'iso') throw new ImsRefusal('IMG.0167');
  if (image.status !== 'active') throw new ImsRefusal('IMG.0046', `Image ${image.id} is ${shownStatus(image)}.`);
  return image;
}

/** Regions are written so. */
const REGION = /^[a-z]{2}-[a-z]+(?:-\d+)?$/;

/**
 * Copies an image to another region, which is beyond this cloud: what is seen of it is the job.
 * @throws ImsRefusal; DomainError `image-not-found`.
 */
export function copyAcross(body: Body, context: Context, { image_id: imageId }: { readonly image_id: string }): Task {
  const { cloud, caller, requestId } = context;
  // Names are taken in the region that it goes to, of which nothing is known here.
  const name = checkName(body['name']);
  if (body['description'] !== undefined) checkDescription(body['description']);
  const region = textIn(body, 'region') ?? '';
  if (region === cloud.identity.directory.regions.huawei) throw new ImsRefusal('IMG.0142');
  if (!REGION.test(region)) throw new ImsRefusal('IMG.0147', `There is no region ${region}.`);
  const project = textIn(body, 'project_name') ?? '';
  // A region's projects are called like it, or that and a name of their own.
  if (project !== region && !project.startsWith(`${region}_`)) {
    throw new ImsRefusal('IMG.0145', `The region ${region} has no project ${project}.`);
  }
  if ((textIn(body, 'agency_name') ?? '') === '') throw new ImsRefusal('IMG.0151');
  const image = checkKind(ownImage(context, imageId));
  if (image.properties[ENCRYPTED] !== undefined) throw new ImsRefusal('IMG.0143');
  if ((image.sizeBytes ?? 0) > MOST * GIBIBYTE) throw new ImsRefusal('IMG.0146');
  const type = 'imsCopyImageCrossRegionJob';
  if (cloud.tasks.countRunning(caller.projectId, type, MAX_AT_ONCE) === MAX_AT_ONCE) {
    throw new ImsRefusal('IMG.0149');
  }
  const copyId = cloud.ids.next('image', region, project, name);
  return cloud.tasks.start(caller, { ...jobOf(type, requestId), imageId, result: resultOf(name)(copyId) });
}
