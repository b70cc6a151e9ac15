/** Reasons for errors of IMS and the gateway in front of it, for the tables of natural problems. */
import type { FaultRequest, NaturalProblem, ProblemsByName } from '../dialect.ts';
import { gatewayError, PROJECT_NOT_AVAILABLE } from '../shared/huawei-auth.ts';
import { bodyMember } from '../shared/request-values.ts';
import type { ImsCode } from './error-codes.ts';
import { gatewayId, notPublished } from './gateway.ts';
import { ImsError, missingPermission } from './wire.ts';

/** An error that an IMS operation throws. */
export const imsReason =
  (error: (request: FaultRequest) => ImsError): NaturalProblem =>
  (request) =>
    error(request).reply();

/** An error with the meaning of its code as message. */
export const codeReason = (code: ImsCode): NaturalProblem => imsReason(() => new ImsError(code));

/** The gateway rejects the project of the request. */
export const PROJECT_REJECTED: ProblemsByName = {
  'project-not-available': ({ context }) => {
    const { status, code, message } = PROJECT_NOT_AVAILABLE;
    return gatewayError(status, code, message, gatewayId(context.requestId));
  },
};

/** The role of the caller does not allow changes, or the gateway rejects the project. */
export const CHANGE_DENIED: ProblemsByName = {
  'missing-permission': ({ context }) => missingPermission(context),
  ...PROJECT_REJECTED,
};

/** The gateway does not publish the operation. */
export const NOT_PUBLISHED: ProblemsByName = {
  'not-published': ({ context }) => notPublished(context.requestId),
};

/** The first item of a list in the body; an empty text if there is none. */
export function firstIn({ call }: FaultRequest, name: string): string {
  const value = bodyMember(call, name);
  return String((Array.isArray(value) ? value[0] : undefined) ?? '');
}
