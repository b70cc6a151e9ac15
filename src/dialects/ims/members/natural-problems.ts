import { BODY_UNEXPECTED } from '../../glance/reasons.ts';
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
import { CHANGE_DENIED, PROJECT_REJECTED, thrownBy } from '../reasons.ts';
import type { memberOperations } from './contract.ts';

const MISSING = { ...MEMBER_NOT_FOUND, ...imageNotFound('part') };

/** Reasons for the errors of the native operations on image members. */
export const memberProblems: NaturalProblemsOf<typeof memberOperations> = {
  createImageMember: {
    400: { 'member-missing': thrownBy(({ call }) => parseMember(withJson(call, {}))) },
    403: { ...notAllowed('create-members'), ...CHANGE_DENIED },
    404: imageNotFound('show'),
    409: MEMBER_EXISTS,
    413: TOO_MANY_MEMBERS,
  },
  listImageMembers: {
    400: BODY_UNEXPECTED,
    403: { ...NOT_SHARED, ...PROJECT_REJECTED },
    404: imageNotFound('part'),
  },
  showImageMember: { 400: BODY_UNEXPECTED, 403: { ...NOT_SHARED, ...PROJECT_REJECTED }, 404: MISSING },
  updateImageMember: {
    400: {
      'status-missing': thrownBy(({ call }) => parseStatus(withJson(call, {}))),
      'status-unknown': thrownBy(() => {
        throw wrongMemberStatus();
      }),
    },
    403: { ...notAllowed('update-members'), ...CHANGE_DENIED },
    404: { ...imageNotFound('show'), ...MEMBER_NOT_FOUND },
  },
  deleteImageMember: {
    400: BODY_UNEXPECTED,
    403: { ...notAllowed('delete-members'), ...CHANGE_DENIED },
    404: MISSING,
  },
};
