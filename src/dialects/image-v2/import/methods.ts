import type { ImportMethod } from '../../../domain/imports/import-request.ts';

/** Import methods by the names that Glance gives them, in the order in which it lists them. */
export const IMPORT_METHODS: Readonly<Record<string, ImportMethod>> = {
  'glance-direct': 'staged',
  'web-download': 'download',
  'copy-image': 'copy',
};
