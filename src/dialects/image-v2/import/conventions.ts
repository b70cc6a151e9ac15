import { mebibytesOf } from '../../../domain/images/quotas.ts';
import type { ImportConventions } from '../../../domain/imports/import-conventions.ts';
import { quotaText } from '../../glance/quota-text.ts';

/** What Glance writes into images and tasks when it imports data. */
export const IMPORT_CONVENTIONS: ImportConventions = {
  api: 'image-v2',
  taskTypes: { intoImage: 'api_image_import', newImage: 'import' },
  properties: {
    task: 'os_glance_import_task',
    pending: 'os_glance_importing_to_stores',
    failed: 'os_glance_failed_import',
  },
  internalError: 'Task failed due to Internal Error',
  quotaMessage: (excess) => quotaText(excess) ?? null,
  successMessage: (sizeBytes) => `Copied ${mebibytesOf(sizeBytes)} MiB`,
  taskInput: (imageId, request, stores) => ({ image_id: imageId, import_req: request, backend: stores }),
  taskResult: (imageId) => ({ image_id: imageId }),
};
