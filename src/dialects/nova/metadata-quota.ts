import type { Cloud } from '../../cloud.ts';

/**
 * Maximum number of metadata items of an image.
 * @param apiMaximum - the API's own maximum; the world's quota of properties applies if it is lower.
 */
export const maxImageMetadata = (apiMaximum: number, { limits }: Pick<Cloud, 'limits'>): number =>
  Math.min(apiMaximum, limits.imagePropertyQuota);
