import type { Call, Reply } from '../../contract/contract.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Context, FaultRequest, InvalidRequest } from '../dialect.ts';
import { type GlanceWords, glanceError } from '../glance/errors.ts';
import { glanceWords } from '../glance/problems.ts';
import { gatewayError } from '../shared/huawei-auth.ts';
import { toldWait } from '../shared/retry-after.ts';
import { contract } from './contract.ts';
import { GATEWAY_CODES, IMS_CODES, type ImsCode, isGatewayCode, isImsCode } from './error-codes.ts';
import { choiceOf } from './profiles.ts';
import { presentSuccess } from './sample-replies.ts';
import { imsError } from './wire.ts';

export { imsError } from './wire.ts';

/** The gateway's request ids are 32 hexadecimal digits. */
export const gatewayId = (requestId: string): string => requestId.slice(4).replaceAll('-', '');

/** What the gateway says of a path or method that it does not know. */
export const unpublished = (requestId: string): Reply =>
  gatewayError(404, 'APIGW.0101', GATEWAY_CODES['APIGW.0101'].meaning, gatewayId(requestId));

/** Paths of the calls that go through to Glance; all others are the service's own. */
const NATIVE = /^\/(?:v2\/(?:images|schemas)(?:\/|$)|v1(?:\.1)?\/images(?:\/|$)|[^/]*$)/;

/** Whether a call is one of the service's own, not a native one of OpenStack. */
export const isOwnCall = ({ path }: Pick<Call, 'path'>): boolean => !NATIVE.test(path);

/** Codes of problems in own calls: those whose cause the reference names, or else is nearest to. */
const CODES: Readonly<Record<Problem['kind'], ImsCode>> = {
  'image-not-found': 'IMG.0027',
  'image-protected': 'IMG.0028',
  'image-not-owned': 'IMG.0047',
  'image-in-use': 'IMG.0046',
  'image-busy': 'IMG.0046',
  'image-exists': 'IMG.0066',
  'image-deactivated': 'IMG.0046',
  'wrong-status': 'IMG.0046',
  'formats-missing': 'IMG.0057',
  'image-gone': 'IMG.0144',
  'read-only': 'IMG.0035',
  reserved: 'IMG.0035',
  'attribute-missing': 'IMG.0035',
  'attribute-kept': 'IMG.0035',
  'not-allowed': 'IMG.0047',
  'too-many': 'IMG.0035',
  'too-large': 'IMG.0059',
  'over-quota': 'IMG.0015',
  'wrong-size': 'IMG.0057',
  'marker-not-found': 'IMG.0027',
  'member-not-found': 'IMG.0031',
  'member-exists': 'IMG.0031',
  'not-shared': 'IMG.0089',
  'tag-not-found': 'IMG.0115',
  'property-not-found': 'IMG.0035',
  'task-not-found': 'IMG.0023',
  'store-not-found': 'IMG.0021',
  'import-refused': 'IMG.0046',
  'store-refused': 'IMG.0046',
  'not-cacheable': 'IMG.0046',
  'location-refused': 'IMG.0057',
  'server-not-found': 'IMG.0005',
  'server-busy': 'IMG.0010',
  'invalid-value': 'IMG.0035',
};

const TOO_MANY: Readonly<Partial<Record<Extract<Problem, { kind: 'too-many' }>['what'], ImsCode>>> = {
  tags: 'IMG.0116',
  members: 'IMG.0088',
  images: 'IMG.0015',
  uploads: 'IMG.0060',
  tasks: 'IMG.0060',
};

const INVALID: Readonly<Record<string, ImsCode>> = {
  name: 'IMG.0003',
  __description: 'IMG.0054',
  minDisk: 'IMG.0055',
  minRam: 'IMG.0055',
  tags: 'IMG.0115',
  member: 'IMG.0067',
};

/** The code of a problem in one of the service's own calls. */
export function codeOf(problem: Problem): ImsCode {
  if (problem.kind === 'too-many') return TOO_MANY[problem.what] ?? CODES['too-many'];
  if (problem.kind === 'invalid-value') return INVALID[problem.attribute] ?? CODES['invalid-value'];
  return CODES[problem.kind];
}

/** Calls whose documented 404 stands for the image itself. */
const NOT_FOUND: ReadonlySet<Problem['kind']> = new Set(['image-not-found', 'tag-not-found', 'task-not-found']);

/** A problem in the words of Glance, or with a code where the call is one of the service's own. */
export function presentProblem(problem: Problem, call: Call, context: Context): Reply {
  const [status, words] = glanceWords(problem);
  if (!isOwnCall(call)) return deleteRefusal(problem, call, context) ?? glanceError(status, words, call);
  const code = codeOf(problem);
  const isMissing = NOT_FOUND.has(problem.kind) && choiceOf(context.cloud, 'unknown-image') === 'statuses';
  return imsError(isMissing ? 404 : IMS_CODES[code].status, code, lineOf(words));
}

const lineOf = (words: string | GlanceWords): string =>
  typeof words === 'string' ? words : words.detail || words.message;

/** A refused delete with a code, in worlds that want one. */
function deleteRefusal(problem: Problem, { method, params }: Call, { cloud }: Context): Reply | undefined {
  if (method !== 'DELETE' || choiceOf(cloud, 'delete-refusals') === 'glance') return undefined;
  const refuse = (code: ImsCode): Reply => imsError(400, code, IMS_CODES[code].meaning);
  switch (problem.kind) {
    case 'image-protected':
      return refuse('IMG.0091');
    case 'image-busy':
      return refuse('IMG.0090');
    case 'image-not-owned':
      return refuse(cloud.images.peek(params['image_id'] ?? '')?.visibility === 'public' ? 'IMG.0094' : 'IMG.0092');
    default:
      return undefined;
  }
}

/** A body that is not what the operation takes. */
export const presentViolations = ({ violations: [violation] }: InvalidRequest): Reply =>
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
  429: GATEWAY_CODES['APIGW.0308'].meaning,
  500: 'The server failed to complete the request.',
  503: 'The server cannot answer now. Please try again later.',
};

/** Codes of the service's own calls, by status. */
const OWN_CODES: Readonly<Record<number, ImsCode>> = { 400: 'IMG.0017', 403: 'IMG.0026', 404: 'IMG.0027' };

/** An injected status in this API's words. */
export function presentFault(request: FaultRequest): Reply {
  const { status, details, context } = request;
  if (status < 400) return presentSuccess(request);
  const reply = presentError(request);
  const wait = toldWait(details, context.cloud.clock.now());
  return typeof wait === 'string' ? { ...reply, headers: { ...reply.headers, 'Retry-After': wait } } : reply;
}

function presentError({ status, details, call, context: { requestId }, operation }: FaultRequest): Reply {
  const { message: said, code } = details;
  if (code !== undefined && isImsCode(code)) return imsError(status, code, said ?? IMS_CODES[code].meaning);
  if (code !== undefined && isGatewayCode(code)) {
    return gatewayError(status, code, said ?? GATEWAY_CODES[code].meaning, gatewayId(requestId));
  }
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
