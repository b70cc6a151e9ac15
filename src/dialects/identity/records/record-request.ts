import type { Json } from '../../../base/json.ts';
import type { Call } from '../../../contract/contract.ts';
import type { Records } from '../../../identity/records/records.ts';
import type { Context } from '../../dialect.ts';
import { parseBody } from '../body.ts';
import { peekSince } from '../profiles.ts';
import { requesterOf, requirePermission } from '../service-handler.ts';
import { findSubjectToken } from '../subject-token.ts';
import { isPermitted, type Policy, type PolicyRequester, type PolicyTarget } from './policy.ts';

/** A request for records: the call, the records of the world, and who asks. */
export interface RecordRequest {
  readonly call: Call;
  readonly context: Context;
  readonly records: Records;
  readonly requester: PolicyRequester;
}

/** Prepares a request for records. */
export function openRequest(call: Call, context: Context): RecordRequest {
  const { records, index } = context.cloud.identity;
  const requester = requesterOf(context);
  const { scope } = requester;
  const scopeDomainId =
    scope.kind === 'domain'
      ? scope.domainId
      : scope.kind === 'project'
        ? index.project(scope.projectId)?.domainId
        : undefined;
  return {
    call,
    context,
    records,
    requester: { ...requester, scopeDomainId, hasManagers: peekSince(context.cloud, '2025.1') },
  };
}

/**
 * Checks a policy; without a target, a token in X-Subject-Token has to be valid as well.
 * @param action - the rule as errors name it, such as `create_domain`.
 * @param check.target - what the policy looks at; empty for what does not exist, `undefined` if it looks at nothing.
 * @throws IdentityError `not-allowed`; see also `findSubjectToken`.
 */
export function authorize(
  { requester, call, context }: RecordRequest,
  action: string,
  { policy, target }: { readonly policy: Policy; readonly target?: PolicyTarget | undefined },
): void {
  if (target === undefined) findSubjectToken(call, context);
  requirePermission(isPermitted(policy, requester, target), `identity:${action}`);
}

/** Returns what a request body holds under a member. @param missing - what stands for a missing member. */
export function wrappedBody({ call }: RecordRequest, wrapper: string, missing: unknown = {}): unknown {
  const body = parseBody(call);
  return Object.hasOwn(body, wrapper) ? body[wrapper] : missing;
}

/** The id of a path parameter. */
export const pathId = ({ call }: RecordRequest, parameter: string): string => call.params[parameter] ?? '';

/** The members of an object without some of them. */
export const without = (record: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
