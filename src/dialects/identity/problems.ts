import { type Call, jsonReply, type Reply } from '../../contract/contract.ts';
import { toMicroseconds } from '../../domain/clock.ts';
import type { IdentityProblem } from '../../identity/problem.ts';
import { receiptExpiry, receiptText } from '../../identity/tokens/receipt.ts';
import { faultObject } from '../nova/fault-object.ts';
import { keystoneError, MALFORMED, rackspaceError, UNAUTHENTICATED, UNEXPECTED, VARY } from './errors.ts';
import type { IdentityService } from './services.ts';

/** A problem as Keystone reports it. */
interface KeystoneProblem {
  readonly status: number;
  readonly message: string;
  readonly identity?: Readonly<Record<string, unknown>>;
}

type ProblemOf<Kind extends IdentityProblem['kind']> = Extract<IdentityProblem, { readonly kind: Kind }>;

const KEYSTONE: { readonly [Kind in IdentityProblem['kind']]: (problem: ProblemOf<Kind>) => KeystoneProblem } = {
  'not-authenticated': () => ({ status: 401, message: UNAUTHENTICATED }),
  'user-disabled': ({ user }) => ({ status: 403, message: `The user ${user} is disabled.` }),
  'unsupported-method': ({ supported }) => ({
    status: 401,
    message: 'Attempted to authenticate with an unsupported method.',
    identity: { methods: supported },
  }),
  'scope-not-allowed': () => ({
    status: 401,
    message: 'Error authenticating with application credential: Application credentials cannot request a scope.',
    identity: {},
  }),
  // A receipt takes the place of the error; see presentReceipt.
  'more-methods-required': () => ({ status: 401, message: UNAUTHENTICATED }),
  'receipt-not-found': ({ receipt }) => ({ status: 401, message: `Could not find auth receipt: ${receipt}.` }),
  'token-not-found': ({ isKnown }) => ({
    status: 404,
    message: isKnown ? 'Failed to validate token' : 'Could not recognize Fernet token',
  }),
  'token-without-roles': ({ token }) => ({ status: 404, message: `Could not find token: ${token}.` }),
  'scope-disabled': ({ entity, id }) => ({
    status: 404,
    message: `Unable to validate token because ${entity} ${id} is disabled`,
  }),
  'token-not-given': () => ({ status: 404, message: 'No token in the request' }),
  'credential-not-found': ({ credential }) => ({
    status: 404,
    message: `Could not find Application Credential: ${credential}.`,
  }),
  'credential-exists': ({ name }) => ({
    status: 409,
    message: `Conflict occurred attempting to store application_credential - Duplicate entry found with name ${name}.`,
  }),
  'role-not-found': ({ role }) => ({ status: 404, message: `Role ${role} is not defined` }),
  'role-not-assigned': () => ({
    status: 400,
    message: 'Invalid application credential: Cannot create an application credential with unassigned role',
  }),
  'assignment-not-found': ({ roleId, userId }) => ({
    status: 400,
    message: `Invalid application credential: Could not find role assignment with role: ${roleId}, user or group: ${userId}, project, domain, or system: None.`,
  }),
  'rule-incomplete': () => ({ status: 500, message: UNEXPECTED }),
  'expiry-passed': () => ({ status: 400, message: `The 'expires_at' must not be before now. ${MALFORMED}` }),
  'user-not-found': ({ userId }) => ({ status: 404, message: `Could not find user: ${userId}.` }),
  'project-not-found': ({ projectId }) => ({ status: 404, message: `Could not find project: ${projectId}.` }),
  'domain-not-found': ({ domainId }) => ({ status: 404, message: `Could not find domain: ${domainId}.` }),
  'trust-not-found': ({ trustId }) => ({ status: 404, message: `Could not find trust: ${trustId}.` }),
  'access-token-not-found': () => ({ status: 404, message: 'Access token not found' }),
  'provider-not-found': ({ provider }) => ({
    status: 404,
    message: `Could not find Identity Provider: ${provider}.`,
  }),
  'not-allowed': ({ action }) => ({
    status: 403,
    message: `You are not authorized to perform the requested action${action === null ? '' : `: ${action}`}.`,
  }),
  missing: ({ what, where }) => ({ status: 400, message: `Expecting to find ${what} in ${where}. ${MALFORMED}` }),
  invalid: ({ message }) => ({ status: 400, message }),
};

/** Messages of Rackspace that differ from Keystone's. */
const RACKSPACE_MESSAGES: Partial<Readonly<Record<IdentityProblem['kind'], string>>> = {
  'not-authenticated': 'Unable to authenticate user with credentials provided.',
  'token-not-found': 'Token not found.',
};

const keystoneProblem = (problem: IdentityProblem): KeystoneProblem =>
  (KEYSTONE[problem.kind] as (problem: IdentityProblem) => KeystoneProblem)(problem);

/** Presents what is wrong with the token of a request itself, whose members Keystone writes in another order. */
export const presentTokenProblem = (problem: IdentityProblem, call: Call): Reply =>
  keystoneError({ ...keystoneProblem(problem), call, isTitleFirst: true });

/** Presents the receipt of a login that needs more methods. */
function presentReceipt({ receipt, user, required }: ProblemOf<'more-methods-required'>): Reply {
  const body = {
    receipt: {
      methods: receipt.methods,
      user,
      expires_at: toMicroseconds(receiptExpiry(receipt)),
      issued_at: toMicroseconds(receipt.issuedAt),
    },
    required_auth_methods: required,
  };
  return jsonReply(401, body, { 'Openstack-Auth-Receipt': receiptText(receipt), ...VARY });
}

/** Presents an identity problem as an error of the service that received the request. */
export function presentIdentityProblem(problem: IdentityProblem, call: Call, service: IdentityService): Reply {
  if (problem.kind === 'more-methods-required') return presentReceipt(problem);
  const error = keystoneProblem(problem);
  if (problem.kind === 'user-disabled') return faultObject({ name: 'userDisabled', ...error });
  if (service === 'rackspace') return rackspaceError(error.status, RACKSPACE_MESSAGES[problem.kind] ?? error.message);
  return keystoneError({ ...error, call });
}
