import { hash } from 'node:crypto';
import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import { jsonReply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { User } from '../../identity/directory/directory.ts';
import { IdentityError } from '../../identity/problem.ts';
import { ALGORITHM, isSignedBy, parseSdkDate, parseSignature, type SignatureHeader } from '../../identity/signature.ts';
import { nameWithin } from '../../identity/world-name.ts';
import type { Context } from '../dialect.ts';
import { tokenOf } from './token-headers.ts';

/** What SDKs declare instead of a hash for bodies that are not JSON; the signature then covers this text. */
const UNSIGNED = 'UNSIGNED-PAYLOAD';
const SKEW_MILLISECONDS = 15 * 60_000;

/** An error of the gateway in front of the Huawei services. */
export function gatewayError(status: number, code: string, message: string, requestId: string): Reply {
  return jsonReply(status, { error_msg: message, error_code: code, request_id: requestId });
}

/** Converts a request id (`req-` and a UUID) to the gateway's form: 32 hexadecimal digits. */
export const gatewayId = (requestId: string): string => requestId.slice(4).replaceAll('-', '');

/** Authenticates the caller of a Huawei service by token or AK/SK signature, or returns the gateway's error. */
export function huaweiIdentify(call: Call, cloud: Cloud, context: Pick<Context, 'requestId'>): Caller | Reply {
  const reject = ({ status, code, message }: AuthError): Reply =>
    gatewayError(status, code, message, gatewayId(context.requestId));
  const token = tokenOf(call);
  if (token !== undefined) return cloud.identity.callerOf(token) ?? reject(tokenError(token, cloud));
  const { authorization } = call.headers;
  if (authorization === undefined || !authorization.startsWith(ALGORITHM)) {
    return reject(unauthenticated('x-auth-token not found'));
  }
  const signer = signerOf(call, cloud, authorization);
  return 'code' in signer ? reject(signer) : signer;
}

/** Whether a request is signed with the hash of its body, which the gateway has to read before it checks the signature. */
export const signsBody = (call: Call): boolean =>
  tokenOf(call) === undefined &&
  call.headers.authorization?.startsWith(ALGORITHM) === true &&
  textHeader(call, 'x-sdk-content-sha256') !== UNSIGNED;

/** Why the gateway rejects a request. */
interface AuthError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** The error for a project in which the signer has no role. */
export const PROJECT_NOT_AVAILABLE: AuthError = {
  status: 403,
  code: 'APIGW.0310',
  message: 'The project is not available.',
};

const unauthenticated = (detail: string): AuthError => ({
  status: 401,
  code: 'APIGW.0301',
  message: `Incorrect IAM authentication information: ${detail}`,
});

const tokenError = (token: string, cloud: Cloud): AuthError =>
  wasValid(token, cloud)
    ? { status: 401, code: 'APIGW.0307', message: 'The token must be updated' }
    : unauthenticated('decrypt token fail');

/** Whether a token was issued once, and has expired or was revoked. */
function wasValid(token: string, { identity }: Cloud): boolean {
  try {
    identity.subjectToken(token);
    return true;
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    return error.problem.kind !== 'token-not-found' || error.problem.isKnown;
  }
}

function signerOf(call: Call, cloud: Cloud, authorization: string): Caller | AuthError {
  const signature = parseSignature(authorization);
  if (signature === undefined) return unauthenticated('the Authorization header is not complete');
  const sdkDate = textHeader(call, 'x-sdk-date');
  const time = sdkDate === undefined ? undefined : parseSdkDate(sdkDate);
  if (sdkDate === undefined || time === undefined) return unauthenticated('X-Sdk-Date is missing or not of its form');
  const detail = dateFault(signature, { sdkDate, time, now: cloud.clock.now() }) ?? bodyFault(call);
  if (detail !== undefined) return unauthenticated(detail);
  const found = cloud.identity.index.accessKey(nameWithin(signature.accessKey, cloud.name));
  if (found === undefined || !cloud.identity.isActive(found.user)) {
    return unauthenticated(`ak ${signature.accessKey} not exist`);
  }
  if (!isSignedBy(call, signature, { sdkDate, secretKey: found.key.secretKey })) {
    return unauthenticated('verify aksk signature fail');
  }
  return callerFor(found.user, call, cloud);
}

/** Times of a signed request, in milliseconds since 1970. */
interface SignatureTimes {
  /** X-Sdk-Date as sent. */
  readonly sdkDate: string;
  readonly time: number;
  readonly now: number;
}

/** What is wrong with the date of a signature. */
function dateFault(
  { signedHeaders, scope }: SignatureHeader,
  { sdkDate, time, now }: SignatureTimes,
): string | undefined {
  if (!signedHeaders.includes('x-sdk-date')) return 'X-Sdk-Date is not signed';
  if (scope !== undefined && !sdkDate.startsWith(scope.date)) return 'the dates differ';
  return Math.abs(now - time) > SKEW_MILLISECONDS ? 'the signature has expired' : undefined;
}

/** What is wrong with the declared hash of the body. A client need not declare one, but must not declare a wrong one. */
function bodyFault(call: Call): string | undefined {
  const declared = textHeader(call, 'x-sdk-content-sha256');
  if (declared === undefined || declared === UNSIGNED) return undefined;
  return declared === hash('sha256', call.body ?? '', 'hex') ? undefined : 'the hash of the body is another';
}

function callerFor(user: User, call: Call, cloud: Cloud): Caller | AuthError {
  try {
    return cloud.identity.signer(user, textHeader(call, 'x-project-id'));
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    return PROJECT_NOT_AVAILABLE;
  }
}

function textHeader({ headers }: Call, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
