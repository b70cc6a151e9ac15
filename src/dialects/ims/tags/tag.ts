import { ImsError } from '../wire.ts';

/**
 * A tag with key and value. All APIs share the tags of an image, where it is stored as the text `key=value`, or `key` when the
 * value is empty; the native operations return that text.
 */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** Maximum number of tags of an image in IMS operations. */
export const MAX_TAGS = 10;
const MAX_KEY_LENGTH = 36;
const MAX_VALUE_LENGTH = 43;

/** Splits the stored text of a tag into key and value. */
export function parseTag(tag: string): KeyValue {
  const at = tag.indexOf('=');
  return at === -1 ? { key: tag, value: '' } : { key: tag.slice(0, at), value: tag.slice(at + 1) };
}

/** The stored text of a tag. */
export const tagText = ({ key, value }: KeyValue): string => (value === '' ? key : `${key}=${value}`);

/** Converts the stored text of a tag to the form of the v1 operations: `key.value`. */
export const dottedTag = (tag: string): string => tag.replace('=', '.');

/**
 * Parses a tag in the form of the v1 operations: `key.value`.
 * @throws ImsError IMG.0115.
 */
export function parseDottedTag(text: string): KeyValue {
  const [key = '', ...rest] = text.split('.');
  const value = rest.join('.');
  if (!/^[\w-]+$/.test(key) || !/^[\w-]*$/.test(value) || rest.length > 1) {
    throw invalidTag(`The tag ${JSON.stringify(text)} is not of the form key.value, of digits, letters, _ and -.`);
  }
  return checkTag({ key, value });
}

/** Characters that neither key nor value can contain; other services of the provider give them a meaning. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the point is to reject them
const FORBIDDEN = /[=*<>\\,|/\u0000-\u001f]/;

/**
 * Validates a tag that is added to an image, and trims key and value.
 * @throws ImsError IMG.0115.
 */
export function checkTag(tag: KeyValue): KeyValue {
  const key = tag.key.trim();
  const value = tag.value.trim();
  if (key === '') throw invalidTag('The key of a tag is empty.');
  if ([...key].length > MAX_KEY_LENGTH) throw invalidTag(`The key ${key} has more than ${MAX_KEY_LENGTH} characters.`);
  if ([...value].length > MAX_VALUE_LENGTH) {
    throw invalidTag(`The value ${value} has more than ${MAX_VALUE_LENGTH} characters.`);
  }
  if (FORBIDDEN.test(key) || FORBIDDEN.test(value)) {
    throw invalidTag(`The tag ${key} has characters that no tag can have.`);
  }
  return { key, value };
}

/** Checks that no two tags have the same key. @throws ImsError IMG.0115 for a duplicate key. */
export function checkKeysUnique(tags: readonly { readonly key: string }[]): void {
  if (new Set(tags.map(({ key }) => key)).size < tags.length) throw invalidTag('The keys of the tags are not unique.');
}

/**
 * Adds tags to those of an image; a tag with an existing key replaces its value.
 * @throws ImsError IMG.0116 for more tags than an image can have.
 */
export function withTags(tags: readonly string[], added: readonly KeyValue[]): readonly string[] {
  const result = new Map<string, string>();
  for (const tag of [...tags, ...added.map(tagText)]) result.set(parseTag(tag).key, tag);
  if (result.size > MAX_TAGS && result.size > tags.length) {
    throw new ImsError('IMG.0116', `An image has at most ${MAX_TAGS} tags.`);
  }
  return [...result.values()];
}

/** Removes the tags with these keys from those of an image. */
export function withoutKeys(tags: readonly string[], keys: readonly string[]): readonly string[] {
  return tags.filter((tag) => !keys.includes(parseTag(tag).key));
}

const invalidTag = (message: string): ImsError => new ImsError('IMG.0115', message);
