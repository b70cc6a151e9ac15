import { BODY_UNEXPECTED, glanceReason, thrownBy } from '../../glance/reasons.ts';
import { parseMember, parseStatus, wrongMemberStatus } from '../../glance/sharing.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import {
  imageNotFound,
  MEMBER_EXISTS,
  MEMBER_NOT_FOUND,
  NOT_SHARED,
  notAllowed,
  TOO_MANY_MEMBERS,
} from '../../shared/image-reasons.ts';
import { withJson } from '../../shared/request-values.ts';
import type { memberOperations } from './contract.ts';
import { notShared } from './handlers.ts';

const MISSING = { ...MEMBER_NOT_FOUND, ...imageNotFound('part') };

/** Reasons for the errors of the operations on image members. */
export const memberProblems: NaturalProblemsOf<typeof memberOperations> = {
  createImageMember: {
    400: {
      'member-missing': thrownBy(({ call }) => parseMember(withJson(call, {}))),
      'member-empty': () => ({ kind: 'invalid-value', attribute: 'member', value: '', reason: 'empty' }),
    },
    403: notAllowed('create-members'),
    404: imageNotFound('part'),
    409: MEMBER_EXISTS,
    413: TOO_MANY_MEMBERS,
  },
  showImageMember: {
    400: BODY_UNEXPECTED,
    404: { ...MISSING, 'not-shared': glanceReason(notShared) },
  },
  listImageMembers: {
    400: BODY_UNEXPECTED,
    403: NOT_SHARED,
    404: imageNotFound('part'),
  },
  updateImageMember: {
    400: {
      'status-missing': thrownBy(({ call }) => parseStatus(withJson(call, {}))),
      'status-unknown': glanceReason(wrongMemberStatus),
    },
    403: notAllowed('update-members'),
    404: MISSING,
  },
  deleteImageMember: {
    400: BODY_UNEXPECTED,
    403: notAllowed('delete-members'),
    404: MISSING,
  },
};
