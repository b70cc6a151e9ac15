import type { Cloud } from '../../cloud.ts';
import type { Reply } from '../../contract/contract.ts';
import type { CommonProblem, Problem } from '../../domain/problem.ts';
import type { FaultRequest } from '../dialect.ts';
import { faultObject, retryFault } from '../nova/fault-object.ts';
import { injectedFaults, type OverLimit } from '../nova/injected-fault.ts';
import { commonProblemMessage } from '../shared/common-problems.ts';
import { otherMethods } from '../shared/other-methods.ts';
import { type ProblemTable, presentByKind } from '../shared/problem-table.ts';
import { contract } from './contract.ts';
import { choiceOf } from './profiles.ts';
import { presentSuccess } from './sample-replies.ts';
import { conflict, fault, faultName } from './wire.ts';

/** Problems without a message of this API. */
const common = (problem: CommonProblem): Reply => {
  const { status, message } = commonProblemMessage(problem);
  return fault(status, message);
};

/** Problems that no operation of this API can cause; the kind is the most useful message. */
const unexpected = ({ kind }: Problem): Reply => fault(400, kind);

const overQuota = (): Reply => fault(413, 'The image would be larger than what is left for it.');

const PROBLEMS: ProblemTable<Reply> = {
  'image-not-found': () => fault(404, 'Image not found.'),
  'image-protected': () => fault(403, 'The image is protected, and cannot be deleted.'),
  'image-not-owned': () => fault(403, 'The image is not yours to change.'),
  'image-busy': () => fault(409, 'The image is still being saved, and cannot be changed yet.'),
  'image-in-use': () => conflict('The image is in use, and cannot be deleted.'),
  'not-allowed': () => fault(403, 'Your role does not allow this.'),
  'marker-not-found': ({ marker }) => fault(400, `The marker ${marker} is no image of this list.`),
  'property-not-found': ({ key }) => fault(404, `The image has no item of metadata called ${key}.`),
  'server-not-found': () => fault(404, 'Server not found.'),
  'server-busy': presentBusy,
  'too-many': ({ what, attempted, maximum }) =>
    fault(413, `${attempted} ${what} are more than the ${maximum} that are allowed.`),
  'over-quota': overQuota,
  'too-large': overQuota,
  'invalid-value': ({ attribute, reason }) => fault(400, `Invalid value for ${attribute}: ${reason}.`),
  'member-not-found': common,
  'member-exists': common,
  'not-shared': common,
  'tag-not-found': common,
  'task-not-found': common,
  'store-not-found': common,
  'import-rejected': common,
  'store-rejected': common,
  'not-cacheable': common,
  'location-rejected': common,
  'storage-full': common,
  'image-exists': unexpected,
  'image-deactivated': unexpected,
  'wrong-status': unexpected,
  'formats-missing': unexpected,
  'image-gone': unexpected,
  'read-only': unexpected,
  reserved: unexpected,
  'attribute-missing': unexpected,
  'attribute-required': unexpected,
  'wrong-size': unexpected,
};

/** Presents a domain problem as this API's error. */
export const presentProblem = (problem: Problem): Reply => presentByKind(PROBLEMS, problem);

/** Presents a server that cannot be imaged now. */
function presentBusy({ reason, status }: Extract<Problem, { readonly kind: 'server-busy' }>): Reply {
  switch (reason) {
    case 'task':
      return faultObject({ name: 'backupOrResizeInProgress', status: 409, message: `The server is busy: ${status}.` });
    case 'status':
      return status === 'BUILD'
        ? fault(409, 'The server is still being built.')
        : conflict(`No image can be made of a server that is ${status}.`);
    case 'locked':
      return conflict('The server is locked.');
    default:
      return reason satisfies never;
  }
}

/** Default time after which a client may retry. */
const DEFAULT_WAIT_MILLISECONDS = 60_000;

/** Default messages of injected errors. */
const MESSAGES: Readonly<Record<number, string>> = {
  400: 'The request could not be understood.',
  401: 'The credentials were not accepted.',
  403: 'You are not allowed to do this.',
  404: 'The resource could not be found.',
  405: 'The method is not offered here.',
  409: 'The image is still being saved.',
  413: 'OverLimit Retry...',
  415: 'The media type of the request is not supported.',
  429: 'OverLimit Retry...',
  500: 'The service failed to complete the request.',
  501: 'The request is not implemented.',
  503: 'The service cannot answer now.',
};

/** Rejects a request that exceeds a rate limit, in the form that the world's profile chooses. */
function overLimit({ status, message, details, cloud }: OverLimit): Reply {
  const now = cloud.clock.now();
  if (choiceOf(cloud, 'over-limit') === 'repose') {
    return retryFault({ name: 'overLimit', status, message, details, now, timeMember: 'retryAfter' });
  }
  const seconds = Math.ceil(((details.retryAt ?? now + DEFAULT_WAIT_MILLISECONDS) - now) / 1000);
  return retryFault({
    name: 'overLimit',
    status,
    message,
    details: { retryAfter: String(seconds), ...details },
    now,
    timeMember: 'retryAt',
  });
}

/**
 * Rejects a request that exceeds a rate limit.
 */
export const presentOverLimit = (cloud: Cloud, details: OverLimit['details']): Reply =>
  overLimit({ status: 413, message: MESSAGES[413] as string, details, cloud });

const presentError = injectedFaults({
  nameOf: faultName,
  messages: MESSAGES,
  otherMethodsOf: otherMethods(contract.operations),
  overLimit,
});

/** Presents an injected status: an error in this API's shape, or a sample reply for a success. */
export function presentFault(request: FaultRequest): Reply {
  return request.status < 400 ? presentSuccess(request) : presentError(request);
}
