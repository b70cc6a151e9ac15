import { type Call, jsonReply, type Operation, type Reply } from '../../contract/contract.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Context, FaultDetails } from '../dialect.ts';
import { blankImage } from '../shared/compute-family.ts';
import { faultNames, faultObject } from '../shared/fault-object.ts';
import { escapeHtml } from '../shared/glance-errors.ts';
import { replyType } from './media-types.ts';
import { addressesOf, presentVersions, views } from './present.ts';

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
export const presentStumble = (pythonClass: string): Reply =>
  fault(
    500,
    'Unexpected API Error. Please report this at http://bugs.launchpad.net/nova/ and attach the Nova API log if possible.\n' +
      `<class '${pythonClass}'>`,
  );

/** A problem in this API's words. */
export function presentProblem(problem: Problem): Reply {
  switch (problem.kind) {
    case 'image-not-found':
      return fault(404, NO_IMAGE);
    case 'image-protected':
    case 'image-not-owned':
      return fault(403, 'You are not allowed to delete the image.');
    case 'not-allowed':
      // The image service refuses a marker that the caller may not see, and its words come through.
      return problem.action === 'use-marker'
        ? fault(403, `HTTP 403 Forbidden: Forbidding request, image ${escapeHtml(problem.subject ?? '')} not visible`)
        : fault(403, 'Policy does not allow this request to be performed.');
    case 'marker-not-found':
      return fault(400, `HTTP 400 Bad Request: No image found with ID ${escapeHtml(problem.marker)}`);
    case 'image-in-use':
      return presentStumble('glanceclient.exc.HTTPConflict');
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
  if (status === 405) return fault(status, message, { Allow: allowed(operation) });
  if (status !== 413 && status !== 429) {
    return fault(status, message, details.retryAfter ? { 'Retry-After': details.retryAfter } : undefined);
  }
  // The body repeats what the header says, and says nothing without it.
  const retryAfter = details.retryAfter === undefined ? USUAL_WAIT_SECONDS : details.retryAfter;
  return faultObject(nameOf(status), status, message, {
    headers: { ...JSON_TYPE, ...(retryAfter !== null && { 'Retry-After': retryAfter }) },
    ...(retryAfter !== null && { members: { retryAfter } }),
  });
}

const USUAL_WAIT_SECONDS = '60';

/** The other methods of an operation's path. */
function allowed({ path, method }: Operation): string {
  if (!path.endsWith('{image_id}')) return '';
  return method === 'delete' ? 'GET' : 'DELETE';
}

/** A success that nothing brought about: the image or list that would be shown, under another status. */
function plausible(status: number, call: Call, { cloud }: Context, { path }: Operation): Reply {
  const reply = { status, headers: { 'Content-Type': replyType(call) } };
  if (status === 204) return reply;
  if (path === '/') return { ...reply, body: JSON.stringify(presentVersions(call)) };
  const at = addressesOf(call);
  const imageId = call.params['image_id'];
  if (imageId === undefined) return { ...reply, body: views.images([], at, false, undefined) };
  const image = cloud.images.peek(imageId) ?? blankImage(imageId, cloud.clock.now());
  return { ...reply, body: views.image(image, at) };
}
