import { isObject } from '../base/json.ts';
import { HASH_ALGORITHMS, type ImageData } from '../domain/data/image-data.ts';
import { IMAGE_STATUSES, type Image, type StagedData, VISIBILITIES } from '../domain/image.ts';
import { MEMBER_STATUSES } from '../domain/member.ts';
import type { InputIssue } from '../input/input-error.ts';

/** An image as a document: JSON that refers to the data of the image. State files hold it: do not rename members. */
export type ImageDocument = Omit<Image, 'data' | 'staged'> & {
  readonly data: DataDocument | null;
  readonly staged?: StagedDocument;
};

/** Staged data as a document. */
type StagedDocument = Omit<StagedData, 'data'> & { readonly data: DataDocument };

/** A document that contains image data or says where it is. */
export type DataDocument =
  /** Small data, in the document. */
  | { readonly kind: 'inline'; readonly base64: string }
  /** A file in the data directory of the state file. */
  | { readonly kind: 'kept'; readonly name: string; readonly sizeBytes: number; readonly crc32?: number }
  /** A file elsewhere, such as one that a fixture refers to. */
  | { readonly kind: 'file'; readonly path: string; readonly sizeBytes: number; readonly crc32?: number }
  | { readonly kind: 'virtual'; readonly sizeBytes: number; readonly seed: number };

/** Converts image data to documents and back. */
export interface DataReferences {
  /** Returns the document of image data. */
  readonly toDocument: (data: ImageData) => DataDocument;
  /** Returns the image data of a document. @param pointer - where the document is. */
  readonly toData: (document: DataDocument, pointer: string) => ImageData;
}

/** What a member of an image document may be. */
interface Check {
  readonly isValid: (value: unknown) => boolean;
  readonly allowed: string | readonly string[];
}

const isChecksum = (value: unknown): boolean => value === undefined || isCount(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isTextList = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

const text: Check = { isValid: isText, allowed: 'a string' };
const boolean: Check = { isValid: (value) => typeof value === 'boolean', allowed: ['true', 'false'] };
const count: Check = { isValid: isCount, allowed: 'an integer from 0' };
const time: Check = { isValid: Number.isFinite, allowed: 'a number of milliseconds since 1970' };
const textList: Check = { isValid: isTextList, allowed: 'a list of strings' };
const oneOf = (values: readonly string[]): Check => ({
  isValid: (value) => isText(value) && values.includes(value),
  allowed: values,
});
const orNull = ({ isValid, allowed }: Check): Check => ({
  isValid: (value) => value === null || isValid(value),
  allowed: typeof allowed === 'string' ? `${allowed}, or null` : [...allowed, 'null'],
});
const optional = ({ isValid, allowed }: Check): Check => ({
  isValid: (value) => value === undefined || isValid(value),
  allowed,
});

const isMember = (value: unknown): boolean =>
  isObject(value) &&
  isText(value['memberId']) &&
  oneOf(MEMBER_STATUSES).isValid(value['status']) &&
  time.isValid(value['createdAt']) &&
  time.isValid(value['updatedAt']);

const isLocation = (value: unknown): boolean =>
  isObject(value) && isText(value['store']) && orNull(text).isValid(value['address']) && isObject(value['metadata']);

/** Returns whether the members of a data document are valid, by its kind. */
const DATA: { readonly [K in DataDocument['kind']]: (data: Readonly<Record<string, unknown>>) => boolean } = {
  inline: ({ base64 }) => isText(base64),
  kept: ({ name, sizeBytes, crc32 }) =>
    isText(name) && /^[0-9A-Za-z][0-9A-Za-z.-]*$/.test(name) && isCount(sizeBytes) && isChecksum(crc32),
  file: ({ path, sizeBytes, crc32 }) => isText(path) && isCount(sizeBytes) && isChecksum(crc32),
  virtual: ({ sizeBytes, seed }) => isCount(sizeBytes) && Number.isFinite(seed),
};

const isData = (value: unknown): boolean =>
  isObject(value) &&
  isText(value['kind']) &&
  Object.hasOwn(DATA, value['kind']) &&
  DATA[value['kind'] as DataDocument['kind']](value);

const isHash = (value: unknown): boolean =>
  isObject(value) && oneOf(HASH_ALGORITHMS).isValid(value['algorithm']) && isText(value['value']);

const isStaged = (value: unknown): boolean =>
  isObject(value) &&
  isData(value['data']) &&
  isCount(value['sizeBytes']) &&
  orNull(text).isValid(value['md5']) &&
  (value['hash'] === null || isHash(value['hash'])) &&
  orNull(count).isValid(value['virtualSizeBytes']);

/** What each member of an image document may be. */
const CHECKS: { readonly [K in keyof Required<Image>]: Check } = {
  id: text,
  name: orNull(text),
  owner: orNull(text),
  status: oneOf(IMAGE_STATUSES),
  visibility: oneOf(VISIBILITIES),
  isProtected: boolean,
  isHidden: boolean,
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
  tags: textList,
  properties: {
    isValid: (value) => isObject(value) && isTextList(Object.values(value)),
    allowed: 'an object of strings',
  },
  members: { isValid: (value) => Array.isArray(value) && value.every(isMember), allowed: 'a list of members' },
  data: orNull({ isValid: isData, allowed: 'image data' }),
  stores: optional(textList),
  location: optional(text),
  locations: optional({
    isValid: (value) => Array.isArray(value) && value.every(isLocation),
    allowed: 'a list of locations',
  }),
  staged: optional({ isValid: isStaged, allowed: 'staged data' }),
  isReceiving: optional({ isValid: (value) => value === true, allowed: ['true'] }),
  usedBy: textList,
};

/**
 * Converts an image to a document.
 * @param toDataDocument - converts its data, and may write them to a file.
 */
export const toDocument = (
  { data, staged, ...rest }: Image,
  toDataDocument: DataReferences['toDocument'],
): ImageDocument => ({
  ...rest,
  data: data === null ? null : toDataDocument(data),
  ...(staged !== undefined && { staged: { ...staged, data: toDataDocument(staged.data) } }),
});

/**
 * Converts a document to an image; the inverse of `toDocument`.
 * @param pointer - where the document is.
 */
export const toImage = (
  { staged, ...rest }: ImageDocument,
  toData: DataReferences['toData'],
  pointer: string,
): Image => ({
  ...rest,
  // Overwritten, not destructured above: the images are slower to read then (1.5 times as long at a restart).
  data: rest.data === null ? null : toData(rest.data, `${pointer}/data`),
  ...(staged !== undefined && { staged: { ...staged, data: toData(staged.data, `${pointer}/staged/data`) } }),
});

/**
 * Returns what is wrong with the document of an image; an empty list for a valid one.
 * @param pointer - where the document is.
 */
export function checkImageDocument(value: unknown, pointer: string): readonly InputIssue[] {
  if (!isObject(value)) return [{ pointer, message: 'expected an image', found: value, allowed: 'an object' }];
  return Object.entries(CHECKS).flatMap(([name, { isValid, allowed }]) =>
    isValid(value[name]) ? [] : [issueOf(`${pointer}/${name}`, value[name], allowed)],
  );
}

const issueOf = (pointer: string, found: unknown, allowed: Check['allowed']): InputIssue => ({
  pointer,
  message: found === undefined ? 'is missing' : 'has an invalid value',
  found,
  allowed,
});
