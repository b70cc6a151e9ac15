import { ImsError } from '../wire.ts';
import type { KeyValue } from './tag.ts';

/** Request body of `putTag`. */
export interface PutTag {
  readonly image_id: string;
  readonly tag?: string;
  readonly image_tag?: KeyValue;
}

/** Request body of `batchTags`. */
export interface BatchTags {
  readonly action: 'create' | 'delete';
  readonly tags: readonly { readonly key: string; readonly value?: string }[];
}

/** Maximum length of the key of a tag to remove; longer than that of a tag to add. */
const MAX_REMOVED_KEY_LENGTH = 127;

/**
 * Validates the key of a tag to remove.
 * @throws ImsError IMG.0115.
 */
export function checkRemovedKey(key: string): string {
  if ([...key].length > MAX_REMOVED_KEY_LENGTH) throw new ImsError('IMG.0115', 'The key is too long.');
  return key;
}

/**
 * Separates the page number of `listTags` from the other parameters.
 * @throws ImsError IMG.0017.
 */
export function parsePage(parameters: URLSearchParams): { readonly page: number; readonly filters: URLSearchParams } {
  const page = parameters.get('page');
  if (page === null) return { page: 1, filters: parameters };
  if (!/^[1-9]\d{0,5}$/.test(page)) throw new ImsError('IMG.0017', 'page must be a number from 1 on.');
  const filters = new URLSearchParams(parameters);
  filters.delete('page');
  return { page: Number(page), filters };
}
