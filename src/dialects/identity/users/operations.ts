import type { Json } from '../../../base/json.ts';
import type { Reply } from '../../../contract/contract.ts';
import { notAuthenticated } from '../../../identity/problem.ts';
import { withPassword } from '../../../identity/records/revocations.ts';
import { assertValid } from '../records/check-body.ts';
import { recordHandler } from '../records/handlers.ts';
import { recordOperation } from '../records/operations.ts';
import { pathId, type RecordRequest, wrappedBody } from '../records/record-request.ts';
import { badRequest, RequestError } from '../request-error.ts';
import { NO_CONTENT } from '../service-handler.ts';
import { CHANGE_PASSWORD } from './schemas.ts';

/** Operations on users beyond those of every resource. */
export const userOperations = {
  changePassword: {
    ...recordOperation({
      method: 'post',
      path: '/v3/users/{user_id}/password',
      summary: 'Change a password; the old one proves who asks.',
      success: 204,
      statuses: [204, 400, 401],
      section: 'Users',
    }),
    auth: 'none',
  },
} as const;

/** Handlers of `userOperations`. */
export const userHandlers = { changePassword: recordHandler(changePassword) };

function changePassword(request: RecordRequest): Reply {
  const { records } = request;
  const body = wrappedBody(request, 'user');
  assertValid(body, CHANGE_PASSWORD);
  const { password, original_password: original } = body as Json;
  const user = records.get('user', pathId(request, 'user_id'));
  if (user === undefined || user.password !== original) return notAuthenticated();
  if (!user.enabled) throw new RequestError(401, `The account is disabled for user: ${user.id}.`);
  if (user.options['lock_password'] === true) badRequest(LOCKED);
  records.put('user', withPassword(user, String(password), request.context.cloud.clock.now()));
  return NO_CONTENT;
}

const LOCKED =
  'You cannot change your password at this time due to password policy disallowing password changes. ' +
  'Please contact your administrator to reset your password.';
