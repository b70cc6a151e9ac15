import { hash } from 'node:crypto';
import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import { jsonReply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { IdentityError } from '../../identity/problem.ts';
import { ALGORITHM, isSignedBy, parseSdkDate, parseSignature } from '../../identity/signature.ts';
import { nameWithin } from '../../identity/world-name.ts';
import { tokenOf } from './token-headers.ts';

/** What SDKs declare in place of a hash for bodies that are not JSON; the text itself is what is signed then. */
const UNSIGNED = 'UNSIGNED-PAYLOAD';
const SKEW_MILLISECONDS = 15 * 60_000;

/** A refusal of the gateway in front of the Huawei services. */
export function gatewayError(status: number, code: string, message: string, requestId: string): Reply {
  return jsonReply(status, { error_msg: message, error_code: code, request_id: requestId });
}

/** Who calls a Huawei service, by token or by AK/SK signature; the refusal is that of the gateway. */
export function huaweiIdentify(call: Call, cloud: Cloud): Caller | Reply {
  const authorization = call.headers.authorization;
  const refuse = (status: number, code: string, message: string): Reply =>
    gatewayError(status, code, message, cloud.ids.requestId(call.client).slice(4).replaceAll('-', ''));
  const token = tokenOf(call);
  if (token !== undefined) {
    const caller = cloud.identity.callerOf(token);
    if (caller !== undefined) return caller;
    return wasGood(token, cloud)
      ? refuse(401, 'APIGW.0307', 'The token must be updated')
      : refuse(401, 'APIGW.0301', 'Incorrect IAM authentication information: decrypt token fail');
  }
  if (authorization === undefined || !authorization.startsWith(ALGORITHM)) {
    return refuse(401, 'APIGW.0301', 'Incorrect IAM authentication information: x-auth-token not found');
  }
  return signerOf(call, cloud, authorization, refuse);
}

/** Whether a token was issued once, and is over its time or revoked. */
function wasGood(token: string, { identity }: Cloud): boolean {
  try {
    identity.subjectToken(token);
    return true;
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    return error.problem.kind !== 'token-not-found' || error.problem.isKnown;
  }
}

function signerOf(
  call: Call,
  cloud: Cloud,
  authorization: string,
  refuse: (status: number, code: string, message: string) => Reply,
): Caller | Reply {
  const wrong = (what: string): Reply => refuse(401, 'APIGW.0301', `Incorrect IAM authentication information: ${what}`);
  const header = parseSignature(authorization);
  if (header === undefined) return wrong('the Authorization header is not complete');
  const sdkDate = call.headers['x-sdk-date'];
  const time = typeof sdkDate === 'string' ? parseSdkDate(sdkDate) : undefined;
  if (time === undefined || typeof sdkDate !== 'string') return wrong('X-Sdk-Date is missing or not of its form');
  if (!header.signedHeaders.includes('x-sdk-date')) return wrong('X-Sdk-Date is not signed');
  if (header.scope !== undefined && !sdkDate.startsWith(header.scope.date)) return wrong('the dates differ');
  if (Math.abs(cloud.clock.now() - time) > SKEW_MILLISECONDS) return wrong('the signature has expired');
  const declared = call.headers['x-sdk-content-sha256'];
  // A client may declare the hash in place of the body's own, but not another one than the body has.
  if (typeof declared === 'string' && declared !== UNSIGNED && declared !== hash('sha256', call.body ?? '', 'hex')) {
    return wrong('the hash of the body is another');
  }
  const found = cloud.identity.index.accessKey(nameWithin(header.accessKey, cloud.name));
  if (found === undefined || !cloud.identity.isActive(found.user)) return wrong(`ak ${header.accessKey} not exist`);
  if (!isSignedBy(call, header, { sdkDate, secretKey: found.key.secretKey }))
    return wrong('verify aksk signature fail');
  const projectId = call.headers['x-project-id'];
  try {
    return cloud.identity.signer(found.user, typeof projectId === 'string' ? projectId : undefined);
  } catch (error) {
    if (error instanceof IdentityError) return refuse(403, 'APIGW.0310', 'The project is not available.');
    throw error;
  }
}
