import { ImsRefusal } from '../wire.ts';

/**
 * A tag as this service has them. Among an image's tags, which all APIs share, it is the text `key=value`, or `key`
 * alone where the value is empty: what the native calls of the service show.
 */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** Tags that one image may have, by the calls of the service itself. */
const MAX_TAGS = 10;
const LONGEST_KEY = 36;
const LONGEST_VALUE = 43;

/** A tag of an image as key and value. */
export function parseTag(tag: string): KeyValue {
  const at = tag.indexOf('=');
  return at === -1 ? { key: tag, value: '' } : { key: tag.slice(0, at), value: tag.slice(at + 1) };
}

/** Key and value as a tag of an image. */
export const tagText = ({ key, value }: KeyValue): string => (value === '' ? key : `${key}=${value}`);

/** A tag of an image as the older calls write it: `key.value`. */
export const dottedTag = (tag: string): string => tag.replace('=', '.');

/**
 * Key and value of a tag as the older calls write it.
 * @throws ImsRefusal IMG.0115.
 */
export function parseDotted(text: string): KeyValue {
  const [key = '', ...rest] = text.split('.');
  const value = rest.join('.');
  if (!/^[\w-]+$/.test(key) || !/^[\w-]*$/.test(value) || rest.length > 1) {
    throw wrong(`The tag ${JSON.stringify(text)} is not of the form key.value, of digits, letters, _ and -.`);
  }
  return checkTag({ key, value });
}

/** What neither key nor value can hold: what other services take for more than letters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the point is to refuse them
const FORBIDDEN = /[=*<>\\,|/\u0000-\u001f]/;

/**
 * A tag that an image may get, without spaces at the ends.
 * @throws ImsRefusal IMG.0115.
 */
export function checkTag(tag: KeyValue): KeyValue {
  const key = tag.key.trim();
  const value = tag.value.trim();
  if (key === '') throw wrong('The key of a tag is empty.');
  if ([...key].length > LONGEST_KEY) throw wrong(`The key ${key} has more than ${LONGEST_KEY} characters.`);
  if ([...value].length > LONGEST_VALUE) throw wrong(`The value ${value} has more than ${LONGEST_VALUE} characters.`);
  if (FORBIDDEN.test(key) || FORBIDDEN.test(value)) throw wrong(`The tag ${key} has characters that no tag can have.`);
  return { key, value };
}

/** @throws ImsRefusal IMG.0115 where a key stands twice. */
export function checkKeysUnique(tags: readonly { readonly key: string }[]): void {
  if (new Set(tags.map(({ key }) => key)).size < tags.length) throw wrong('The keys of the tags are not unique.');
}

/**
 * An image's tags with these put on: one of the same key takes the new value in its place.
 * @throws ImsRefusal IMG.0116 for more tags than an image may have.
 */
export function withTags(tags: readonly string[], added: readonly KeyValue[]): readonly string[] {
  const result = new Map<string, string>();
  for (const tag of [...tags, ...added.map(tagText)]) result.set(parseTag(tag).key, tag);
  if (result.size > MAX_TAGS && result.size > tags.length) {
    throw new ImsRefusal('IMG.0116', `An image has at most ${MAX_TAGS} tags.`);
  }
  return [...result.values()];
}

/** An image's tags without those of these keys. */
export function withoutKeys(tags: readonly string[], keys: readonly string[]): readonly string[] {
  return tags.filter((tag) => !keys.includes(parseTag(tag).key));
}

const wrong = (message: string): ImsRefusal => new ImsRefusal('IMG.0115', message);
