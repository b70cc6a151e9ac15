import { isObject } from '../../../base/json.ts';
import type { FaultRequest, ProblemsByName } from '../../dialect.ts';
import { unsupportedMediaType } from '../../glance/errors.ts';
import { ACCEPT_PATCH } from '../../glance/image-patch/json-patch.ts';
import { parseImagePatch } from '../../glance/image-patch/patch.ts';
import { BODY_MALFORMED, BODY_UNEXPECTED, glanceReason, MEDIA_TYPE } from '../../glance/reasons.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import {
  bodyItems,
  IMAGE_EXISTS,
  IMAGE_GONE,
  IMAGE_IN_USE,
  IMAGE_NOT_OWNED,
  IMAGE_PROTECTED,
  imageNotFound,
  notAllowed,
  OVER_QUOTA,
  overProjectQuota,
  STORAGE_FULL,
  TOO_MANY_PROPERTIES,
  tooManyTags,
  wrongStatus,
} from '../../shared/image-reasons.ts';
import { bodyMember, imageIdOf } from '../../shared/request-values.ts';
import { CHANGE_DENIED, imsReason, NOT_PUBLISHED, PROJECT_REJECTED, thrownBy, wrongQuery } from '../reasons.ts';
import type { ImsError } from '../wire.ts';
import { checkValue, emptyFile, MAX_UPLOAD_BYTES } from './checks.ts';
import type { imageOperations } from './contract.ts';
import { PATCH_RULES, parseDeleteBody, parseNewImage } from './parse.ts';

const ATTRIBUTE_READ_ONLY: ProblemsByName = {
  'attribute-read-only': () => ({ kind: 'read-only', attribute: 'status' }),
};

const patchRejected = (patch: unknown) => thrownBy(() => parseImagePatch(patch, 'v2.1', PATCH_RULES));

const valueRejected = (name: string, value: unknown) =>
  thrownBy(({ context }) => checkValue(name, value, context.cloud));

/** The error for a body that no delete has. */
const deleteBodyRejected = (body: string) => imsReason(() => parseDeleteBody(Buffer.from(body)) as ImsError);

/** The name in the first step of a patch; `property` if the request has no patch. */
function patchedName({ call }: FaultRequest): string {
  const step = bodyMember(call, '0');
  return isObject(step) && typeof step['path'] === 'string' ? step['path'].slice(1) : 'property';
}

/** Values that a create and an update reject. */
const VALUES: ProblemsByName = {
  'min-disk-out-of-range': valueRejected('min_disk', 2000),
  'name-empty': valueRejected('name', ''),
  'name-too-long': valueRejected('name', 'x'.repeat(256)),
  'visibility-unsupported': valueRejected('visibility', 'shared'),
};

/** Reasons for the errors of the native operations on images. */
export const imageProblems: NaturalProblemsOf<typeof imageOperations> = {
  listImages: {
    400: {
      ...wrongQuery('limit-not-integer', 'limit=many'),
      ...wrongQuery('sort-key-unknown', 'sort_key=none'),
      ...wrongQuery('visibility-unknown', 'visibility=none'),
    },
    403: PROJECT_REJECTED,
    404: NOT_PUBLISHED,
  },
  showImage: { 400: BODY_UNEXPECTED, 403: PROJECT_REJECTED, 404: imageNotFound('show') },
  updateImage: {
    400: {
      'patch-not-list': patchRejected({}),
      'operation-unknown': patchRejected([{ op: 'move', path: '/name' }]),
      'value-missing': patchRejected([{ op: 'replace', path: '/name' }]),
      ...VALUES,
      ...BODY_MALFORMED,
    },
    403: {
      ...ATTRIBUTE_READ_ONLY,
      ...IMAGE_NOT_OWNED,
      'publicize-denied': (request) => ({ kind: 'not-allowed', action: 'publicize', subject: imageIdOf(request) }),
      ...CHANGE_DENIED,
    },
    404: imageNotFound('change'),
    409: { 'attribute-missing': (request) => ({ kind: 'attribute-missing', attribute: patchedName(request) }) },
    413: { ...tooManyTags(() => 0), ...TOO_MANY_PROPERTIES },
    415: {
      'media-type': glanceReason(({ call: { headers } }) =>
        unsupportedMediaType(headers['content-type'] ?? 'None', { 'Accept-Patch': ACCEPT_PATCH }),
      ),
    },
  },
  deleteImage: {
    400: {
      'body-invalid': deleteBodyRejected('{"delete_backup":"yes"}'),
      'body-not-object': deleteBodyRejected('[]'),
      'body-malformed': deleteBodyRejected('{'),
    },
    403: { ...IMAGE_PROTECTED, ...IMAGE_NOT_OWNED, ...CHANGE_DENIED },
    404: imageNotFound('delete'),
    409: IMAGE_IN_USE,
  },
  createImage: {
    400: {
      ...VALUES,
      'body-not-object': thrownBy(({ context }) => parseNewImage([], context.cloud)),
      ...BODY_MALFORMED,
    },
    403: {
      'publicize-denied': () => ({ kind: 'not-allowed', action: 'publicize' }),
      ...ATTRIBUTE_READ_ONLY,
      ...CHANGE_DENIED,
    },
    404: NOT_PUBLISHED,
    409: IMAGE_EXISTS,
    413: {
      ...tooManyTags(bodyItems('tags')),
      ...TOO_MANY_PROPERTIES,
      ...overProjectQuota('too-many-images', 'images'),
    },
  },
  uploadImage: {
    400: { 'file-empty': glanceReason(emptyFile) },
    403: { ...CHANGE_DENIED, ...notAllowed('upload') },
    404: imageNotFound('show'),
    409: wrongStatus('active', 'saving'),
    410: IMAGE_GONE,
    413: {
      'too-large': () => ({ kind: 'too-large', sizeBytes: MAX_UPLOAD_BYTES + 1, maximum: MAX_UPLOAD_BYTES }),
      ...OVER_QUOTA,
      ...overProjectQuota('project-over-quota', 'MiB'),
      ...STORAGE_FULL,
    },
    415: MEDIA_TYPE,
  },
};
