import { type Call, jsonReply, type Operation, type Reply } from '../../contract/contract.ts';
import type { Violation } from '../../contract/schema.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Context, FaultDetails } from '../dialect.ts';
import { furtherProblem } from '../shared/further-problems.ts';
import { type GlanceWords, glanceError } from '../shared/glance-errors.ts';
import { gatewayError } from '../shared/huawei-auth.ts';
import { contract } from './contract.ts';
import { imageText, versionsText } from './present.ts';

/** Codes of the service that answers carry here; the reference's list has many more. */
export type ImsCode =
  /** The body cannot be read, or is not of its form. */
  | 'IMG.0001'
  /** The layer below failed. */
  | 'IMG.0014'
  /** The URL is not of its form. */
  | 'IMG.0017'
  /** The caller lacks the right. */
  | 'IMG.0026'
  /** No image with that id. */
  | 'IMG.0027'
  /** The backup of an image could not be removed. */
  | 'IMG.0176';

/** An error of the service's own calls. */
export const imsError = (status: number, code: ImsCode, message: string): Reply =>
  jsonReply(status, { error: { code, message } });

/** The gateway's request ids are 32 hexadecimal digits. */
export const gatewayId = (requestId: string): string => requestId.slice(4).replaceAll('-', '');

/** Whether a call is one of the service's own, not a native one of OpenStack. */
const isOwnCall = ({ path }: Call): boolean => path.includes('/cloudimages');

/** A problem in the words of Glance, or with a code where the call is one of the service's own. */
export function presentProblem(problem: Problem, call: Call): Reply {
  const { status, message, detail } = describe(problem);
  if (!isOwnCall(call)) return glanceError(status, detail === undefined ? message : { message, detail }, call);
  if (status === 403) return imsError(403, 'IMG.0026', message);
  return imsError(400, problem.kind === 'marker-not-found' ? 'IMG.0027' : 'IMG.0017', message);
}

interface Description extends Pick<GlanceWords, 'message' | 'detail'> {
  readonly status: number;
}

const conflict = (detail: string): Description => ({
  status: 409,
  message: 'There was a conflict when trying to complete your request.',
  detail,
});
const denied = (detail: string): Description => ({
  status: 403,
  message: 'Access was denied to this resource.',
  detail,
});

function notAllowed(action: string, subject: string | undefined): Description {
  switch (action) {
    case 'change-owner':
      return denied("Owner can't be updated by non admin.");
    case 'change-format': {
      const attribute = subject === 'diskFormat' ? 'disk_format' : 'container_format';
      return { status: 403, message: `Attribute ${attribute} can be only replaced for a queued image.` };
    }
    case 'give-away':
    case 'use-marker':
      return { status: 403, message: `Forbidding request, image ${subject} not visible` };
    case 'publicize':
      return { status: 403, message: 'You are not authorized to complete publicize_image action.' };
    default:
      return { status: 403, message: `You are not authorized to complete ${action} action.` };
  }
}

function describe(problem: Problem): Description {
  switch (problem.kind) {
    case 'image-not-found': {
      const { imageId, purpose } = problem;
      const message =
        purpose === 'delete' ? `Failed to find image ${imageId} to delete` : `No image found with ID ${imageId}`;
      return { status: 404, message };
    }
    case 'image-protected':
      return { status: 403, message: `Image ${problem.imageId} is protected and cannot be deleted.` };
    case 'image-not-owned':
      return { status: 403, message: 'You do not own this image' };
    case 'image-in-use':
      return {
        status: 409,
        message: `Image ${problem.imageId} could not be deleted because it is in use: ${problem.usedBy.join(', ')}`,
      };
    case 'image-busy':
      return { status: 409, message: `Image ${problem.imageId} is ${problem.status}.` };
    case 'image-exists':
      return { status: 409, message: `Image ID ${problem.imageId} already exists!` };
    case 'image-deactivated':
      return { status: 403, message: 'The requested image has been deactivated. Image data download is forbidden.' };
    case 'wrong-status':
      return { status: 409, message: `Image status transition from ${problem.from} to ${problem.to} is not allowed` };
    case 'formats-missing':
      return { status: 400, message: `Image ${problem.imageId} lacks a disk format or a container format.` };
    case 'image-gone':
      return { status: 410, message: `Image ${problem.imageId} was deleted meanwhile.` };
    case 'read-only':
      return { status: 403, message: `Attribute '${problem.attribute}' is read-only.` };
    case 'reserved':
      return { status: 403, message: `Attribute '${problem.attribute}' is reserved.` };
    case 'attribute-missing':
      return conflict(`Property ${problem.attribute} does not exist.`);
    case 'attribute-kept':
      return denied(`Property ${problem.attribute} may not be removed.`);
    case 'not-allowed':
      return notAllowed(problem.action, problem.subject);
    case 'too-many':
      return {
        status: 413,
        message:
          `The limit has been exceeded on the number of allowed image ${problem.what}. ` +
          `Attempted: ${problem.attempted}, Maximum: ${problem.maximum}`,
      };
    case 'too-large':
      return { status: 413, message: `The incoming image is too large: at most ${problem.maximum} bytes are allowed.` };
    case 'over-quota':
      return { status: 413, message: `The image is too large: ${problem.remaining} bytes are left of the quota.` };
    case 'wrong-size':
      return { status: 400, message: `${problem.expected} bytes were announced and ${problem.actual} came.` };
    case 'marker-not-found':
      return { status: 400, message: `No image found with ID ${problem.marker}` };
    case 'invalid-value':
      return { status: 400, message: `Invalid value for ${problem.attribute}: ${problem.reason}.` };
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
      return furtherProblem(problem);
    default:
      return problem satisfies never;
  }
}

/** A body that is not what the operation takes. */
export const presentViolations = ([violation]: readonly Violation[]): Reply =>
  imsError(
    400,
    'IMG.0001',
    violation === undefined ? 'The body is not valid.' : `${violation.pointer || 'The body'} ${violation.message}`,
  );

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'The server could not comply with the request since it is either malformed or otherwise incorrect.',
  401: 'Incorrect IAM authentication information: the token is not valid',
  403: 'You are not authorized to complete this action.',
  404: 'The resource could not be found.',
  405: 'The method is not offered here.',
  409: 'There was a conflict when trying to complete your request.',
  429: 'The throttling threshold has been reached',
  500: 'The server failed to complete the request.',
  503: 'The server cannot answer now. Please try again later.',
};

/** Codes of the service's own calls, by status. */
const OWN_CODES: Readonly<Record<number, ImsCode>> = { 400: 'IMG.0017', 403: 'IMG.0026', 404: 'IMG.0027' };

/** An injected status in this API's words. */
export function presentFault(
  status: number,
  details: FaultDetails,
  call: Call,
  context: Context,
  operation: Operation,
): Reply {
  if (status < 400) return plausible(status, call, context);
  const reply = presentError(status, details.message, call, context, operation);
  const { retryAfter } = details;
  return typeof retryAfter === 'string'
    ? { ...reply, headers: { ...reply.headers, 'Retry-After': retryAfter } }
    : reply;
}

function presentError(
  status: number,
  said: string | undefined,
  call: Call,
  { requestId }: Context,
  operation: Operation,
): Reply {
  const message = said ?? MESSAGES[status] ?? 'The request failed.';
  if (status === 401) return gatewayError(401, 'APIGW.0301', message, gatewayId(requestId));
  if (status === 429) return gatewayError(429, 'APIGW.0308', message, gatewayId(requestId));
  if (operation === contract.operations.deleteImage) {
    const imageId = call.params['image_id'] ?? '';
    switch (status) {
      case 400:
        return imsError(400, 'IMG.0001', said ?? 'The request body is not of its form.');
      case 403:
        return glanceError(403, said ?? `Image ${imageId} is protected and cannot be deleted.`, call);
      case 404:
        return glanceError(404, said ?? `Failed to find image ${imageId} to delete`, call);
      case 500:
        return imsError(500, 'IMG.0176', said ?? "The image's backup could not be removed.");
      default:
        return glanceError(status, message, call);
    }
  }
  return isOwnCall(call)
    ? imsError(status, OWN_CODES[status] ?? 'IMG.0014', message)
    : glanceError(status, message, call);
}

const JSON_TYPE = { 'Content-Type': 'application/json' } as const;

/** A success that nothing brought about. */
function plausible(status: number, { params, base }: Call<string>, { cloud }: Context): Reply {
  if (status === 204) return { status };
  if (status === 300) return { status, headers: JSON_TYPE, body: versionsText(base) ?? '{}' };
  const imageId = params['image_id'];
  const image = imageId === undefined ? undefined : cloud.images.peek(imageId);
  return { status, headers: JSON_TYPE, body: image === undefined ? '{}' : imageText(image) };
}
