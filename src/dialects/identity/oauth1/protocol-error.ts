/** Checks the parameters of a request of OAuth 1.0 before its signature. */
import { SIGNATURE_METHODS, type SignatureMethod } from '../../../identity/oauth1-signature.ts';
import { pythonRepr } from '../../glance/python-repr.ts';
import { badRequest } from '../request-error.ts';
import { realmOf, type SignedRequest } from './signed-request.ts';

/** What is wrong with the parameters of a request: an error code and a description. */
interface ProtocolError {
  readonly code: 'invalid_request' | 'invalid_signature_method';
  readonly description: string;
}

/** Returns the description of what is wrong with a request; `undefined` for a good one. @param now - milliseconds since 1970. */
type Check = (request: SignedRequest, now: number) => string | undefined;

const MANDATORY = [
  'oauth_signature',
  'oauth_consumer_key',
  'oauth_nonce',
  'oauth_timestamp',
  'oauth_signature_method',
] as const;

const checkSources: Check = ({ sources }) =>
  sources.length > 1
    ? `('oauth_ params must come from only 1 signaturetype but were found in %s', '${sources.join(', ')}')`
    : undefined;

const checkMandatory: Check = ({ protocol }) =>
  MANDATORY.every((name) => protocol.get(name)) ? undefined : 'Missing mandatory OAuth parameters.';

const checkVersion: Check = ({ protocol }) =>
  (protocol.get('oauth_version') ?? '1.0') === '1.0' ? undefined : 'Invalid OAuth version.';

/** Longest time between the clocks of client and service. */
const MAX_SECONDS = 600;
const INTEGER = /^\s*[+-]?\d+(?:_\d+)*\s*$/;

const checkTimestamp: Check = ({ protocol }, now) => {
  const text = protocol.get('oauth_timestamp') ?? '';
  if (text.length !== 10) return 'Invalid timestamp size';
  if (!INTEGER.test(text)) return 'Timestamp must be an integer.';
  return Math.abs(now / 1000 - Number(text.replaceAll('_', ''))) > MAX_SECONDS
    ? `Timestamp given is invalid, differ from allowed by over ${MAX_SECONDS} seconds.`
    : undefined;
};

const checkKey: Check = ({ protocol }) =>
  /^[0-9a-f]{32}$/.test(protocol.get('oauth_consumer_key') ?? '') ? undefined : 'Invalid client key format.';

const checkNonce: Check = ({ protocol }) =>
  /^[0-9a-f]+$/.test(protocol.get('oauth_nonce') ?? '') ? undefined : 'Invalid nonce format.';

const CHECKS: readonly Check[] = [checkVersion, checkTimestamp, checkKey, checkNonce];

/** Returns what is wrong with the parameters that every signed request has. @param now - milliseconds since 1970. */
export function findProtocolError(request: SignedRequest, now: number): ProtocolError | undefined {
  const early = checkSources(request, now) ?? checkMandatory(request, now);
  if (early !== undefined) return { code: 'invalid_request', description: early };
  const method = request.protocol.get('oauth_signature_method') as SignatureMethod;
  if (!SIGNATURE_METHODS.includes(method)) {
    const description = `Invalid signature, ${method} not in (${SIGNATURE_METHODS.map(pythonRepr).join(', ')}).`;
    return { code: 'invalid_signature_method', description };
  }
  for (const check of CHECKS) {
    const description = check(request, now);
    if (description !== undefined) return { code: 'invalid_request', description };
  }
  return undefined;
}

/** Checks that a request for a request token has a callback and no realm. */
export const checkCallback: Check = (request) => {
  const realm = realmOf(request);
  if (realm !== '') return `Invalid realm ${pythonRepr(realm.split(' '))}. Allowed are [].`;
  return request.protocol.get('oauth_callback') ? undefined : 'Missing callback URI.';
};

/** Letters and digits that cannot be confused. */
export const VERIFIER_LETTERS = 'abcdefghkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Number of letters of a verifier. */
export const VERIFIER_LENGTH = 8;

const VERIFIER = new RegExp(`^[${VERIFIER_LETTERS}]{${VERIFIER_LENGTH}}$`);

/** Checks the form of the verifier. */
export const checkVerifier: Check = ({ protocol }) =>
  VERIFIER.test(protocol.get('oauth_verifier') ?? '') ? undefined : 'Invalid verifier format.';

/** Rejects a request whose parameters are wrong. @throws RequestError 400. */
export function assertProtocol(request: SignedRequest, now: number, check: Check): void {
  const { code, description } = findProtocolError(request, now) ?? {
    code: 'invalid_request',
    description: check(request, now),
  };
  if (description !== undefined)
    badRequest(`Validation failed with errors: ${code}, detail message is: ${description}.`);
}
