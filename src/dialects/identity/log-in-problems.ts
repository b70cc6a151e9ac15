import { isObject } from '../../base/json.ts';
import type { FaultRequest } from '../dialect.ts';
import type { NaturalProblemsOf } from '../natural-problems.ts';
import { bodyMember } from '../shared/request-values.ts';
import type { logInOperations } from './log-in/contract.ts';
import { DELEGATED_TOKEN } from './log-in/proofs.ts';
import {
  COMMON,
  identityReason,
  NOT_AUTHENTICATED,
  policyDenied,
  TOKEN_NOT_FOUND,
  VERSION_UNKNOWN,
  wrongBody,
} from './reasons.ts';

const USER = { name: 'user', domain: { name: 'Default' }, password: 'secret' };
const BY_PASSWORD = { identity: { methods: ['password'], password: { user: USER } } };

/** The id of the application credential of a login. */
function credentialIn({ call }: FaultRequest): string {
  const auth = bodyMember(call, 'auth');
  const identity = isObject(auth) ? auth['identity'] : undefined;
  const credential = isObject(identity) ? identity['application_credential'] : undefined;
  return isObject(credential) ? String(credential['id'] ?? credential['name'] ?? 'none') : 'none';
}

const IDENTITY_MISSING = wrongBody('identity-missing', { auth: {} });
const DENIED = { 401: NOT_AUTHENTICATED, 403: COMMON[403], 404: VERSION_UNKNOWN };

/** Reasons for the errors of the logins of version 3. */
export const logInProblems: NaturalProblemsOf<typeof logInOperations> = {
  authPasswordUnscoped: { ...DENIED, 400: IDENTITY_MISSING },
  authPasswordScoped: {
    ...DENIED,
    400: { ...wrongBody('scope-empty', { auth: { ...BY_PASSWORD, scope: {} } }), ...IDENTITY_MISSING },
  },
  authToken: {
    400: {
      ...wrongBody('token-id-missing', { auth: { identity: { methods: ['token'], token: {} } } }),
      ...IDENTITY_MISSING,
    },
    401: NOT_AUTHENTICATED,
    403: policyDenied(DELEGATED_TOKEN),
    404: TOKEN_NOT_FOUND,
  },
  authApplicationCredential: {
    ...DENIED,
    400: {
      ...wrongBody('credential-missing', {
        auth: { identity: { methods: ['application_credential'], application_credential: {} } },
      }),
      ...IDENTITY_MISSING,
    },
    404: {
      'credential-not-found': identityReason((request) => ({
        kind: 'credential-not-found',
        credential: credentialIn(request),
      })),
      ...VERSION_UNKNOWN,
    },
  },
  authMultiFactor: {
    ...DENIED,
    400: {
      ...wrongBody('password-missing', { auth: { identity: { methods: ['password', 'token'], token: { id: 'x' } } } }),
      ...IDENTITY_MISSING,
    },
    403: { ...policyDenied(DELEGATED_TOKEN), ...COMMON[403] },
    404: { ...TOKEN_NOT_FOUND, ...VERSION_UNKNOWN },
  },
};
