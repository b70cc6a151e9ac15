import type { Reply } from '../../contract/contract.ts';
import type { Problem } from '../../domain/problem.ts';
import type { FaultRequest, InvalidRequest } from '../dialect.ts';
import { ACCEPT_PATCH } from '../glance/image-patch/json-patch.ts';
import { faultNames, faultObject, retryFault } from '../nova/fault-object.ts';
import { injectedFaults } from '../nova/injected-fault.ts';
import { otherMethods } from '../nova/other-methods.ts';
import { furtherProblem } from '../shared/further-problems.ts';
import { contract } from './contract.ts';
import { presentSuccess } from './sample-replies.ts';

const nameOf = faultNames('imageapiFault');

/** An error of this API: a fault object. */
export const fault = (status: number, message: string, headers?: Readonly<Record<string, string>>): Reply =>
  faultObject(nameOf(status), status, message, headers && { headers });

/** A problem in this API's words. */
export function presentProblem(problem: Problem): Reply {
  switch (problem.kind) {
    case 'image-not-found':
      return fault(404, `No image found with ID ${problem.imageId}`);
    case 'image-protected':
      return fault(403, `Image ${problem.imageId} is protected and cannot be deleted.`);
    case 'image-not-owned':
      return fault(403, 'You do not own this image');
    case 'image-in-use':
      return fault(409, `Image ${problem.imageId} is in use and cannot be deleted.`);
    case 'image-busy':
      return fault(409, `Image ${problem.imageId} is ${problem.status}.`);
    case 'image-exists':
      return fault(409, `Image ID ${problem.imageId} already exists!`);
    case 'image-deactivated':
      return fault(403, 'The requested image has been deactivated. Image data download is forbidden.');
    case 'wrong-status':
      return fault(409, `Image status transition from ${problem.from} to ${problem.to} is not allowed`);
    case 'formats-missing':
      return fault(400, `Image ${problem.imageId} lacks a disk format or a container format.`);
    case 'image-gone':
      return fault(410, `Image ${problem.imageId} was deleted meanwhile.`);
    case 'read-only':
      return fault(403, `Attribute '${problem.attribute}' is read-only.`);
    case 'reserved':
      return fault(403, `Attribute '${problem.attribute}' is reserved.`);
    case 'attribute-missing':
      return fault(400, `Property ${problem.attribute} does not exist.`);
    case 'attribute-kept':
      return fault(403, `Property ${problem.attribute} may not be removed.`);
    case 'not-allowed':
      return fault(403, 'You are not allowed to complete this action.');
    case 'too-many':
      return fault(
        413,
        `The limit has been exceeded on the number of allowed image ${problem.what}. ` +
          `Attempted: ${problem.attempted}, Maximum: ${problem.maximum}`,
      );
    case 'too-large':
      return fault(413, `The image is too large: at most ${problem.maximum} bytes are allowed.`);
    case 'over-quota':
      return fault(413, `The image is too large: ${problem.remaining} bytes are left of the quota.`);
    case 'wrong-size':
      return fault(400, `${problem.expected} bytes were announced and ${problem.actual} came.`);
    case 'marker-not-found':
      return fault(400, `No image found with ID ${problem.marker}`);
    case 'invalid-value':
      return fault(400, `Invalid value for ${problem.attribute}: ${problem.reason}.`);
    case 'member-not-found':
    case 'member-exists':
    case 'not-shared':
    case 'tag-not-found':
    case 'property-not-found':
    case 'task-not-found':
    case 'store-not-found':
    case 'import-refused':
    case 'store-refused':
    case 'not-cacheable':
    case 'location-refused':
    case 'server-not-found':
    case 'server-busy':
      return fault(furtherProblem(problem).status, furtherProblem(problem).message);
    default:
      return problem satisfies never;
  }
}

/** A body that is not what the operation takes. */
export const presentViolations = ({ violations: [violation] }: InvalidRequest): Reply =>
  fault(
    400,
    violation === undefined ? 'The body is not valid.' : `${violation.pointer || 'The body'} ${violation.message}`,
  );

const BAD_MEDIA_TYPE = 'The media type of the request is not supported.';

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'The request could not be understood.',
  401: 'Unable to authenticate user with credentials provided.',
  403: 'You are not allowed to complete this action.',
  404: 'The resource could not be found.',
  405: 'The method is not offered here.',
  409: 'There was a conflict when trying to complete your request.',
  413: 'OverLimit Retry...',
  415: BAD_MEDIA_TYPE,
  429: 'OverLimit Retry...',
  500: 'The service failed to complete the request.',
  503: 'The service cannot answer now.',
};

const injected = injectedFaults({
  nameOf,
  messages: MESSAGES,
  othersThan: otherMethods(contract.operations),
  overLimit: ({ status, message, details, cloud }) =>
    retryFault({ name: 'overLimit', status, message, details, now: cloud.clock.now(), timeMember: 'retryAfter' }),
});

/** An injected status in this API's words. */
export function presentFault(request: FaultRequest): Reply {
  const { status, details, operation } = request;
  if (status < 400) return presentSuccess(request);
  if (status === 415 && operation.method === 'patch') return unsupportedType(details.message ?? BAD_MEDIA_TYPE);
  return injected(request);
}

/** Refuses a media type, and says which ones a patch may have. */
export const unsupportedType = (message: string): Reply => fault(415, message, { 'Accept-Patch': ACCEPT_PATCH });
