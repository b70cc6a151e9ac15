import type { Caller } from '../caller.ts';
import type { Image } from '../image.ts';
import type { Limits } from '../limits.ts';
import { DomainError, type Problem } from '../problem.ts';
import type { NewImage } from './image-changes.ts';

/** The most that `minDisk` and `minRam` can be. */
const MAX_MINIMUM = 2_147_483_647;

const isMember = (image: Image, projectId: string): boolean =>
  image.members.some((member) => member.memberId === projectId);

/** The project that a caller acts for; `null` for one whose token is for none: what it makes is nobody's. */
export const projectOf = ({ projectId }: Caller): string | null => (projectId === '' ? null : projectId);

/** Whether a caller may look at an image by its id. Lists show less: see `Audience`. */
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

/** Whether a caller who sees an image may change or remove it. */
export const canChange = (caller: Caller, image: Image): boolean =>
  caller.isAdmin || (image.owner !== null && image.owner === caller.projectId);

/** Characters outside the basic plane, which take four bytes in UTF-8. */
export const hasFourByteCharacter = (text: string): boolean => /[\ud800-\udbff][\udc00-\udfff]/.test(text);

/** Half of a surrogate pair without the other: no UTF-8 stands for it. */
export const hasLoneSurrogate = (text: string): boolean =>
  /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);

/** Counts against the quotas of one image. */
export function checkTagQuota(tags: readonly string[] | undefined, limits: Limits, imageId?: string): void {
  if (tags === undefined) return;
  const attempted = new Set(tags).size;
  if (attempted > limits.imageTagQuota) {
    throw new DomainError({
      kind: 'too-many',
      what: 'tags',
      attempted,
      maximum: limits.imageTagQuota,
      ...(imageId !== undefined && { imageId }),
    });
  }
}

export function checkPropertyQuota(properties: Readonly<Record<string, string>> | undefined, limits: Limits): void {
  if (properties === undefined) return;
  const attempted = Object.keys(properties).length;
  if (attempted > limits.imagePropertyQuota) {
    throw new DomainError({
      kind: 'too-many',
      what: 'properties',
      attempted,
      maximum: limits.imagePropertyQuota,
    });
  }
}

/** `minDisk` and `minRam` are no negative numbers. */
export function checkMinimums(image: Pick<NewImage, 'minDisk' | 'minRam'>): void {
  for (const attribute of ['minDisk', 'minRam'] as const) {
    const value = image[attribute];
    if (value !== undefined && value < 0) throw invalid(attribute, value, 'negative');
  }
}

/** What the record of an image cannot hold: characters of four bytes, numbers past the column. */
export function checkRecord(image: Pick<NewImage, 'name' | 'minDisk' | 'minRam'>): void {
  if (typeof image.name === 'string') checkText('name', image.name);
  for (const attribute of ['minDisk', 'minRam'] as const) {
    const value = image[attribute];
    if (value !== undefined && value > MAX_MINIMUM) throw invalid(attribute, value, 'out-of-range');
  }
}

/** What the records of properties and tags cannot hold. */
export function checkTexts(image: Pick<NewImage, 'properties' | 'tags'>): void {
  for (const [key, value] of Object.entries(image.properties ?? {})) {
    if (hasFourByteCharacter(key)) throw invalid('propertyName', key, 'four-byte');
    checkText(key, value);
  }
  for (const tag of image.tags ?? []) if (hasFourByteCharacter(tag)) throw invalid('tags', tag, 'four-byte');
}

function checkText(attribute: string, text: string): void {
  if (hasFourByteCharacter(text)) throw invalid(attribute, text, 'four-byte');
}

const invalid = (attribute: string, value: unknown, reason: InvalidReason): DomainError =>
  new DomainError({
    kind: 'invalid-value',
    attribute,
    value,
    reason,
  } satisfies Problem);

/** Why the domain finds a value invalid: the `reason` of an `invalid-value` problem. */
type InvalidReason = 'negative' | 'out-of-range' | 'four-byte';
