import { isObject } from '../base/json.ts';
import { HASH_ALGORITHMS, type ImageData } from '../domain/data/image-data.ts';
import { IMAGE_STATUSES, type Image, type StagedData, VISIBILITIES } from '../domain/image.ts';
import { MEMBER_STATUSES } from '../domain/member.ts';
import type { InputIssue } from '../input/input-error.ts';

/** An image as a document: JSON, with its data by reference. */
export type ImageDocument = Omit<Image, 'data' | 'staged'> & {
  readonly data: DataDocument | null;
  readonly staged?: StagedDocument;
};

/** Data that waits, in a document. */
type StagedDocument = Omit<StagedData, 'data'> & { readonly data: DataDocument };

/** Where an image's data is, in a document. */
export type DataDocument =
  | { readonly kind: 'inline'; readonly base64: string }
  /** A file of the state's own data directory. */
  | { readonly kind: 'kept'; readonly name: string; readonly sizeBytes: number }
  /** Somebody else's file. */
  | { readonly kind: 'file'; readonly path: string; readonly sizeBytes: number }
  | { readonly kind: 'virtual'; readonly sizeBytes: number; readonly seed: number };

interface Check {
  readonly isRight: (value: unknown) => boolean;
  readonly allowed: string | readonly string[];
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

const text: Check = { isRight: isText, allowed: 'a text' };
const truth: Check = { isRight: (value) => typeof value === 'boolean', allowed: ['true', 'false'] };
const count: Check = { isRight: isCount, allowed: 'a whole number from 0' };
const time: Check = { isRight: Number.isFinite, allowed: 'milliseconds since 1970' };
const texts: Check = { isRight: isTexts, allowed: 'a list of texts' };
const oneOf = (values: readonly string[]): Check => ({
  isRight: (value) => isText(value) && values.includes(value),
  allowed: values,
});
const orNull = ({ isRight, allowed }: Check): Check => ({
  isRight: (value) => value === null || isRight(value),
  allowed: typeof allowed === 'string' ? `${allowed}, or null` : [...allowed, 'null'],
});
const optional = ({ isRight, allowed }: Check): Check => ({
  isRight: (value) => value === undefined || isRight(value),
  allowed,
});

const isMember = (value: unknown): boolean =>
  isObject(value) &&
  isText(value['memberId']) &&
  oneOf(MEMBER_STATUSES).isRight(value['status']) &&
  time.isRight(value['createdAt']) &&
  time.isRight(value['updatedAt']);

const DATA: { readonly [K in DataDocument['kind']]: (data: Readonly<Record<string, unknown>>) => boolean } = {
  inline: ({ base64 }) => isText(base64),
  kept: ({ name, sizeBytes }) => isText(name) && /^[0-9A-Za-z][0-9A-Za-z.-]*$/.test(name) && isCount(sizeBytes),
  file: ({ path, sizeBytes }) => isText(path) && isCount(sizeBytes),
  virtual: ({ sizeBytes, seed }) => isCount(sizeBytes) && Number.isFinite(seed),
};

const isData = (value: unknown): boolean =>
  isObject(value) &&
  isText(value['kind']) &&
  Object.hasOwn(DATA, value['kind']) &&
  DATA[value['kind'] as DataDocument['kind']](value);

const isHash = (value: unknown): boolean =>
  isObject(value) && oneOf(HASH_ALGORITHMS).isRight(value['algorithm']) && isText(value['value']);

const isStaged = (value: unknown): boolean =>
  isObject(value) &&
  isData(value['data']) &&
  isCount(value['sizeBytes']) &&
  orNull(text).isRight(value['md5']) &&
  (value['hash'] === null || isHash(value['hash'])) &&
  orNull(count).isRight(value['virtualSizeBytes']);

const CHECKS: { readonly [K in keyof Required<Image>]: Check } = {
  id: text,
  name: orNull(text),
  owner: orNull(text),
  status: oneOf(IMAGE_STATUSES),
  visibility: oneOf(VISIBILITIES),
  isProtected: truth,
  isHidden: truth,
  containerFormat: orNull(text),
  diskFormat: orNull(text),
  minDisk: count,
  minRam: count,
  sizeBytes: orNull(count),
  virtualSizeBytes: orNull(count),
  checksum: orNull(text),
  hashAlgorithm: orNull(text),
  hashValue: orNull(text),
  createdAt: time,
  updatedAt: time,
  deletedAt: orNull(time),
  tags: texts,
  properties: { isRight: (value) => isObject(value) && isTexts(Object.values(value)), allowed: 'an object of texts' },
  members: { isRight: (value) => Array.isArray(value) && value.every(isMember), allowed: 'a list of members' },
  data: orNull({ isRight: isData, allowed: 'a reference to data' }),
  stores: optional(texts),
  location: optional(text),
  staged: optional({ isRight: isStaged, allowed: 'data that waits' }),
  usedBy: texts,
};

/** The document of an image. */
export const toDocument = (
  { data, staged, ...rest }: Image,
  dataDocument: (data: ImageData) => DataDocument,
): ImageDocument => ({
  ...rest,
  data: data === null ? null : dataDocument(data),
  ...(staged !== undefined && { staged: { ...staged, data: dataDocument(staged.data) } }),
});

/**
 * What keeps a value from being the document of an image; empty for one that is.
 * @param pointer - where the value stands.
 */
export function checkImageDocument(value: unknown, pointer: string): readonly InputIssue[] {
  if (!isObject(value)) return [{ pointer, message: 'is no image', found: value, allowed: 'an object' }];
  return Object.entries(CHECKS).flatMap(([name, { isRight, allowed }]) =>
    isRight(value[name])
      ? []
      : [{ pointer: `${pointer}/${name}`, message: `is no ${name} of an image`, found: value[name], allowed }],
  );
}
