/** Reasons for errors of the identity services, for the tables of natural problems. */
import { IdentityError, type IdentityProblem } from '../../identity/problem.ts';
import type { FaultRequest, NaturalProblem, ProblemsByName } from '../dialect.ts';
import { OVER_LIMIT } from '../natural-problems.ts';
import { wrongRequest } from '../shared/body-reasons.ts';
import { callWith } from '../shared/request-values.ts';
import { parseBody } from './body.ts';
import { serviceError } from './errors.ts';
import { presentIdentityProblem, presentTokenProblem } from './problems.ts';
import { CHECK_ERRORS, type CheckError } from './reference-checks.ts';
import { serviceOf } from './services.ts';

/** A problem of identity, as the service of the operation presents it. */
export const identityReason =
  (problem: (request: FaultRequest) => IdentityProblem): NaturalProblem =>
  (request) =>
    presentIdentityProblem(problem(request), request.call, serviceOf(request.operation.mount));

const checkReason =
  (error: (request: FaultRequest) => CheckError): NaturalProblem =>
  (request) =>
    serviceError({ ...error(request), service: serviceOf(request.operation.mount), call: request.call });

/** Retry-After of an injected response: the time of the rule, or the end of the minute in which the limit is used up. */
const retryAfter = ({ details: { retryAt }, context: { cloud } }: FaultRequest): string =>
  new Date(retryAt ?? (Math.floor(cloud.clock.now() / 60_000) + 1) * 60_000).toUTCString();

const MALFORMED_BODY: ProblemsByName = {
  'body-malformed': (request, ref) => {
    try {
      const headers = { ...request.call.headers, 'content-type': 'application/json' };
      parseBody(callWith(request.call, { headers, body: Buffer.from('{') }));
    } catch (error) {
      if (error instanceof IdentityError) return identityReason(() => error.problem)(request, ref);
      throw error;
    }
    throw new Error('Keystone accepts a body that is not JSON.');
  },
};

/** The request accepts a version that the service does not have. */
export const VERSION_UNKNOWN: ProblemsByName = {
  'version-unknown': checkReason(({ call }) => CHECK_ERRORS.version(versionIn(call.headers.accept))),
};

/** The project of the token has been disabled. */
const SCOPE_DISABLED: ProblemsByName = {
  'project-disabled': ({ call, context: { caller } }) =>
    presentTokenProblem({ kind: 'scope-disabled', entity: 'project', id: caller.projectId }, call),
};

/** Reasons that the references document for nearly every operation, by status. */
export const COMMON = {
  400: { ...MALFORMED_BODY, 'query-undecodable': checkReason(() => CHECK_ERRORS.query) },
  401: { 'not-authenticated': checkReason(() => CHECK_ERRORS.token) },
  403: { 'token-unscoped': checkReason(() => CHECK_ERRORS.scope) },
  404: { ...SCOPE_DISABLED, ...VERSION_UNKNOWN },
  406: { 'type-not-acceptable': checkReason(() => CHECK_ERRORS.accept) },
  409: { 'service-token': checkReason(() => CHECK_ERRORS.serviceToken) },
  413: {
    [OVER_LIMIT]: checkReason((request) => CHECK_ERRORS.rate({ 'Retry-After': retryAfter(request) })),
  },
  415: {
    'media-type': checkReason(({ call }) => CHECK_ERRORS.bodyType(call.headers['content-type'] ?? 'text/plain')),
  },
} as const satisfies Readonly<Record<number, ProblemsByName>>;

const versionIn = (accept: string | undefined): string =>
  /application\/vnd\.openstack\.identity-(v[\d.]+)/.exec(accept ?? '')?.[1] ?? 'v9';

/** The policy does not allow the operation. @param action - the rule that the error names, if any. */
export const policyDenied = (action: string | null): ProblemsByName => ({
  'policy-denied': identityReason(() => ({ kind: 'not-allowed', action })),
});

/** The credentials are wrong. */
export const NOT_AUTHENTICATED: ProblemsByName = {
  'not-authenticated': identityReason(() => ({ kind: 'not-authenticated' })),
};

/** The token that the request names does not exist. */
export const TOKEN_NOT_FOUND: ProblemsByName = {
  'token-not-found': identityReason(() => ({ kind: 'token-not-found', isKnown: false })),
  'token-expired': identityReason(() => ({ kind: 'token-not-found', isKnown: true })),
};

/** A body that the operation rejects before it looks at the state. */
export const wrongBody = (name: string, body: unknown): ProblemsByName => ({ [name]: wrongRequest({ body }) });
