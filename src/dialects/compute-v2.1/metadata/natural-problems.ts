import type { ProblemsByName } from '../../dialect.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { IMAGE_NOT_OWNED, imageNotFound, PROPERTY_NOT_FOUND } from '../../shared/image-reasons.ts';
import { imageIdOf } from '../../shared/request-values.ts';
import { fault, KEY_MISMATCH } from '../protocol/errors.ts';
import { MEDIA_TYPE, NOT_FOUND, POLICY_DENIED, TOO_MUCH_METADATA, VERSION_MALFORMED } from '../protocol/reasons.ts';
import type { metadataOperations } from './contract.ts';

/** The image is being saved. */
const IMAGE_BUSY: ProblemsByName = {
  'image-busy': (request) => ({ kind: 'image-busy', imageId: imageIdOf(request), status: 'saving' }),
};

const read = { 400: VERSION_MALFORMED, 403: POLICY_DENIED, 404: imageNotFound('show') };

const write = {
  400: VERSION_MALFORMED,
  403: { ...IMAGE_NOT_OWNED, ...TOO_MUCH_METADATA },
  404: imageNotFound('show'),
  409: IMAGE_BUSY,
  415: MEDIA_TYPE,
};

/** Reasons for the errors of the metadata of images. */
export const metadataProblems: NaturalProblemsOf<typeof metadataOperations> = {
  listImageMetadata: read,
  updateImageMetadata: write,
  replaceImageMetadata: write,
  showImageMetadataItem: { ...read, 404: { ...NOT_FOUND, ...imageNotFound('show') } },
  setImageMetadataItem: {
    ...write,
    400: { 'key-mismatch': () => fault(400, KEY_MISMATCH), ...VERSION_MALFORMED },
  },
  deleteImageMetadataItem: {
    400: VERSION_MALFORMED,
    403: IMAGE_NOT_OWNED,
    404: { ...PROPERTY_NOT_FOUND, ...imageNotFound('show') },
    409: IMAGE_BUSY,
  },
};
