import type { ProblemsByName } from '../dialect.ts';
import { BODY_MALFORMED, BODY_UNEXPECTED, glanceReason, MEDIA_TYPE, thrownBy } from '../glance/reasons.ts';
import { parseStatus, wrongMemberStatus } from '../glance/sharing.ts';
import type { NaturalProblemsOf } from '../natural-problems.ts';
import { wrongRequest } from '../shared/body-reasons.ts';
import {
  IMAGE_NOT_OWNED,
  IMAGE_PROTECTED,
  imageNotFound,
  MEMBER_NOT_FOUND,
  NOT_SHARED,
  notAllowed,
  TAG_NOT_FOUND,
  wrongStatus,
} from '../shared/image-reasons.ts';
import { callWith, withJson } from '../shared/request-values.ts';
import { identify } from './gateway.ts';
import type { imageOperations } from './images/contract.ts';
import { emptyFile } from './images/handlers.ts';
import type { memberOperations } from './members/contract.ts';
import { CHANGE_DENIED, NOT_PUBLISHED, PROJECT_REJECTED } from './reasons.ts';
import type { schemaOperations } from './schemas/contract.ts';
import type { tagOperations } from './tags/contract.ts';
import type { v1Operations } from './v1/contract.ts';
import type { versionOperations } from './versions/contract.ts';

const PATCH_TYPE = { 'content-type': 'application/openstack-images-v2.1-json-patch' };

/** The request has no token, in worlds whose profile requires one. */
const TOKEN_MISSING: ProblemsByName = {
  'token-missing': ({ call, context: { cloud } }) => {
    const { 'x-auth-token': _token, authorization: _signature, ...headers } = call.headers;
    const identified = identify(callWith(call, { headers }), cloud);
    if ('status' in identified) return identified;
    throw new Error('The gateway accepts a request without a token.');
  },
};

const VERSIONS = { 400: BODY_UNEXPECTED, 401: TOKEN_MISSING, 403: PROJECT_REJECTED, 404: NOT_PUBLISHED };

/** Reasons for the errors of the version operations. */
export const versionProblems: NaturalProblemsOf<typeof versionOperations> = {
  listVersions: VERSIONS,
  showVersion: VERSIONS,
};

const DELETE_DENIED = { ...IMAGE_PROTECTED, ...IMAGE_NOT_OWNED, ...CHANGE_DENIED };

/** Reasons for the errors of the native operations on images. */
export const imageProblems: NaturalProblemsOf<typeof imageOperations> = {
  listImages: {
    400: { 'limit-not-integer': wrongRequest({ search: 'limit=many' }) },
    403: PROJECT_REJECTED,
    404: NOT_PUBLISHED,
  },
  showImage: { 400: BODY_UNEXPECTED, 403: PROJECT_REJECTED, 404: imageNotFound('show') },
  createImage: {
    400: {
      'min-disk-out-of-range': wrongRequest({ body: { min_disk: 2000 } }),
      'name-empty': wrongRequest({ body: { name: '' } }),
      ...BODY_MALFORMED,
    },
    403: { ...notAllowed('publicize'), ...CHANGE_DENIED },
    404: NOT_PUBLISHED,
  },
  updateImage: {
    400: { 'patch-not-list': wrongRequest({ body: {}, headers: PATCH_TYPE }), ...BODY_MALFORMED },
    403: {
      ...IMAGE_NOT_OWNED,
      'attribute-read-only': () => ({ kind: 'read-only', attribute: 'status' }),
      ...CHANGE_DENIED,
    },
    404: imageNotFound('change'),
  },
  deleteImage: {
    400: { 'body-invalid': wrongRequest({ body: { delete_backup: 'yes' } }) },
    403: DELETE_DENIED,
    404: imageNotFound('delete'),
  },
  uploadImage: {
    400: { 'file-empty': glanceReason(emptyFile) },
    403: { ...CHANGE_DENIED, ...notAllowed('upload') },
    404: imageNotFound('show'),
    409: wrongStatus('active', 'saving'),
    415: MEDIA_TYPE,
  },
};

/** Reasons for the errors of the native operations on image members. */
export const memberProblems: NaturalProblemsOf<typeof memberOperations> = {
  createImageMember: {
    400: { 'member-missing': wrongRequest({ body: {} }), ...BODY_MALFORMED },
    403: { ...notAllowed('create-members'), ...CHANGE_DENIED },
    404: imageNotFound('show'),
  },
  listImageMembers: {
    400: BODY_UNEXPECTED,
    403: { ...NOT_SHARED, ...PROJECT_REJECTED },
    404: imageNotFound('part'),
  },
  showImageMember: {
    400: BODY_UNEXPECTED,
    403: { ...NOT_SHARED, ...PROJECT_REJECTED },
    404: { ...MEMBER_NOT_FOUND, ...imageNotFound('part') },
  },
  updateImageMember: {
    400: {
      'status-missing': thrownBy(({ call }) => parseStatus(withJson(call, {}))),
      'status-unknown': glanceReason(wrongMemberStatus),
    },
    403: { ...notAllowed('update-members'), ...CHANGE_DENIED },
    404: { ...MEMBER_NOT_FOUND, ...imageNotFound('show') },
  },
  deleteImageMember: {
    400: BODY_UNEXPECTED,
    403: { ...notAllowed('delete-members'), ...CHANGE_DENIED },
    404: { ...MEMBER_NOT_FOUND, ...imageNotFound('part') },
  },
};

/** Reasons for the errors of the native operations on tags. */
export const nativeTagProblems: NaturalProblemsOf<Pick<typeof tagOperations, 'addImageTag' | 'deleteImageTag'>> = {
  addImageTag: {
    400: { 'tag-invalid': wrongRequest({ params: { tag: 'key=value' } }), ...BODY_UNEXPECTED },
    403: { ...notAllowed('update-tags'), ...CHANGE_DENIED },
    404: imageNotFound('part'),
  },
  deleteImageTag: {
    400: BODY_UNEXPECTED,
    403: { ...notAllowed('delete-tags'), ...CHANGE_DENIED },
    404: { ...TAG_NOT_FOUND, ...imageNotFound('part') },
  },
};

/** Reasons for the errors of the deprecated operations. */
export const v1Problems: NaturalProblemsOf<typeof v1Operations> = {
  listImagesDetailV11: {
    400: { 'size-not-number': wrongRequest({ search: 'size_min=small' }) },
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
    403: DELETE_DENIED,
    404: { ...imageNotFound('delete'), ...NOT_PUBLISHED },
  },
};

const SCHEMA = { 400: BODY_UNEXPECTED, 403: PROJECT_REJECTED, 404: NOT_PUBLISHED };

/** Reasons for the errors of the schema operations. */
export const schemaProblems: NaturalProblemsOf<typeof schemaOperations> = {
  showImagesSchema: SCHEMA,
  showImageSchema: SCHEMA,
  showMembersSchema: SCHEMA,
  showMemberSchema: SCHEMA,
};
