import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { IMAGE_NOT_OWNED, imageNotFound } from '../../shared/image-reasons.ts';
import { imageIdOf, imageOf } from '../../shared/request-values.ts';
import { notActive } from '../images/own-image.ts';
import { presentStatus } from '../images/present.ts';
import {
  CHANGE_DENIED,
  imsReason,
  NOT_PUBLISHED,
  PROJECT_REJECTED,
  TOKEN_UNSCOPED,
  thrownBy,
  wrongQuery,
} from '../reasons.ts';
import type { cloudImageOperations } from './contract.ts';
import { parseChanges } from './parse.ts';

const changeRejected = (changes: unknown) => thrownBy(() => parseChanges(changes));

const replace = (path: string, value: unknown) => [{ op: 'replace', path, value }];

/** Reasons for the errors of the IMS operations on images that complete before they reply. */
export const cloudImageProblems: NaturalProblemsOf<typeof cloudImageOperations> = {
  listCloudImages: {
    400: { ...wrongQuery('limit-not-integer', 'limit=many'), ...TOKEN_UNSCOPED },
    403: PROJECT_REJECTED,
    404: NOT_PUBLISHED,
  },
  updateCloudImage: {
    400: {
      'patch-not-list': changeRejected({}),
      'name-invalid': changeRejected(replace('/name', ' ')),
      'attribute-read-only': changeRejected(replace('/min_disk', 1)),
      'image-not-active': imsReason((request) => {
        const image = imageOf(request);
        return notActive(
          imageIdOf(request),
          image === undefined || image.status === 'active' ? 'queued' : presentStatus(image),
        );
      }),
      ...IMAGE_NOT_OWNED,
      ...TOKEN_UNSCOPED,
    },
    403: CHANGE_DENIED,
    404: imageNotFound('change'),
  },
  showQuota: { 400: TOKEN_UNSCOPED, 403: PROJECT_REJECTED, 404: NOT_PUBLISHED },
};
