import { type Call, jsonReply, type Operation, type Reply } from '../../contract/contract.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Context, FaultDetails } from '../dialect.ts';
import { imagesText, imageText } from '../shared/compute-family.ts';
import { faultNames, faultObject, retryFault } from '../shared/fault-object.ts';
import { addressesOf } from './present.ts';

const nameOf = faultNames('computeFault');
const JSON_TYPE = { 'Content-Type': 'application/json; charset=UTF-8' } as const;

/** An error of this API: a fault object. */
export const fault = (status: number, message: string, headers?: Readonly<Record<string, string>>): Reply =>
  faultObject(nameOf(status), status, message, { headers: { ...JSON_TYPE, ...headers } });

/** What is answered for an image that is not there, or not for this caller. */
export const NO_IMAGE = 'Image not found.';
/** What is answered where a microversion has no such call any more. */
export const NO_RESOURCE = 'The resource could not be found.';

/** A problem in this API's words. */
export function presentProblem(problem: Problem): Reply {
  switch (problem.kind) {
    case 'image-not-found':
      return fault(404, NO_IMAGE);
    case 'image-protected':
    case 'image-not-owned':
    case 'not-allowed':
    case 'image-deactivated':
      return fault(403, 'You are not allowed to delete the image.');
    case 'marker-not-found':
      return fault(400, `HTTP 400 Bad Request: No image found with ID ${problem.marker}`);
    case 'image-in-use':
      return fault(
        500,
        'Unexpected API Error. Please report this at http://bugs.launchpad.net/nova/ and attach the Nova API log if possible.\n' +
          "<class 'glanceclient.exc.HTTPConflict'>",
      );
    default:
      // The proxy offers no call that could meet any other problem; were one to come, its kind tells the most.
      return fault(400, problem.kind);
  }
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
  403: 'Policy does not allow this request to be performed.',
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
export function presentFault(
  status: number,
  details: FaultDetails,
  call: Call,
  context: Context,
  operation: Operation,
): Reply {
  if (status < 400) return plausible(status, call, context, operation);
  if (status === 401 && details.message === undefined) return unauthorized(call);
  const message = details.message ?? MESSAGES[status] ?? 'The request failed.';
  if (status === 405)
    return fault(status, message, {
      Allow: ALLOWED.filter((name) => name !== operation.method.toUpperCase()).join(', '),
    });
  if (status === 413 || status === 429 || status === 503 || details.retryAfter !== undefined) {
    const isOverLimit = status === 413 || status === 429;
    const reply = retryFault(
      nameOf(status),
      status,
      message,
      details,
      context.cloud.clock.now(),
      isOverLimit ? 'retryAfter' : undefined,
    );
    return { ...reply, headers: { ...reply.headers, ...JSON_TYPE } };
  }
  return fault(status, message);
}

const ALLOWED = ['GET', 'DELETE'];

/** A success that nothing brought about: the image or list that would be shown, under another status. */
function plausible(status: number, call: Call, context: Context, operation: Operation): Reply {
  const type = { 'Content-Type': 'application/json' };
  if (status === 204) return { status, headers: type };
  const at = addressesOf(call, context);
  const imageId = call.params['image_id'];
  const image = imageId === undefined ? undefined : context.cloud.images.peek(imageId);
  if (image !== undefined) return { status, headers: type, body: imageText(image, at) };
  if (operation.path.includes('/images')) return { status, headers: type, body: imagesText([], at, false, undefined) };
  return { status, headers: type, body: '{"versions":[]}' };
}
