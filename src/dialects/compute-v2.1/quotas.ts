import type { Cloud } from '../../cloud.ts';

/** Items of metadata that a project may give an image, however many the image service would take. */
const MAX_ITEMS = 128;

/** How many items of metadata an image may have. */
export const mostImageMetadata = ({ limits }: Pick<Cloud, 'limits'>): number =>
  Math.min(MAX_ITEMS, limits.imagePropertyQuota);
