import type { Reply } from '../../contract/contract.ts';
import type { CommonProblem, Problem } from '../../domain/problem.ts';
import type { FaultRequest, InvalidRequest } from '../dialect.ts';
import { retryFault } from '../nova/fault-object.ts';
import { injectedFaults } from '../nova/injected-fault.ts';
import { commonProblemMessage } from '../shared/common-problems.ts';
import { otherMethods } from '../shared/other-methods.ts';
import { type ProblemTable, presentByKind } from '../shared/problem-table.ts';
import { contract } from './contract.ts';
import { presentSuccess } from './sample-replies.ts';
import { fault, faultName, unsupportedPatchType } from './wire.ts';

/** Problems without a message of this API. */
const common = (problem: CommonProblem): Reply => {
  const { status, message } = commonProblemMessage(problem);
  return fault(status, message);
};

const PROBLEMS: ProblemTable<Reply> = {
  'image-not-found': ({ imageId }) => fault(404, `No image found with ID ${imageId}`),
  'image-protected': ({ imageId }) => fault(403, `Image ${imageId} is protected and cannot be deleted.`),
  'image-not-owned': () => fault(403, 'You do not own this image'),
  'image-in-use': ({ imageId }) => fault(409, `Image ${imageId} is in use and cannot be deleted.`),
  'image-busy': ({ imageId, status }) => fault(409, `Image ${imageId} is ${status}.`),
  'image-exists': ({ imageId }) => fault(409, `Image ID ${imageId} already exists!`),
  'image-deactivated': () => fault(403, 'The requested image has been deactivated. Image data download is forbidden.'),
  'wrong-status': ({ from, to }) => fault(409, `Image status transition from ${from} to ${to} is not allowed`),
  'formats-missing': ({ imageId }) => fault(400, `Image ${imageId} lacks a disk format or a container format.`),
  'image-gone': ({ imageId }) => fault(410, `Image ${imageId} was deleted meanwhile.`),
  'read-only': ({ attribute }) => fault(403, `Attribute '${attribute}' is read-only.`),
  reserved: ({ attribute }) => fault(403, `Attribute '${attribute}' is reserved.`),
  'attribute-missing': ({ attribute }) => fault(400, `Property ${attribute} does not exist.`),
  'attribute-required': ({ attribute }) => fault(403, `Property ${attribute} may not be removed.`),
  'not-allowed': () => fault(403, 'You are not allowed to complete this action.'),
  'too-many': ({ what, attempted, maximum }) =>
    fault(
      413,
      `The limit has been exceeded on the number of allowed image ${what}. ` +
        `Attempted: ${attempted}, Maximum: ${maximum}`,
    ),
  'too-large': ({ maximum }) => fault(413, `The image is too large: at most ${maximum} bytes are allowed.`),
  'over-quota': ({ remaining }) => fault(413, `The image is too large: ${remaining} bytes are left of the quota.`),
  'wrong-size': ({ expected, actual }) => fault(400, `${expected} bytes were announced and ${actual} came.`),
  'marker-not-found': ({ marker }) => fault(400, `No image found with ID ${marker}`),
  'invalid-value': ({ attribute, reason }) => fault(400, `Invalid value for ${attribute}: ${reason}.`),
  'member-not-found': common,
  'member-exists': common,
  'not-shared': common,
  'tag-not-found': common,
  'property-not-found': common,
  'task-not-found': common,
  'store-not-found': common,
  'import-rejected': common,
  'store-rejected': common,
  'not-cacheable': common,
  'location-rejected': common,
  'storage-full': common,
  'server-not-found': common,
  'server-busy': common,
};

/** Presents a domain problem as this API's error. */
export const presentProblem = (problem: Problem): Reply => presentByKind(PROBLEMS, problem);

/** Rejects a body that breaks the operation's schema. */
export const presentViolations = ({ violations: [violation] }: InvalidRequest): Reply =>
  fault(
    400,
    violation === undefined ? 'The body is not valid.' : `${violation.pointer || 'The body'} ${violation.message}`,
  );

const BAD_MEDIA_TYPE = 'The media type of the request is not supported.';

/** Default messages of injected errors. */
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

const presentError = injectedFaults({
  nameOf: faultName,
  messages: MESSAGES,
  otherMethodsOf: otherMethods(contract.operations),
  overLimit: ({ status, message, details, cloud }) =>
    retryFault({ name: 'overLimit', status, message, details, now: cloud.clock.now(), timeMember: 'retryAfter' }),
});

/** Presents an injected status: an error in this API's shape, or a sample reply for a success. */
export function presentFault(request: FaultRequest): Reply {
  const { status, details, operation } = request;
  if (status < 400) return presentSuccess(request);
  if (status === 415 && operation.method === 'patch') return unsupportedPatchType(details.message ?? BAD_MEDIA_TYPE);
  return presentError(request);
}
