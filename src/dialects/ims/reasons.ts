/** Reasons for errors that many operations share, for the tables of natural problems. */
import type { Problem } from '../../domain/problem.ts';
import { DomainError } from '../../domain/problem.ts';
import type { FaultRequest, NaturalProblem, ProblemsByName } from '../dialect.ts';
import { GlanceError } from '../glance/errors.ts';
import { wrongRequest } from '../shared/body-reasons.ts';
import { gatewayError, gatewayId, PROJECT_NOT_AVAILABLE } from '../shared/huawei-auth.ts';
import { ABSENT_ID, bodyMember, param } from '../shared/request-values.ts';
import type { ImsCode } from './error-codes.ts';
import { notPublished } from './gateway.ts';
import { ImsError, missingPermission, otherProject, unknownProject, unscopedToken } from './wire.ts';

/** An error of an IMS operation. */
export const imsReason =
  (error: (request: FaultRequest) => ImsError): NaturalProblem =>
  (request) =>
    error(request).reply();

/** An error with the meaning of its code as message. */
export const codeReason = (code: ImsCode): NaturalProblem => imsReason(() => new ImsError(code));

/** The error that an action throws for what it is given here: a parser, for a value that it rejects. */
export const thrownBy =
  (action: (request: FaultRequest) => unknown): NaturalProblem =>
  (request) => {
    try {
      action(request);
    } catch (error) {
      if (error instanceof ImsError) return error.reply();
      if (error instanceof GlanceError) return error.reply(request.call);
      if (error instanceof DomainError) return error.problem;
      throw error;
    }
    throw new Error(`Nothing was rejected for ${request.operationId}.${request.status}.`);
  };

/** The signature names a project in which the signer has no role: the 403 of operations that every user may use. */
export const PROJECT_REJECTED: ProblemsByName = {
  'project-not-available': ({ context }) => {
    const { status, code, message } = PROJECT_NOT_AVAILABLE;
    return gatewayError(status, code, message, gatewayId(context.requestId));
  },
};

/** The caller may only read, or the signature names a project in which the signer has no role. */
export const CHANGE_DENIED: ProblemsByName = {
  'missing-permission': ({ context }) => missingPermission(context),
  ...PROJECT_REJECTED,
};

/** The region or the edition does not have the operation. */
export const NOT_PUBLISHED: ProblemsByName = { 'not-published': ({ context }) => notPublished(context.requestId) };

/** The token of a request to an IMS operation has no project. */
export const TOKEN_UNSCOPED: ProblemsByName = { 'token-unscoped': imsReason(unscopedToken) };

/** The project of the path is not that of the token. */
export const WRONG_PROJECT: ProblemsByName = {
  'project-unknown': imsReason((request) => unknownProject(param(request, 'project_id'))),
  'other-project': imsReason((request) => otherProject(param(request, 'project_id'))),
  ...TOKEN_UNSCOPED,
};

/** A list whose parameter is wrong. */
export const wrongQuery = (name: string, search: string): ProblemsByName => ({ [name]: wrongRequest({ search }) });

/** The first image that the body names, or the id of none. */
export function listedImageId({ call }: Pick<FaultRequest, 'call'>): string {
  const images = bodyMember(call, 'images');
  const [first]: readonly unknown[] = Array.isArray(images) ? images : [];
  return typeof first === 'string' ? first : ABSENT_ID;
}

/** The image that a request names does not exist. */
export const noImage = (
  purpose: Extract<Problem, { readonly kind: 'image-not-found' }>['purpose'],
  imageId: (request: FaultRequest) => string,
): ProblemsByName => ({
  'image-not-found': (request) => ({ kind: 'image-not-found', imageId: imageId(request), purpose }),
});
