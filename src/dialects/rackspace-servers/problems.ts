import type { Cloud } from '../../cloud.ts';
import type { Reply } from '../../contract/contract.ts';
import type { Problem } from '../../domain/problem.ts';
import type { FaultRequest } from '../dialect.ts';
import { faultNames, faultObject, retryFault } from '../nova/fault-object.ts';
import { injectedFaults, type OverLimit } from '../nova/injected-fault.ts';
import { otherMethods } from '../nova/other-methods.ts';
import { furtherProblem } from '../shared/further-problems.ts';
import { contract } from './contract.ts';
import { choiceOf } from './profiles.ts';
import { presentSuccess } from './sample-replies.ts';

const nameOf = faultNames('computeFault', { 409: 'buildInProgress' });

/** An error of this API: a fault object. */
export const fault = (status: number, message: string, headers?: Readonly<Record<string, string>>): Reply =>
  faultObject(nameOf(status), status, message, headers && { headers });

/** A conflict that has nothing to do with anything being built. */
const conflict = (message: string): Reply => faultObject('conflictingRequest', 409, message);

/** A problem in this API's words. */
export function presentProblem(problem: Problem): Reply {
  switch (problem.kind) {
    case 'image-not-found':
      return fault(404, 'Image not found.');
    case 'image-protected':
      return fault(403, 'The image is protected, and cannot be deleted.');
    case 'image-not-owned':
      return fault(403, 'The image is not yours to change.');
    case 'image-busy':
      return fault(409, 'The image is still being saved, and cannot be changed yet.');
    case 'image-in-use':
      return conflict('The image is in use, and cannot be deleted.');
    case 'not-allowed':
      return fault(403, 'Your role does not allow this.');
    case 'marker-not-found':
      return fault(400, `The marker ${problem.marker} is no image of this list.`);
    case 'property-not-found':
      return fault(404, `The image has no item of metadata called ${problem.key}.`);
    case 'server-not-found':
      return fault(404, 'Server not found.');
    case 'server-busy':
      return presentBusy(problem);
    case 'too-many':
      return fault(413, `${problem.attempted} ${problem.what} are more than the ${problem.maximum} that are allowed.`);
    case 'over-quota':
    case 'too-large':
      return fault(413, 'The image would be larger than what is left for it.');
    case 'invalid-value':
      return fault(400, `Invalid value for ${problem.attribute}: ${problem.reason}.`);
    case 'member-not-found':
    case 'member-exists':
    case 'not-shared':
    case 'tag-not-found':
    case 'task-not-found':
    case 'store-not-found':
    case 'import-refused':
    case 'store-refused':
    case 'not-cacheable':
    case 'location-refused':
      return fault(furtherProblem(problem).status, furtherProblem(problem).message);
    default:
      // The API offers no call that could meet any other problem; were one to come, its kind tells the most.
      return fault(400, problem.kind);
  }
}

function presentBusy({ reason, status }: Extract<Problem, { readonly kind: 'server-busy' }>): Reply {
  switch (reason) {
    case 'task':
      return faultObject('backupOrResizeInProgress', 409, `The server is busy: ${status}.`);
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

/** Refuses a request that exceeds a rate limit, in the form that the world's profile chooses. */
function overLimit({ status, message, details, cloud }: OverLimit): Reply {
  const now = cloud.clock.now();
  if (choiceOf(cloud, 'over-limit') === 'repose') {
    return retryFault({ name: 'overLimit', status, message, details, now, timeMember: 'retryAfter' });
  }
  const seconds = Math.ceil(((details.retryAt ?? now + USUAL_WAIT) - now) / 1000);
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
 * Refuses a request that exceeds a rate limit.
 * @param retryAt - when the client may retry, in milliseconds since 1970.
 */
export const presentOverLimit = (cloud: Cloud, retryAt: number): Reply =>
  overLimit({ status: 413, message: MESSAGES[413] as string, details: { retryAt }, cloud });

const USUAL_WAIT = 60_000;

const injected = injectedFaults({
  nameOf,
  messages: MESSAGES,
  othersThan: otherMethods(contract.operations),
  overLimit,
});

/** An injected status in this API's words. */
export function presentFault(request: FaultRequest): Reply {
  return request.status < 400 ? presentSuccess(request) : injected(request);
}
