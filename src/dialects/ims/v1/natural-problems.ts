import { BODY_UNEXPECTED } from '../../glance/reasons.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { IMAGE_IN_USE, IMAGE_NOT_OWNED, IMAGE_PROTECTED, imageNotFound } from '../../shared/image-reasons.ts';
import { CHANGE_DENIED, NOT_PUBLISHED, PROJECT_REJECTED, wrongQuery } from '../reasons.ts';
import type { v1Operations } from './contract.ts';

/** Reasons for the errors of the deprecated operations. */
export const v1Problems: NaturalProblemsOf<typeof v1Operations> = {
  listImagesDetailV11: {
    400: {
      ...wrongQuery('size-not-number', 'size_min=small'),
      ...wrongQuery('limit-not-integer', 'limit=many'),
      ...wrongQuery('time-malformed', 'changes-since=yesterday'),
    },
    403: PROJECT_REJECTED,
    404: NOT_PUBLISHED,
  },
  headImageV1: {
    400: BODY_UNEXPECTED,
    403: PROJECT_REJECTED,
    404: { ...imageNotFound('show'), ...NOT_PUBLISHED },
  },
  deleteImageV11: {
    400: BODY_UNEXPECTED,
    403: { ...IMAGE_PROTECTED, ...IMAGE_NOT_OWNED, ...CHANGE_DENIED },
    404: { ...imageNotFound('delete'), ...NOT_PUBLISHED },
    409: IMAGE_IN_USE,
  },
};
