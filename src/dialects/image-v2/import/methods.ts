import type { ImportMethod } from '../../../domain/imports/import-request.ts';

/** Import methods by their names in Glance, in the order of its list. */
export const IMPORT_METHODS: Readonly<Record<string, ImportMethod>> = {
  'glance-direct': 'staged',
  'web-download': 'download',
  'copy-image': 'copy',
};
