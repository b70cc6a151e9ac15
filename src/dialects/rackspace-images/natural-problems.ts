import type { NaturalProblems, ProblemsByName } from '../dialect.ts';
import { type NaturalProblemsOf, OVER_LIMIT } from '../natural-problems.ts';
import { presentOverLimit } from '../rackspace/over-limit.ts';
import { frontEndReasons, MEDIA_TYPE, WRONG_IMAGE_ID, wrongQuery } from '../rackspace/reasons.ts';
import { BODY_UNEXPECTED, wrongRequest } from '../shared/body-reasons.ts';
import {
  IMAGE_IN_USE,
  IMAGE_NOT_OWNED,
  IMAGE_PROTECTED,
  imageNotFound,
  MEMBER_EXISTS,
  MEMBER_NOT_FOUND,
  NOT_SHARED,
  notAllowed,
  TAG_NOT_FOUND,
  TASK_NOT_FOUND,
} from '../shared/image-reasons.ts';
import type { contract } from './contract.ts';
import { checkRemover, checkWriter, fault } from './wire.ts';

const { readers, writers, removers } = frontEndReasons(fault, { checkWriter, checkRemover });

/** The project has sent too many requests. */
const LIMITED: ProblemsByName = {
  [OVER_LIMIT]: ({ details, context: { cloud } }) => presentOverLimit(cloud, details),
};

const wrongBody = (name: string, body: unknown): ProblemsByName => ({ [name]: wrongRequest({ body }) });

const SCHEMA = { 400: BODY_UNEXPECTED, 403: readers, 413: LIMITED };

const PROBLEMS: NaturalProblemsOf<typeof contract.operations> = {
  listImages: { 400: wrongQuery('limit-not-integer', 'limit=many'), 403: readers, 413: LIMITED },
  showImage: {
    400: { ...WRONG_IMAGE_ID, ...BODY_UNEXPECTED },
    403: readers,
    404: imageNotFound('show'),
    413: LIMITED,
  },
  updateImage: {
    400: {
      'patch-not-list': wrongRequest({
        body: {},
        headers: { 'content-type': 'application/openstack-images-v2.1-json-patch' },
      }),
      ...WRONG_IMAGE_ID,
    },
    403: { ...IMAGE_NOT_OWNED, ...writers },
    404: imageNotFound('change'),
    413: LIMITED,
    415: MEDIA_TYPE,
  },
  deleteImage: {
    400: { ...BODY_UNEXPECTED, ...WRONG_IMAGE_ID },
    403: { ...IMAGE_PROTECTED, ...IMAGE_NOT_OWNED, ...removers },
    404: imageNotFound('delete'),
    409: IMAGE_IN_USE,
    413: LIMITED,
  },
  createImageMember: {
    400: { ...wrongBody('member-missing', {}), ...WRONG_IMAGE_ID },
    403: { ...notAllowed('create-members'), ...writers },
    404: imageNotFound('part'),
    409: MEMBER_EXISTS,
    413: LIMITED,
    415: MEDIA_TYPE,
  },
  listImageMembers: {
    400: { ...BODY_UNEXPECTED, ...WRONG_IMAGE_ID },
    403: { ...NOT_SHARED, ...readers },
    404: imageNotFound('part'),
    413: LIMITED,
  },
  showImageMember: {
    400: { ...WRONG_IMAGE_ID, ...BODY_UNEXPECTED },
    403: { ...NOT_SHARED, ...readers },
    404: { ...MEMBER_NOT_FOUND, ...imageNotFound('part') },
    413: LIMITED,
  },
  updateImageMember: {
    400: { ...wrongBody('status-unknown', {}), ...WRONG_IMAGE_ID },
    403: { ...notAllowed('update-members'), ...writers },
    404: { ...MEMBER_NOT_FOUND, ...imageNotFound('part') },
    413: LIMITED,
    415: MEDIA_TYPE,
  },
  deleteImageMember: {
    400: { ...BODY_UNEXPECTED, ...WRONG_IMAGE_ID },
    403: { ...notAllowed('delete-members'), ...removers },
    404: { ...MEMBER_NOT_FOUND, ...imageNotFound('part') },
    413: LIMITED,
  },
  addImageTag: {
    400: { 'tag-too-long': wrongRequest({ params: { tag: 'x'.repeat(256) } }), ...WRONG_IMAGE_ID },
    403: { ...notAllowed('update-tags'), ...writers },
    404: imageNotFound('part'),
    413: LIMITED,
    415: MEDIA_TYPE,
  },
  deleteImageTag: {
    400: { ...BODY_UNEXPECTED, ...WRONG_IMAGE_ID },
    403: { ...notAllowed('delete-tags'), ...removers },
    404: { ...TAG_NOT_FOUND, ...imageNotFound('part') },
    413: LIMITED,
  },
  createImportTask: {
    400: { ...wrongBody('source-missing', { type: 'import', input: {} }), ...wrongBody('input-missing', {}) },
    403: writers,
    413: LIMITED,
    415: MEDIA_TYPE,
  },
  createExportTask: {
    400: {
      ...wrongBody('image-missing', { type: 'export', input: {} }),
      ...wrongBody('input-missing', { type: 'export' }),
    },
    403: writers,
    413: LIMITED,
    415: MEDIA_TYPE,
  },
  listTasks: { 400: wrongQuery('limit-not-integer', 'limit=many'), 403: readers, 413: LIMITED },
  showTask: { 400: BODY_UNEXPECTED, 403: readers, 404: TASK_NOT_FOUND, 413: LIMITED },
  showImagesSchema: SCHEMA,
  showImageSchema: SCHEMA,
  showMembersSchema: SCHEMA,
  showMemberSchema: SCHEMA,
  showTasksSchema: SCHEMA,
  showTaskSchema: SCHEMA,
};

/** Returns the reasons for the errors of the operations of `contract.ts`. */
export const naturalProblems = (): NaturalProblems => PROBLEMS;
