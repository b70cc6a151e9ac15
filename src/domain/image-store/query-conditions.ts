import type { Image } from '../image.ts';
import type { Audience, Comparison, ImageQuery } from './image-query.ts';

/** Whether an image matches one condition of a query. */
export type ImageCondition = (image: Image) => boolean;

/** Whether an audience includes images shared with anybody, which the indexes cannot tell from images without members. */
export const includesShared = (audience: Audience): boolean =>
  audience.kind === 'project' && audience.sharedWithAny === true;

/** Matches the images in one of the sets of an audience. */
export function isInAudience(audience: Audience): ImageCondition {
  if (audience.kind === 'everyone') return () => true;
  const { projectId, own, visibilities, sharedAs, sharedWithAny } = audience;
  return (image) =>
    (sharedWithAny === true && image.visibility === 'shared' && image.members.length > 0) ||
    (own && image.owner === projectId) ||
    visibilities.includes(image.visibility) ||
    (image.visibility === 'shared' &&
      image.members.some(({ memberId, status }) => memberId === projectId && sharedAs.includes(status)));
}

/** Matches deleted images, others, or both. */
export const isInDeletedState = (mode: NonNullable<ImageQuery['deleted']>): ImageCondition =>
  mode === 'include' ? () => true : (image) => (image.status === 'deleted') === (mode === 'only');

/** Matches the images that have all of these tags. */
export const hasTags =
  (tags: readonly string[]): ImageCondition =>
  (image) =>
    tags.every((tag) => image.tags.includes(tag));

/** Matches the images that match all conditions. */
export const all =
  (conditions: readonly ImageCondition[]): ImageCondition =>
  (image) =>
    conditions.every((condition) => condition(image));

const COMPARE: {
  readonly [C in Comparison]: (value: number, other: number) => boolean;
} = {
  gt: (value, other) => value > other,
  gte: (value, other) => value >= other,
  eq: (value, other) => value === other,
  neq: (value, other) => value !== other,
  lt: (value, other) => value < other,
  lte: (value, other) => value <= other,
};

/** The conditions of a query on sizes and times. */
export function rangeConditions({ sizeAtLeast, sizeAtMost, times }: ImageQuery): readonly ImageCondition[] {
  const conditions: ImageCondition[] = [];
  if (sizeAtLeast !== undefined) conditions.push(({ sizeBytes }) => sizeBytes !== null && sizeBytes >= sizeAtLeast);
  if (sizeAtMost !== undefined) conditions.push(({ sizeBytes }) => sizeBytes !== null && sizeBytes <= sizeAtMost);
  for (const { key, comparison, time } of times ?? []) {
    const compare = COMPARE[comparison];
    conditions.push((image) => compare(image[key], time));
  }
  return conditions;
}
