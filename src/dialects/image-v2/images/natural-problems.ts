import type { FaultRequest, NaturalProblem, ProblemsByName } from '../../dialect.ts';
import { unsupportedMediaType } from '../../glance/errors.ts';
import { ACCEPT_PATCH } from '../../glance/image-patch/json-patch.ts';
import { parseImagePatch } from '../../glance/image-patch/patch.ts';
import { BODY_MALFORMED, BODY_UNEXPECTED, glanceReason, MEDIA_TYPE, thrownBy } from '../../glance/reasons.ts';
import { mediaType, parseBody } from '../../glance/wire.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import {
  bodyItems,
  bodyTextOf,
  IMAGE_EXISTS,
  IMAGE_IN_USE,
  IMAGE_NOT_OWNED,
  IMAGE_PROTECTED,
  imageNotFound,
  notAllowed,
  overProjectQuota,
  TAG_NOT_FOUND,
  TOO_MANY_PROPERTIES,
  tooManyTags,
} from '../../shared/image-reasons.ts';
import { ABSENT_ID, imageIdOf, imageOf, param } from '../../shared/request-values.ts';
import { notAuthorized } from '../requests.ts';
import { checkAttributes } from './check-attributes.ts';
import type { imageOperations } from './contract.ts';
import { parseListQuery } from './list-query.ts';
import { parseNewImage } from './parse.ts';
import { PATCH_RULES } from './patch-rules.ts';

/** The error for a query that the list rejects. */
const queryRejected = (search: string): NaturalProblem =>
  thrownBy(({ context: { caller, cloud } }) => parseListQuery(new URLSearchParams(search), caller, cloud.limits));

const markerOf = ({ call }: FaultRequest): string => call.query.get('marker') ?? ABSENT_ID;

/** The error for a patch that breaks the rules of the API. */
const patchRejected = (patch: unknown): NaturalProblem => thrownBy(() => parseImagePatch(patch, 'v2.1', PATCH_RULES));

/** The name in the first step of a patch; `property` if the request has no patch. */
function patchedName({ call }: FaultRequest): string {
  try {
    const [step] = parseImagePatch(parseBody(call), 'v2.1', PATCH_RULES);
    return step?.name ?? 'property';
  } catch {
    return 'property';
  }
}

const TAG_TOO_LONG: ProblemsByName = {
  'tag-too-long': thrownBy((request) => checkAttributes({ tags: [param(request, 'tag').padEnd(256, 'x')] })),
};

/** The image has a status in which it cannot be activated or deactivated. */
const notInStatus = (action: string): ProblemsByName =>
  notAllowed(action, (request) => {
    const status = imageOf(request)?.status;
    return status === undefined || status === 'active' || status === 'deactivated' ? 'queued' : status;
  });

const tagCount = (request: FaultRequest): number => (imageOf(request)?.tags.length ?? 0) + 1;

const activation = (action: string) => ({
  400: BODY_UNEXPECTED,
  403: { 'wrong-status': notInStatus(action)['not-allowed'] as NaturalProblem, ...IMAGE_NOT_OWNED },
  404: imageNotFound('show'),
});

/** Reasons for the errors of the operations on images. */
export const imageProblems: NaturalProblemsOf<typeof imageOperations> = {
  listImages: {
    400: {
      'limit-not-integer': queryRejected('limit=many'),
      'sort-key-unknown': queryRejected('sort_key=none'),
      'visibility-unknown': queryRejected('visibility=none'),
      'marker-not-found': (request) => ({ kind: 'marker-not-found', marker: markerOf(request) }),
    },
    403: {
      'marker-not-visible': (request) => ({ kind: 'not-allowed', action: 'use-marker', subject: markerOf(request) }),
    },
  },
  createImage: {
    400: {
      'name-not-text': thrownBy(() => checkAttributes({ name: 5 })),
      'attribute-invalid': thrownBy(() => checkAttributes({ disk_format: 'none' })),
      'property-name-too-long': thrownBy(() => parseNewImage({ ['x'.repeat(256)]: '' })),
      ...BODY_MALFORMED,
    },
    403: {
      'publicize-denied': () => ({ kind: 'not-allowed', action: 'publicize' }),
      'attribute-read-only': () => ({ kind: 'read-only', attribute: 'status' }),
      'attribute-reserved': thrownBy(() => parseNewImage({ deleted: 'x' })),
      'owner-denied': (request) => ({
        kind: 'not-allowed',
        action: 'create-for',
        subject: bodyTextOf('owner')(request),
      }),
    },
    409: IMAGE_EXISTS,
    413: {
      ...tooManyTags(bodyItems('tags')),
      ...TOO_MANY_PROPERTIES,
      ...overProjectQuota('too-many-images', 'images'),
    },
    415: MEDIA_TYPE,
  },
  showImage: {
    400: BODY_UNEXPECTED,
    403: { 'not-authorized': glanceReason(() => notAuthorized('get_image')) },
    404: imageNotFound('show'),
  },
  updateImage: {
    400: {
      'patch-not-list': patchRejected({}),
      'operation-unknown': patchRejected([{ op: 'move', path: '/name' }]),
      'value-missing': patchRejected([{ op: 'replace', path: '/name' }]),
      'value-invalid': patchRejected([{ op: 'replace', path: '/name', value: 5 }]),
      ...BODY_MALFORMED,
    },
    403: {
      ...IMAGE_NOT_OWNED,
      'attribute-read-only': () => ({ kind: 'read-only', attribute: 'status' }),
      'publicize-denied': (request) => ({ kind: 'not-allowed', action: 'publicize', subject: imageIdOf(request) }),
      'owner-denied': (request) => ({ kind: 'not-allowed', action: 'change-owner', subject: imageIdOf(request) }),
      'format-fixed': () => ({ kind: 'not-allowed', action: 'change-format', subject: 'diskFormat' }),
      'attribute-required': () => ({ kind: 'attribute-required', attribute: 'name' }),
    },
    404: imageNotFound('change'),
    409: { 'attribute-missing': (request) => ({ kind: 'attribute-missing', attribute: patchedName(request) }) },
    413: { ...tooManyTags(() => 0), ...TOO_MANY_PROPERTIES },
    415: {
      'media-type': glanceReason(({ call }) => unsupportedMediaType(mediaType(call), { 'Accept-Patch': ACCEPT_PATCH })),
    },
  },
  deleteImage: {
    400: BODY_UNEXPECTED,
    403: { ...IMAGE_PROTECTED, ...IMAGE_NOT_OWNED },
    404: imageNotFound('delete'),
    409: IMAGE_IN_USE,
  },
  addImageTag: {
    400: { ...TAG_TOO_LONG, ...BODY_UNEXPECTED },
    403: notAllowed('update-tags'),
    404: imageNotFound('part'),
    413: tooManyTags(tagCount, imageIdOf),
  },
  deleteImageTag: {
    400: BODY_UNEXPECTED,
    403: notAllowed('delete-tags'),
    404: { ...TAG_NOT_FOUND, ...imageNotFound('part') },
  },
  deactivateImage: activation('deactivate'),
  reactivateImage: activation('reactivate'),
};
