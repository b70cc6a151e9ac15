import type { Cloud } from '../../../cloud.ts';
import { maxImageMetadata } from '../../nova/metadata-quota.ts';

/** Nova's own maximum. */
const MAX_ITEMS = 128;

/** Maximum number of metadata items of an image. */
export const metadataQuota = (cloud: Pick<Cloud, 'limits'>): number => maxImageMetadata(MAX_ITEMS, cloud);
