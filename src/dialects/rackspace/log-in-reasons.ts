/** Reasons for errors of logins at Rackspace, for the tables of natural problems. */
import { isObject, type Json } from '../../base/json.ts';
import type { FaultRequest, ProblemsByName } from '../dialect.ts';
import { faultObject } from '../nova/fault-object.ts';
import { wrongRequest } from '../shared/body-reasons.ts';
import { bodyMember } from '../shared/request-values.ts';

const KEY = 'RAX-KSKEY:apiKeyCredentials';

/** The user that the body names; `user` if it names none. */
function userOf({ call }: FaultRequest): string {
  const auth = bodyMember(call, 'auth');
  if (!isObject(auth)) return 'user';
  const credentials = [auth[KEY], auth['passwordCredentials']].find(isObject) as Json | undefined;
  return String(credentials?.['username'] ?? 'user');
}

const wrongCredentials = (credentials: Json): ProblemsByName => ({
  'not-authenticated': wrongRequest({ body: { auth: credentials } }),
});

/** The user of the body is disabled. */
export const USER_DISABLED: ProblemsByName = {
  'user-disabled': (request) =>
    faultObject({ name: 'userDisabled', status: 403, message: `The user ${userOf(request)} is disabled.` }),
};

/** Reasons for the errors of a login with an API key or a password. */
export const LOG_IN_REASONS = {
  400: {
    'auth-missing': wrongRequest({ body: {} }),
    'user-missing': wrongRequest({ body: { auth: { [KEY]: {} } } }),
    'password-user-missing': wrongRequest({ body: { auth: { passwordCredentials: {} } } }),
  },
  401: wrongCredentials({ [KEY]: { username: 'no-such-user', apiKey: 'wrong' } }),
  403: USER_DISABLED,
};
