/** The access rules of users, which their application credentials share. */

import type { Json } from '../../../base/json.ts';
import type { Reply } from '../../../contract/contract.ts';
import type { AccessRuleRecord } from '../../../identity/records/record.ts';
import { rejectTokenForCredentials } from '../delegation.ts';
import { matchesQuery } from '../filters.ts';
import { recordHandler } from '../records/handlers.ts';
import { listReply } from '../records/list-reply.ts';
import type { Policy } from '../records/policy.ts';
import { apiBase } from '../records/present.ts';
import { authorize, pathId, type RecordRequest } from '../records/record-request.ts';
import { type OperationShape, specialOperations } from '../records/special-operations.ts';
import { forbidden, notFound } from '../request-error.ts';
import { NO_CONTENT, reply } from '../service-handler.ts';
import { ACCESS_RULE_REPLY, ACCESS_RULES_REPLY } from '../special-response-schemas.ts';

const ALL = '/v3/users/{user_id}/access_rules';
const ONE = `${ALL}/{access_rule_id}`;
const READ: OperationShape = { method: 'get', success: 200, errors: [401, 403, 404] };
const DELETE: OperationShape = { method: 'delete', success: 204, errors: [401, 403, 404] };

/** The operations on access rules. */
export const accessRuleOperations = specialOperations('Application credentials', {
  listAccessRules: [READ, ALL, 'List the access rules of a user.', ACCESS_RULES_REPLY],
  showAccessRule: [READ, ONE, 'Show an access rule.', ACCESS_RULE_REPLY],
  deleteAccessRule: [DELETE, ONE, 'Delete an access rule that no application credential has.'],
});

/** Handlers of `accessRuleOperations`. */
export const accessRuleHandlers = {
  listAccessRules: recordHandler(listAccessRules),
  showAccessRule: recordHandler(showAccessRule),
  deleteAccessRule: recordHandler(deleteAccessRule),
};

/** Unlike elsewhere, the role `admin` counts in the system alone. */
const READERS: Policy = ['system-reader', 'owner'];
const DELETERS: Policy = ['system-admin', 'owner'];

function authorizeForUser(request: RecordRequest, action: string, policy: Policy): string {
  rejectTokenForCredentials(request.context);
  const userId = pathId(request, 'user_id');
  authorize(request, action, { policy, target: { userId } });
  return userId;
}

function listAccessRules(request: RecordRequest): Reply {
  const { call, records } = request;
  const userId = authorizeForUser(request, 'list_access_rules', READERS);
  const rules = records
    .by('access-rule', 'user', userId)
    .filter(({ service, path, method }) => matchesQuery({ service, path, method }, call.query));
  return listReply(
    'access_rules',
    rules.map((rule) => presentRule(rule, request)),
    request,
  );
}

/** Returns the rule of the path, which may be that of another user. @throws RequestError 404. */
function requestedRule(request: RecordRequest): AccessRuleRecord {
  const id = pathId(request, 'access_rule_id');
  return request.records.get('access-rule', id) ?? notFound(`Could not find Access Rule: ${id}.`);
}

function showAccessRule(request: RecordRequest): Reply {
  authorizeForUser(request, 'get_access_rule', READERS);
  return reply(200, { access_rule: presentRule(requestedRule(request), request) });
}

function deleteAccessRule(request: RecordRequest): Reply {
  authorizeForUser(request, 'delete_access_rule', DELETERS);
  const { id } = requestedRule(request);
  if (request.context.cloud.identity.credentials.usesRule(id)) forbidden('May not delete access rule in use');
  request.records.delete('access-rule', id);
  return NO_CONTENT;
}

const presentRule = ({ id, service, path, method }: AccessRuleRecord, request: RecordRequest): Json => ({
  id,
  service,
  path,
  method,
  links: { self: `${apiBase(request)}/access_rules/${id}` },
});
