import { isObject } from '../../base/json.ts';
import type { NaturalProblems, ProblemsByName } from '../dialect.ts';
import { type NaturalProblemsOf, OVER_LIMIT } from '../natural-problems.ts';
import { LOG_IN_REASONS } from '../rackspace/log-in-reasons.ts';
import { frontEndReasons, MEDIA_TYPE, WRONG_IMAGE_ID, wrongQuery } from '../rackspace/reasons.ts';
import { BODY_UNEXPECTED, wrongRequest } from '../shared/body-reasons.ts';
import {
  IMAGE_IN_USE,
  IMAGE_NOT_OWNED,
  IMAGE_PROTECTED,
  imageNotFound,
  PROPERTY_NOT_FOUND,
} from '../shared/image-reasons.ts';
import { bodyMember, imageIdOf, imageOf } from '../shared/request-values.ts';
import { SERVER_NOT_FOUND, serverBusy } from '../shared/server-reasons.ts';
import type { contract } from './contract.ts';
import { imageMetadataQuota } from './limits/quotas.ts';
import { presentOverLimit } from './problems.ts';
import { checkRemover, checkWriter, fault } from './wire.ts';

const { readers, writers, removers } = frontEndReasons(fault, { checkWriter, checkRemover });

/** The project has sent too many requests. */
const LIMITED: ProblemsByName = {
  [OVER_LIMIT]: ({ details, context: { cloud } }) => presentOverLimit(cloud, details),
};

/** The image is being created. */
const IMAGE_BUSY: ProblemsByName = {
  'image-busy': (request) => ({ kind: 'image-busy', imageId: imageIdOf(request), status: 'saving' }),
};

/** The image would have more metadata than it may have. */
const TOO_MUCH_METADATA: ProblemsByName = {
  'too-many-properties': (request) => {
    const maximum = imageMetadataQuota(request.context.cloud);
    const sent = bodyMember(request.call, 'metadata');
    const names = Object.keys({ ...imageOf(request)?.properties, ...(isObject(sent) ? sent : {}) });
    return { kind: 'too-many', what: 'properties', attempted: Math.max(names.length, maximum + 1), maximum };
  },
};

/** The item belongs to the provider. */
const PROVIDER_ITEM: ProblemsByName = {
  'provider-item': wrongRequest({ body: { metadata: { image_type: 'base' } } }),
};

const SERVER_BUSY = {
  ...serverBusy('createImage', 'task', 'image_uploading'),
  ...serverBusy('createImage', 'status', 'BUILD'),
};

const list = { 400: wrongQuery('limit-not-integer', 'limit=many'), 403: readers, 413: LIMITED };
const show = { 400: { ...WRONG_IMAGE_ID, ...BODY_UNEXPECTED }, 403: readers, 404: imageNotFound('show'), 413: LIMITED };

const PROBLEMS: NaturalProblemsOf<typeof contract.operations> = {
  listImages: list,
  listImagesDetail: { ...list, 400: { ...wrongQuery('time-malformed', 'changes-since=yesterday'), ...list[400] } },
  showImage: show,
  deleteImage: {
    ...show,
    403: { ...IMAGE_PROTECTED, ...IMAGE_NOT_OWNED, ...removers },
    404: imageNotFound('delete'),
    409: { ...IMAGE_BUSY, ...IMAGE_IN_USE },
  },
  listImageMetadata: show,
  updateImageMetadata: {
    ...show,
    400: {
      'value-not-text': wrongRequest({ body: { metadata: { stage: 1 } } }),
      'metadata-missing': wrongRequest({ body: {} }),
      ...WRONG_IMAGE_ID,
    },
    403: { ...IMAGE_NOT_OWNED, ...PROVIDER_ITEM, ...writers },
    409: IMAGE_BUSY,
    413: { ...TOO_MUCH_METADATA, ...LIMITED },
    415: MEDIA_TYPE,
  },
  showImageMetadataItem: { ...show, 404: { ...PROPERTY_NOT_FOUND, ...imageNotFound('show') } },
  setImageMetadataItem: {
    ...show,
    400: { 'key-mismatch': wrongRequest({ body: { meta: {} } }), ...WRONG_IMAGE_ID },
    403: {
      ...IMAGE_NOT_OWNED,
      'provider-item': wrongRequest({ body: { meta: { image_type: 'base' } } }),
      ...writers,
    },
    409: IMAGE_BUSY,
    413: { ...LIMITED, ...TOO_MUCH_METADATA },
    415: MEDIA_TYPE,
  },
  deleteImageMetadataItem: {
    ...show,
    400: { ...BODY_UNEXPECTED, ...WRONG_IMAGE_ID },
    403: { ...IMAGE_NOT_OWNED, ...removers },
    404: { ...PROPERTY_NOT_FOUND, ...imageNotFound('show') },
    409: IMAGE_BUSY,
  },
  createServerImage: {
    400: {
      'name-missing': wrongRequest({ body: { createImage: {} } }),
      'action-unknown': wrongRequest({ body: {} }),
    },
    403: writers,
    404: SERVER_NOT_FOUND,
    409: SERVER_BUSY,
    413: LIMITED,
    415: MEDIA_TYPE,
  },
  enableScheduledImages: {
    400: {
      'retention-invalid': wrongRequest({ body: { image_schedule: { retention: 0 } } }),
      'schedule-missing': wrongRequest({ body: {} }),
    },
    403: writers,
    404: SERVER_NOT_FOUND,
    413: LIMITED,
    415: MEDIA_TYPE,
  },
  showScheduledImages: { 400: BODY_UNEXPECTED, 403: readers, 404: SERVER_NOT_FOUND, 413: LIMITED },
  disableScheduledImages: {
    400: BODY_UNEXPECTED,
    403: { ...readers, ...removers },
    404: SERVER_NOT_FOUND,
    413: LIMITED,
  },
  showLimits: { 400: BODY_UNEXPECTED, 403: readers, 413: LIMITED },
  showQuotas: {
    400: BODY_UNEXPECTED,
    403: { 'other-tenant': wrongRequest({ params: { target_tenant_id: 'of-others' } }), ...readers },
    413: LIMITED,
  },
  authenticate: LOG_IN_REASONS,
};

/** Returns the reasons for the errors of the operations of `contract.ts`. */
export const naturalProblems = (): NaturalProblems => PROBLEMS;
