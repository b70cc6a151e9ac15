import type { Cloud } from '../../cloud.ts';
import { type Call, jsonReply, type Reply } from '../../contract/contract.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Context, FaultRequest } from '../dialect.ts';
import { escapeHtml, GLANCE_REASONS } from '../glance/errors.ts';
import { glanceWords } from '../glance/problems.ts';
import { faultNames, faultObject } from '../nova/fault-object.ts';
import { otherMethods } from '../nova/other-methods.ts';
import { furtherProblem } from '../shared/further-problems.ts';
import { toldWait } from '../shared/retry-after.ts';
import { contract } from './contract.ts';
import { choiceOf } from './profiles.ts';
import { presentSuccess } from './sample-replies.ts';
import { vmStateOf } from './servers/present.ts';

const othersThan = otherMethods(contract.operations);
const nameOf = faultNames('computeFault');
const JSON_TYPE = { 'Content-Type': 'application/json; charset=UTF-8' } as const;

/** An error of this API: a fault object. */
export const fault = (status: number, message: string, headers?: Readonly<Record<string, string>>): Reply =>
  faultObject(nameOf(status), status, message, { headers: { ...JSON_TYPE, ...headers } });

/** What is answered for an image that is not there, or not for this caller. */
export const NO_IMAGE = 'Image not found.';
/** What is answered where a microversion has no such call any more. */
export const NO_RESOURCE = 'The resource could not be found.';

/** What the service says when it fails, with the class of the failure. */
export const presentServerError = (pythonClass: string): Reply =>
  fault(
    500,
    'Unexpected API Error. Please report this at http://bugs.launchpad.net/nova/ and attach the Nova API log if possible.\n' +
      `<class '${pythonClass}'>`,
  );

/** What is answered where an image would have more metadata than a project may give it. */
export const OVER_METADATA = fault(403, 'Image metadata limit exceeded');

/** A problem in this API's words. */
export function presentProblem(problem: Problem, call: Call, { cloud }: Pick<Context, 'cloud'>): Reply {
  switch (problem.kind) {
    case 'image-not-found':
      return isForeign(problem.imageId, cloud) ? fault(403, NOT_ALLOWED) : fault(404, NO_IMAGE);
    case 'image-protected':
      return fault(403, NO_DELETE);
    case 'image-not-owned':
      return fault(403, isOfMetadata(call) ? `Not authorized for image ${problem.imageId}.` : NO_DELETE);
    case 'property-not-found':
      return fault(404, 'Invalid metadata key');
    case 'image-busy':
      return faultObject('buildInProgress', 409, 'The image is still being saved.', { headers: JSON_TYPE });
    case 'server-not-found':
      return fault(404, furtherProblem(problem).message);
    case 'server-busy':
      return fault(409, furtherProblem({ ...problem, status: vmStateOf(problem.status) }).message);
    case 'image-in-use':
    case 'image-exists':
      return presentServerError('glanceclient.exc.HTTPConflict');
    case 'too-many':
      return presentServerError('glanceclient.exc.HTTPOverLimit');
    case 'invalid-value':
      return isOfMetadata(call) ? presentServerError('nova.exception.ImageBadRequest') : handedOn(problem);
    case 'reserved':
      return handedOn(problem, 'Access was denied to this resource.: ');
    default:
      return handedOn(problem);
  }
}

const NO_DELETE = 'You are not allowed to delete the image.';
const NOT_ALLOWED = 'Policy does not allow this request to be performed.';

const isOfMetadata = ({ path }: Pick<Call, 'path'>): boolean => /\/metadata(\/|$)/.test(path);

/** Whether an image is there, in a world that says so to those who may not see it. */
const isForeign = (imageId: string, cloud: Cloud): boolean => {
  if (choiceOf(cloud, 'foreign-image') === 'service') return false;
  const status = cloud.images.peek(imageId)?.status;
  return status !== undefined && status !== 'deleted';
};

/** A refusal of the image service, whose words come through. */
function handedOn(problem: Problem, before = ''): Reply {
  const [status, words] = glanceWords(problem);
  const message = typeof words === 'string' ? words : words.message;
  return fault(status, `HTTP ${status} ${GLANCE_REASONS[status]}: ${escapeHtml(before + message)}`);
}

/** The refusal of the token check in front of the service. */
export const unauthorized = (call: Call): Reply =>
  jsonReply(
    401,
    {
      error: { code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.' },
    },
    { 'WWW-Authenticate': `Keystone uri="${call.root}/identity"` },
  );

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'The server could not comply with the request since it is either malformed or otherwise incorrect.',
  403: NOT_ALLOWED,
  404: NO_IMAGE,
  405: 'The method is not offered here.',
  409: 'There was a conflict when trying to complete your request.',
  413: 'This request was rate-limited.',
  415: 'The media type is not supported.',
  429: 'This request was rate-limited.',
  500: 'Unexpected API Error.',
  501: 'The requested functionality is not supported.',
  503: 'The service is unavailable.',
};

/** An injected status in this API's words. */
export function presentFault(request: FaultRequest): Reply {
  const { status, details, call, context, operation } = request;
  if (status < 400) return presentSuccess(request);
  if (status === 401 && details.message === undefined) return unauthorized(call);
  const message = details.message ?? MESSAGES[status] ?? 'The request failed.';
  if (status === 405) return fault(status, message, { Allow: othersThan(operation) });
  const told = toldWait(details, context.cloud.clock.now());
  if (status !== 413 && status !== 429) return fault(status, message, told ? { 'Retry-After': told } : undefined);
  // The body repeats what the header says, and says nothing without it.
  const retryAfter = told === undefined ? USUAL_WAIT_SECONDS : told;
  return faultObject(nameOf(status), status, message, {
    headers: { ...JSON_TYPE, ...(retryAfter !== null && { 'Retry-After': retryAfter }) },
    ...(retryAfter !== null && { members: { retryAfter } }),
  });
}

const USUAL_WAIT_SECONDS = '60';
