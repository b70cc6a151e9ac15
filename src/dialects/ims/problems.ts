import type { Call, Reply } from '../../contract/contract.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Context, FaultRequest, InvalidRequest } from '../dialect.ts';
import { type GlanceMessage, glanceErrorReply } from '../glance/errors.ts';
import { messageOfProblem } from '../glance/problems.ts';
import { gatewayError, gatewayId } from '../shared/huawei-auth.ts';
import { retryAfterHeader } from '../shared/retry-after.ts';
import { GATEWAY_CODES, type GatewayCode, IMS_CODES, type ImsCode, isGatewayCode, isImsCode } from './error-codes.ts';
import { choiceOf } from './profiles.ts';
import { presentSuccess } from './sample-replies.ts';
import { errorReply } from './wire.ts';

/** Paths of the native operations, which IMS passes to Glance; all others belong to IMS operations. */
const NATIVE = /^\/(?:v2\/(?:images|schemas)(?:\/|$)|v1(?:\.1)?\/images(?:\/|$)|[^/]*$)/;

/** Whether a request is for an IMS operation rather than for a native one. */
export const isImsPath = ({ path }: Pick<Call, 'path'>): boolean => !NATIVE.test(path);

/** The code of each problem in IMS operations: the one whose documented cause is the same or the nearest. */
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
  'attribute-required': 'IMG.0035',
  'not-allowed': 'IMG.0047',
  'too-many': 'IMG.0035',
  'too-large': 'IMG.0059',
  'over-quota': 'IMG.0015',
  'storage-full': 'IMG.0059',
  'wrong-size': 'IMG.0057',
  'marker-not-found': 'IMG.0027',
  'member-not-found': 'IMG.0031',
  'member-exists': 'IMG.0031',
  'not-shared': 'IMG.0089',
  'tag-not-found': 'IMG.0115',
  'property-not-found': 'IMG.0035',
  'task-not-found': 'IMG.0023',
  'store-not-found': 'IMG.0021',
  'import-rejected': 'IMG.0046',
  'store-rejected': 'IMG.0046',
  'not-cacheable': 'IMG.0046',
  'location-rejected': 'IMG.0057',
  'server-not-found': 'IMG.0005',
  'server-busy': 'IMG.0010',
  'invalid-value': 'IMG.0035',
};

/** Codes of `too-many` by what exceeds the limit. */
const TOO_MANY_CODES: Readonly<Partial<Record<Extract<Problem, { kind: 'too-many' }>['what'], ImsCode>>> = {
  tags: 'IMG.0116',
  members: 'IMG.0088',
  images: 'IMG.0015',
  uploads: 'IMG.0060',
  tasks: 'IMG.0060',
};

/** Codes of `invalid-value` by attribute. */
const INVALID_VALUE_CODES: Readonly<Record<string, ImsCode>> = {
  name: 'IMG.0003',
  __description: 'IMG.0054',
  minDisk: 'IMG.0055',
  minRam: 'IMG.0055',
  tags: 'IMG.0115',
  member: 'IMG.0067',
};

/** The code of a problem in IMS operations. */
export function codeOf(problem: Problem): ImsCode {
  if (problem.kind === 'too-many') return TOO_MANY_CODES[problem.what] ?? CODES['too-many'];
  if (problem.kind === 'invalid-value') return INVALID_VALUE_CODES[problem.attribute] ?? CODES['invalid-value'];
  return CODES[problem.kind];
}

/** Problems for which the status tables list 404. */
const NOT_FOUND_PROBLEMS: ReadonlySet<Problem['kind']> = new Set([
  'image-not-found',
  'tag-not-found',
  'task-not-found',
]);

/** Presents a domain problem: with a code in IMS operations, as Glance in native ones. */
export function presentProblem(problem: Problem, call: Call, context: Context): Reply {
  const [status, message] = messageOfProblem(problem);
  if (!isImsPath(call)) return presentDeleteProblem(problem, call, context) ?? glanceErrorReply(status, message, call);
  const code = codeOf(problem);
  const isMissing = NOT_FOUND_PROBLEMS.has(problem.kind) && choiceOf(context.cloud, 'unknown-image') === 'statuses';
  return errorReply(isMissing ? 404 : IMS_CODES[code].status, code, textOf(message));
}

const textOf = (content: string | GlanceMessage): string =>
  typeof content === 'string' ? content : content.detail || content.message;

/** Presents the problem of a native delete with a code, in worlds whose profile does so. */
function presentDeleteProblem(problem: Problem, { method, params }: Call, { cloud }: Context): Reply | undefined {
  if (method !== 'DELETE') return undefined;
  const isPublic = cloud.images.peek(params['image_id'] ?? '')?.visibility === 'public';
  const code = DELETE_CODES[problem.kind]?.(isPublic);
  if (code === undefined || choiceOf(cloud, 'delete-refusals') === 'glance') return undefined;
  return errorReply(400, code, IMS_CODES[code].meaning);
}

/** Codes of the problems of a native delete. */
const DELETE_CODES: { readonly [K in Problem['kind']]?: (isPublic: boolean) => ImsCode } = {
  'image-protected': () => 'IMG.0091',
  'image-busy': () => 'IMG.0090',
  'image-not-owned': (isPublic) => (isPublic ? 'IMG.0094' : 'IMG.0092'),
};

/** Rejects a body that breaks the operation's schema. */
export const presentViolations = ({ violations: [violation] }: InvalidRequest): Reply =>
  errorReply(
    400,
    'IMG.0001',
    violation === undefined ? 'The body is not valid.' : `${violation.pointer || 'The body'} ${violation.message}`,
  );

/** Default messages of injected errors. */
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

/** Default codes of injected errors in IMS operations; other statuses get IMG.0014. */
const DEFAULT_CODES: Readonly<Record<number, ImsCode>> = { 400: 'IMG.0017', 403: 'IMG.0026', 404: 'IMG.0027' };

/** Presents an injected status: an error in this API's shape, or a sample reply for a success. */
export function presentFault(request: FaultRequest): Reply {
  const { status, details, context } = request;
  if (status < 400) return presentSuccess(request);
  const reply = presentError(request);
  const retryAfter = retryAfterHeader(details, context.cloud.clock.now());
  return typeof retryAfter === 'string'
    ? { ...reply, headers: { ...reply.headers, 'Retry-After': retryAfter } }
    : reply;
}

/** The gateway's codes for statuses that only the gateway returns. */
const GATEWAY_STATUS_CODES: Readonly<Record<number, GatewayCode>> = { 401: 'APIGW.0301', 429: 'APIGW.0308' };

function presentError(request: FaultRequest): Reply {
  const { status, details, call, context, operationId } = request;
  const { code } = details;
  if (code !== undefined && isImsCode(code)) {
    return errorReply(status, code, details.message ?? IMS_CODES[code].meaning);
  }
  const reject = (gatewayCode: GatewayCode, message: string): Reply =>
    gatewayError(status, gatewayCode, message, gatewayId(context.requestId));
  if (code !== undefined && isGatewayCode(code)) return reject(code, details.message ?? GATEWAY_CODES[code].meaning);
  const message = details.message ?? MESSAGES[status] ?? 'The request failed.';
  const gatewayCode = GATEWAY_STATUS_CODES[status];
  if (gatewayCode !== undefined) return reject(gatewayCode, message);
  if (operationId === 'deleteImage') return presentDeleteError(request, message);
  return isImsPath(call)
    ? errorReply(status, DEFAULT_CODES[status] ?? 'IMG.0014', message)
    : glanceErrorReply(status, message, call);
}

/** Codes of `deleteImage`, which returns the errors of its body and of a backup as IMS operations do. */
const DELETE_STATUS_CODES: Readonly<Record<number, ImsCode>> = { 400: 'IMG.0001', 500: 'IMG.0176' };

function presentDeleteError({ status, details, call }: FaultRequest, fallback: string): Reply {
  const code = DELETE_STATUS_CODES[status];
  return code === undefined
    ? glanceErrorReply(status, fallback, call)
    : errorReply(status, code, details.message ?? IMS_CODES[code].meaning);
}
