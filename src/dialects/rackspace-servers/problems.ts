import type { Call, Operation, Reply } from '../../contract/contract.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Context, FaultDetails } from '../dialect.ts';
import { blankImage } from '../shared/compute-family.ts';
import { faultNames, faultObject, retryFault } from '../shared/fault-object.ts';
import { addressesOf, views } from './present.ts';

const nameOf = faultNames('computeFault', { 409: 'buildInProgress' });

/** An error of this API: a fault object. */
export const fault = (status: number, message: string, headers?: Readonly<Record<string, string>>): Reply =>
  faultObject(nameOf(status), status, message, headers && { headers });

/** A problem in this API's words. */
export function presentProblem(problem: Problem): Reply {
  switch (problem.kind) {
    case 'image-not-found':
      return fault(404, 'Image not found.');
    case 'image-protected':
      return fault(403, 'The image is protected, and cannot be deleted.');
    case 'image-not-owned':
      return fault(403, 'You are not allowed to delete the image.');
    case 'image-busy':
      return fault(409, 'The image is still being saved, and cannot be deleted yet.');
    case 'image-in-use':
      return faultObject('conflictingRequest', 409, 'The image is in use, and cannot be deleted.');
    case 'not-allowed':
      return fault(403, 'Your role does not allow this.');
    case 'marker-not-found':
      return fault(400, `The marker ${problem.marker} is no image of this list.`);
    default:
      // The API offers no call that could meet any other problem; were one to come, its kind tells the most.
      return fault(400, problem.kind);
  }
}

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'The request could not be understood.',
  401: 'The credentials were not accepted.',
  403: 'You are not allowed to do this.',
  404: 'Image not found.',
  405: 'The method is not offered here.',
  409: 'The image is still being saved.',
  413: 'OverLimit Retry...',
  415: 'The media type of the request is not supported.',
  429: 'OverLimit Retry...',
  500: 'The service failed to complete the request.',
  501: 'The request is not implemented.',
  503: 'The service cannot answer now.',
};

/** The other methods of an operation's path. */
function allowed({ path, method }: Operation): string {
  if (!path.endsWith('{image_id}')) return '';
  return method === 'delete' ? 'GET' : 'DELETE';
}

/** An injected status in this API's words. */
export function presentFault(
  status: number,
  details: FaultDetails,
  call: Call,
  context: Context,
  operation: Operation,
): Reply {
  if (status < 400) return plausible(status, call, context);
  const message = details.message ?? MESSAGES[status] ?? 'The request failed.';
  const now = context.cloud.clock.now();
  switch (status) {
    case 405:
      return fault(status, message, { Allow: allowed(operation) });
    case 413:
    case 429:
      return retryFault('overLimit', status, message, details, now, 'retryAfter');
    case 503:
      return retryFault(nameOf(status), status, message, details, now);
    default:
      if (details.retryAfter === undefined) return fault(status, message);
      return retryFault(nameOf(status), status, message, details, now);
  }
}

/** A success that nothing brought about. */
function plausible(status: number, call: Call, { cloud, caller }: Context): Reply {
  if (status === 204) return { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };
  const headers = { 'Content-Type': 'application/json' };
  const at = addressesOf(call, caller.projectId);
  const imageId = call.params['image_id'];
  if (imageId === undefined) return { status, headers, body: views.images([], at, false, undefined) };
  const image = cloud.images.peek(imageId) ?? blankImage(imageId, cloud.clock.now());
  return { status, headers, body: views.image(image, at) };
}
