import type { ImageStatus } from '../../../domain/image.ts';
import type { ProblemsByName } from '../../dialect.ts';
import { BODY_UNEXPECTED, glanceReason, MEDIA_TYPE, thrownBy } from '../../glance/reasons.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import {
  IMAGE_GONE,
  IMAGE_NOT_OWNED,
  imageNotFound,
  notAllowed,
  OVER_QUOTA,
  overProjectQuota,
  STORAGE_FULL,
  TOO_LARGE,
  wrongStatus,
} from '../../shared/image-reasons.ts';
import { imageIdOf, imageOf } from '../../shared/request-values.ts';
import type { imageDataOperations } from './contract.ts';
import { unknownStore } from './handlers.ts';
import { requestedRange } from './range.ts';

/** The upload has another size than it announced. */
const WRONG_SIZE: ProblemsByName = {
  'wrong-size': ({ call: { headers } }) => {
    const sent = Number(headers['content-length']) || 0;
    const expected = Number(headers['x-openstack-image-size'] ?? sent) || 0;
    return { kind: 'wrong-size', expected, actual: sent === expected ? sent + 1 : sent };
  },
};

const FORMATS_MISSING: ProblemsByName = {
  'formats-missing': (request) => ({
    kind: 'formats-missing',
    imageId: imageIdOf(request),
    missing: ['diskFormat', 'containerFormat'],
  }),
};

const STORE_NOT_FOUND: ProblemsByName = {
  'store-not-found': glanceReason(({ call }) => unknownStore(String(call.headers['x-image-meta-store'] ?? 'none'))),
};

const QUOTAS: ProblemsByName = {
  ...TOO_LARGE,
  ...OVER_QUOTA,
  ...overProjectQuota('project-over-quota', 'MiB'),
  ...overProjectQuota('too-many-uploads', 'uploads'),
  ...STORAGE_FULL,
};

/** Reasons that uploads and staging share; `status` is the one of an image that receives data. */
const receiving = (status: ImageStatus) => ({
  404: imageNotFound('show'),
  409: wrongStatus('active', status),
  410: IMAGE_GONE,
  415: MEDIA_TYPE,
});

/** Reasons for the errors of the operations on the data of images. */
export const imageDataProblems: NaturalProblemsOf<typeof imageDataOperations> = {
  downloadImageData: {
    400: {
      ...BODY_UNEXPECTED,
      'several-ranges': thrownBy(() => requestedRange({ range: 'bytes=0-1,2-3' }, 4)),
    },
    403: { 'image-deactivated': (request) => ({ kind: 'image-deactivated', imageId: imageIdOf(request) }) },
    404: imageNotFound('show'),
    416: {
      'range-outside': thrownBy((request) => {
        const sizeBytes = imageOf(request)?.sizeBytes ?? 0;
        requestedRange({ range: `bytes=${sizeBytes}-` }, sizeBytes);
      }),
    },
  },
  uploadImageData: {
    ...receiving('saving'),
    400: { ...FORMATS_MISSING, ...STORE_NOT_FOUND, ...WRONG_SIZE },
    403: notAllowed('upload'),
    413: QUOTAS,
  },
  stageImageData: {
    ...receiving('uploading'),
    400: WRONG_SIZE,
    403: IMAGE_NOT_OWNED,
    409: {
      ...wrongStatus('active', 'uploading'),
      'still-staged': (request) => ({
        kind: 'import-rejected',
        imageId: imageIdOf(request),
        reason: 'still-staged',
        subject: imageIdOf(request),
      }),
    },
    413: { ...TOO_LARGE, ...OVER_QUOTA, ...overProjectQuota('staging-over-quota', 'staged MiB'), ...STORAGE_FULL },
  },
};
