import { type Call, type Handler, jsonReply, type Reply } from '../../contract/contract.ts';
import type { Requester } from '../../identity/permissions.ts';
import { IdentityError } from '../../identity/problem.ts';
import type { Context } from '../dialect.ts';
import { serviceError, VARY } from './errors.ts';
import { presentIdentityProblem } from './problems.ts';
import { RequestError } from './request-error.ts';
import type { IdentityService } from './services.ts';

/** A handler that several identity services share; `service` is the one that received the request. */
export type ServiceHandler = (call: Call, context: Context, service: IdentityService) => Reply;

/** Turns a shared handler into one of a service, which presents identity problems as errors of that service. */
export const withErrorMapping =
  (service: IdentityService, handle: ServiceHandler): Handler<Context> =>
  (call, context) => {
    try {
      return handle(call, context, service);
    } catch (error) {
      if (error instanceof IdentityError) return presentIdentityProblem(error.problem, call, service);
      if (error instanceof RequestError) {
        return serviceError({ service, status: error.status, message: error.message, call });
      }
      throw error;
    }
  };

/** A JSON reply with the `Vary` header of Keystone. */
export const reply = (status: number, value: unknown, headers?: Readonly<Record<string, string>>): Reply =>
  jsonReply(status, value, { ...headers, ...VARY });

/** A 204 with the `Vary` header of Keystone. */
export const NO_CONTENT: Reply = { status: 204, headers: VARY };

/**
 * Rejects a request that the service's policies do not permit.
 * @param action - the policy rule that the error names, if any.
 * @throws IdentityError `not-allowed`.
 */
export function requirePermission(isAllowed: boolean, action: string | null): void {
  if (!isAllowed) throw new IdentityError({ kind: 'not-allowed', action });
}

/** The caller with the scope of its token; a signed request has the scope of its project. */
export function requesterOf({ cloud, caller }: Context): Requester {
  const scope = cloud.identity.validToken(caller.token)?.scope;
  return {
    userId: caller.userId,
    roles: caller.roles,
    scope: scope ?? { kind: 'project', projectId: caller.projectId },
  };
}
