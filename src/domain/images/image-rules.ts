import type { Caller } from '../caller.ts';
import type { Image } from '../image.ts';
import type { ImageStore } from '../image-store/image-store.ts';
import type { Limits } from '../limits.ts';
import { DomainError, type Problem } from '../problem.ts';
import type { NewImage } from './image-changes.ts';

/** Largest value of `minDisk` and `minRam`. */
const MAX_MINIMUM = 2_147_483_647;

const isMember = (image: Image, projectId: string): boolean =>
  image.members.some((member) => member.memberId === projectId);

/** The project that a caller acts for; `null` for an unscoped token, whose images have no owner. */
export const projectOf = ({ projectId }: Caller): string | null => (projectId === '' ? null : projectId);

/** Whether a caller may see an image by its id. Lists show fewer images: see `Audience`. */
export function canSee(caller: Caller, image: Image): boolean {
  if (image.status === 'deleted') return false;
  if (caller.isAdmin || image.owner === null || image.owner === caller.projectId) return true;
  switch (image.visibility) {
    case 'public':
    case 'community':
      return true;
    case 'shared':
      return isMember(image, caller.projectId);
    case 'private':
      return false;
    default:
      return image.visibility satisfies never;
  }
}

/** Whether a caller who sees an image may change or delete it. */
export const canChange = (caller: Caller, image: Image): boolean =>
  caller.isNoOwner !== true && (caller.isAdmin || (image.owner !== null && image.owner === caller.projectId));

/** An image that a caller requests. The purpose decides the message if it does not exist. */
export type ImageLookup = Pick<Extract<Problem, { readonly kind: 'image-not-found' }>, 'imageId' | 'purpose'>;

/**
 * Finds an image that the caller can see.
 * @throws DomainError `image-not-found` for an image that does not exist or that the caller may not see.
 */
export function findVisible(store: Pick<ImageStore, 'get'>, caller: Caller, lookup: ImageLookup): Image {
  const image = store.get(lookup.imageId);
  if (image === undefined || !canSee(caller, image)) throw new DomainError({ kind: 'image-not-found', ...lookup });
  return image;
}

/** Whether a text contains characters outside the basic plane, which are four bytes long in UTF-8. */
export const hasFourByteCharacter = (text: string): boolean => /[\ud800-\udbff][\udc00-\udfff]/.test(text);

/** Whether a text contains half of a surrogate pair, which has no UTF-8 encoding. */
export const hasLoneSurrogate = (text: string): boolean =>
  /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);

/**
 * Checks the number of tags of an image.
 * @throws DomainError `too-many` for more tags than an image may have; equal ones count several times.
 */
export function checkTagQuota(tags: readonly string[] | undefined, limits: Limits, imageId?: string): void {
  if (tags === undefined) return;
  const attempted = tags.length;
  const maximum = limits.imageTagQuota;
  if (attempted <= maximum) return;
  throw new DomainError({
    kind: 'too-many',
    what: 'tags',
    attempted,
    maximum,
    ...(imageId !== undefined && { imageId }),
  });
}

/**
 * Checks the number of properties of an image.
 * @throws DomainError `too-many` for more properties than an image may have.
 */
export function checkPropertyQuota(properties: Readonly<Record<string, string>> | undefined, limits: Limits): void {
  if (properties === undefined) return;
  const attempted = Object.keys(properties).length;
  const maximum = limits.imagePropertyQuota;
  if (attempted > maximum) throw new DomainError({ kind: 'too-many', what: 'properties', attempted, maximum });
}

/**
 * Checks the minimum disk size and memory of an image.
 * @throws DomainError `invalid-value` for a negative `minDisk` or `minRam`.
 */
export function checkMinimums(image: Pick<NewImage, 'minDisk' | 'minRam'>): void {
  for (const attribute of ['minDisk', 'minRam'] as const) {
    const value = image[attribute];
    if (value !== undefined && value < 0) throw invalid(attribute, value, 'negative');
  }
}

/**
 * Checks the name and the minimums of an image.
 * @throws DomainError `invalid-value` for what the image table of the service cannot store: four-byte characters, too large numbers.
 */
export function checkRecord(image: Pick<NewImage, 'name' | 'minDisk' | 'minRam'>): void {
  if (typeof image.name === 'string') checkText('name', image.name);
  for (const attribute of ['minDisk', 'minRam'] as const) {
    const value = image[attribute];
    if (value !== undefined && value > MAX_MINIMUM) throw invalid(attribute, value, 'out-of-range');
  }
}

/**
 * Checks the texts of properties and tags.
 * @throws DomainError `invalid-value` for properties and tags with four-byte characters.
 */
export function checkTexts(image: Pick<NewImage, 'properties' | 'tags'>): void {
  for (const [key, value] of Object.entries(image.properties ?? {})) {
    if (hasFourByteCharacter(key)) throw invalid('propertyName', key, 'four-byte');
    checkText(key, value);
  }
  for (const tag of image.tags ?? []) checkText('tags', tag);
}

function checkText(attribute: string, text: string): void {
  if (hasFourByteCharacter(text)) throw invalid(attribute, text, 'four-byte');
}

const invalid = (attribute: string, value: unknown, reason: InvalidReason): DomainError =>
  new DomainError({ kind: 'invalid-value', attribute, value, reason });

/** Why the domain finds a value invalid: the `reason` of an `invalid-value` problem. */
type InvalidReason = 'negative' | 'out-of-range' | 'four-byte';
