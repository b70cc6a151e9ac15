import type { ImageStatus } from '../../../domain/image.ts';

/** Statuses behind each status of this API. */
export const STATUSES: Readonly<Record<string, readonly ImageStatus[]>> = {
  ACTIVE: ['active'],
  SAVING: ['queued', 'saving'],
  DELETED: ['deleted', 'pending_delete'],
  ERROR: ['killed'],
  UNKNOWN: ['uploading', 'importing', 'deactivated'],
};

/** Statuses in which the data of an image is on its way, so that the image cannot be changed. */
export const IN_CREATION: readonly ImageStatus[] = ['queued', 'saving', 'uploading', 'importing'];
