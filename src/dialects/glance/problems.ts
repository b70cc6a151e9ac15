import type { CommonProblem, Problem } from '../../domain/problem.ts';
import { commonProblemMessage } from '../shared/common-problems.ts';
import { type ProblemTable, presentByKind } from '../shared/problem-table.ts';
import { FAILED, type GlanceMessage } from './errors.ts';
import { pythonRepr } from './python-repr.ts';
import { quotaText } from './quota-text.ts';

/** Status and message of an error. */
export type StatusAndMessage = readonly [status: number, message: string | GlanceMessage];

/** Returns the status and the message of a domain problem in Glance. */
export const messageOfProblem = (problem: Problem): StatusAndMessage => presentByKind(PROBLEMS, problem);

const common = (problem: CommonProblem): StatusAndMessage => {
  const { status, message } = commonProblemMessage(problem);
  return [status, message];
};

const PROBLEMS: ProblemTable<StatusAndMessage> = {
  'image-not-found': (problem) => [404, notFound(problem.imageId, problem.purpose)],
  'image-protected': (problem) => [403, `Image ${problem.imageId} is protected and cannot be deleted.`],
  'image-not-owned': () => [403, 'You do not own this image'],
  'image-in-use': (problem) => [
    409,
    `Image ${problem.imageId} could not be deleted because it is in use: server ${problem.usedBy.join(', ')} runs from it.`,
  ],
  'image-busy': (problem) => [409, `Image ${problem.imageId} cannot be deleted while its status is ${problem.status}.`],
  'image-exists': (problem) => [409, `Image ID ${problem.imageId} already exists!`],
  'image-deactivated': () => [403, 'The requested image has been deactivated. Image data download is forbidden.'],
  'wrong-status': (problem) => [409, `Image status transition from ${problem.from} to ${problem.to} is not allowed`],
  'formats-missing': (problem) => [400, missingFormats(problem.missing)],
  'image-gone': (problem) => [
    410,
    `Image ${problem.imageId} could not be found after upload. The image may have been deleted during the upload, cleaning up the chunks uploaded.`,
  ],
  'read-only': (problem) =>
    problem.attribute === 'locations'
      ? [403, "Attribute 'locations' is reserved."]
      : [403, `Attribute '${problem.attribute}' is read-only.`],
  reserved: (problem) => [403, `Attribute '${problem.attribute}' is reserved.`],
  'attribute-missing': (problem) => conflict(`Property ${problem.attribute} does not exist.`),
  'attribute-required': (problem) => denied(`Property ${problem.attribute} may not be removed.`),
  'not-allowed': (problem) => notAllowed(problem.action, problem.subject),
  'too-many': (problem) => [413, tooMany(problem)],
  'too-large': () => [413, 'The incoming image is too large: The provided image is too large.'],
  'over-quota': (problem) => [
    413,
    `Image exceeds the storage quota: The size of the data ${problem.sizeBytes} will exceed the limit. ${problem.remaining} bytes remaining.`,
  ],
  'storage-full': () => [
    413,
    'Image storage media is full: There is not enough disk space on the image storage media.',
  ],
  'wrong-size': (problem) => [
    400,
    `Size ${problem.actual > problem.expected ? 'exceeds' : 'mismatch'}: expected ${problem.expected} bytes, got ${problem.actual} bytes`,
  ],
  'marker-not-found': (problem) =>
    problem.exists
      ? [403, `Forbidding request, image ${problem.marker} not visible`]
      : [400, `No image found with ID ${problem.marker}`],
  'invalid-value'(problem) {
    if (problem.attribute === 'data') {
      return problem.reason === 'undescribed' ? [400, 'subsection not found'] : [500, FAILED];
    }
    return [400, invalidValue(problem.attribute, problem.value, problem.reason)];
  },
  'task-not-found': (problem) => [404, `Could not find task ${problem.taskId}`],
  'import-rejected': ({ reason, subject }) => IMPORT_REJECTIONS[reason](subject),
  'store-rejected': ({ reason, store }) => STORE_REJECTIONS[reason](store),
  'not-cacheable': () => [400, 'Only images with status active can be targeted for queueing'],
  'location-rejected': (problem) => [400, LOCATION_REJECTIONS[problem.reason]],
  'member-exists': (problem) => [409, `Member ${problem.memberId} is duplicated for image ${problem.imageId}`],
  'not-shared': (problem) => [
    403,
    `Not allowed to list members for image ${problem.imageId}: Only shared images have members.`,
  ],
  'tag-not-found': () => [404, 'The resource could not be found.'],
  'member-not-found': common,
  'property-not-found': common,
  'store-not-found': common,
  'server-not-found': common,
  'server-busy': common,
};

function notFound(imageId: string, purpose: Extract<Problem, { kind: 'image-not-found' }>['purpose']): string {
  switch (purpose) {
    case 'delete':
      return `Failed to find image ${imageId} to delete`;
    case 'store':
      return `Failed to find image ${imageId}`;
    case 'part':
      return `Image ${imageId} not found.`;
    default:
      return `No image found with ID ${imageId}`;
  }
}

function tooMany(problem: Extract<Problem, { kind: 'too-many' }>): string {
  const { what, attempted, maximum, imageId } = problem;
  const excess = quotaText(problem);
  if (excess !== undefined) return excess;
  const limit = `The limit has been exceeded on the number of allowed image ${what}. Attempted: ${attempted}, Maximum: ${maximum}`;
  return imageId === undefined ? limit : `Image tag limit exceeded for image ${imageId}: ${limit}:`;
}

type ImportProblem = Extract<Problem, { readonly kind: 'import-rejected' }>;

const IMPORT_REJECTIONS: Readonly<Record<ImportProblem['reason'], (subject: string | undefined) => StatusAndMessage>> =
  {
    'already-active': () => [409, 'Image with status active cannot be target for import'],
    'not-active': () => [409, 'Only images with status active can be targeted for copying'],
    'not-staged': () => [409, "Image needs to be staged before 'glance-direct' method can be used"],
    'not-queued': () => [409, "Image needs to be in 'queued' state to use 'web-download' method"],
    'format-missing': (attribute) => [409, `'${formatName(attribute)}' needs to be set before import`],
    'stores-and-all-stores': () => [
      400,
      "All_stores parameter can't be used with x-image-meta-store header or stores parameter",
    ],
    'unknown-store': (store) => [409, `Store for identifier ${store} not found`],
    'already-there': (store) => [400, `Image is already present at store '${store}'`],
    address: (address) => [400, `URI for web-download does not pass filtering: ${address}`],
    'other-task': () => [409, 'Image has active task'],
    'still-staged': (imageId) => [409, `The image ${imageId} has data on staging`],
  };

type StoreProblem = Extract<Problem, { readonly kind: 'store-rejected' }>;

const STORE_REJECTIONS: Readonly<Record<StoreProblem['reason'], (store: string) => StatusAndMessage>> = {
  'unknown-store': (store) => [409, `The selected store ${store} is not available on this node.`],
  'not-active': () => [409, "It's not allowed to remove image data from store if image status is not 'active'"],
  'only-copy': () => [
    403,
    'Cannot delete image data from the only store containing it. Consider deleting the image instead.',
  ],
  'not-there': (store) => [404, `The image is not in the store ${store}.`],
};

const LOCATION_REJECTIONS: Readonly<Record<Extract<Problem, { kind: 'location-rejected' }>['reason'], string>> = {
  address: 'Invalid location.',
  hash: 'The hash of the data is not the one that was given.',
  unreadable: 'Nothing can be read at that location.',
};

const denied = (detail: string): StatusAndMessage => [403, { message: 'Access was denied to this resource.', detail }];

const conflict = (detail: string): StatusAndMessage => [
  409,
  { message: 'There was a conflict when trying to complete your request.', detail },
];

const forbidden = (message: string): StatusAndMessage => [403, message];

/** Errors of actions that have a message of their own, by action. */
const FORBIDDEN_ACTIONS: Readonly<Record<string, (subject: string | undefined) => StatusAndMessage>> = {
  'create-for': (owner) =>
    forbidden(
      `You are not permitted to create images owned by ${pythonRepr(owner ?? null).replace(/^None$/, "'None'")}.`,
    ),
  'change-owner': () => denied("Owner can't be updated by non admin."),
  'change-format': (attribute) =>
    forbidden(`Attribute ${formatName(attribute)} can be only replaced for a queued image.`),
  'create-members': (imageId) => forbidden(`Not allowed to create members for image ${imageId}.`),
  'update-members': (imageId) => forbidden(`Not allowed to update members for image ${imageId}.`),
  'delete-members': (imageId) => forbidden(`Not allowed to delete members for image ${imageId}.`),
  'update-tags': (imageId) => forbidden(`Not allowed to update tags for image ${imageId}.`),
  'delete-tags': (imageId) => forbidden(`Not allowed to delete tags for image ${imageId}.`),
  deactivate: (status) => forbidden(`Not allowed to deactivate image in status '${status}'`),
  reactivate: (status) => forbidden(`Not allowed to reactivate image in status '${status}'`),
  upload: (imageId) => forbidden(`Not allowed to upload image data for image ${imageId}`),
  'give-away': (imageId) => forbidden(`Forbidding request, image ${imageId} not visible`),
  'use-marker': (imageId) => forbidden(`Forbidding request, image ${imageId} not visible`),
};

const notAllowed = (action: string, subject: string | undefined): StatusAndMessage =>
  FORBIDDEN_ACTIONS[action]?.(subject) ??
  forbidden(`You are not authorized to complete ${POLICIES[action] ?? action} action.`);

/** Names of the policies that deny the other actions. */
const POLICIES: Readonly<Record<string, string>> = {
  publicize: 'publicize_image',
  'copy-image': 'copy_image',
  'add-location': 'add_image_location',
  'list-locations': 'fetch_image_location',
  'cache-image': 'cache_image',
  'remove-cached-image': 'cache_delete',
};

/** The name of a format attribute on the wire. */
const formatName = (attribute: string | undefined): string =>
  attribute === 'diskFormat' ? 'disk_format' : 'container_format';

function missingFormats(missing: readonly string[]): string {
  const names = missing.map(formatName);
  return `${names.length > 1 ? 'Properties' : 'Property'} ${names.join(', ')} must be set prior to saving data.`;
}

const WIRE_NAMES: Readonly<Record<string, string>> = { minDisk: 'min_disk', minRam: 'min_ram' };

function invalidValue(attribute: string, value: unknown, reason: string): string {
  if (attribute === 'member' && reason === 'empty') return "Member can't be empty";
  const name = WIRE_NAMES[attribute] ?? attribute;
  switch (reason) {
    case 'negative':
      return `Invalid value '${value}' for parameter '${name}': Cannot be a negative value`;
    case 'out-of-range':
      return `'${name}' value out of range, must not exceed 2147483647.`;
    case 'four-byte':
      if (attribute === 'tags') return "Param values can't contain 4 byte unicode.";
      if (attribute === 'propertyName') return "Property names can't contain 4 byte unicode.";
      return `${titleCase(name)} can't contain 4 byte unicode characters.`;
    default:
      return `Invalid value '${value}' for parameter '${name}': ${reason}`;
  }
}

/** Capitalizes the first letter of every word, and lowers the rest, as Python's `str.title()` does. */
export const titleCase = (name: string): string =>
  name.replace(/\p{L}+/gu, (run) => run.slice(0, 1).toUpperCase() + run.slice(1).toLowerCase());
