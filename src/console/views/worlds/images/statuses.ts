import type { ListImagesQuery } from '../../../api/types.ts';

/** Statuses that images have. */
export const STATUSES = [
  'queued',
  'saving',
  'uploading',
  'importing',
  'active',
  'deactivated',
  'killed',
  'pending_delete',
  'deleted',
] as const satisfies readonly NonNullable<ListImagesQuery['status']>[];
