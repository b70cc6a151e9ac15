/** Reasons for errors of Nova that do not depend on a resource, for the tables of natural problems. */
import type { FaultRequest, NaturalProblem, ProblemsByName, ProblemsByStatus } from '../../dialect.ts';
import { glanceErrorReply } from '../../glance/errors.ts';
import { wrongRequest } from '../../shared/body-reasons.ts';
import { ABSENT_ID, bodyMember, callWith } from '../../shared/request-values.ts';
import { fault, NO_RESOURCE, NOT_ALLOWED, OVER_METADATA, presentServerError } from './errors.ts';
import { deniedBy } from './policies.ts';
import { checkHeaders, checkTenant, unsupportedType } from './preconditions.ts';
import { MALFORMED, unreadableBody } from './violations.ts';

/** The microversion is not one. Paths below `/v2` have no microversions, so that their body is at fault. */
export const VERSION_MALFORMED: ProblemsByName = {
  'version-malformed': ({ call }) =>
    checkHeaders(callWith(call, { headers: { ...call.headers, 'openstack-api-version': 'compute two' } })) ??
    fault(400, MALFORMED),
};

/** The operation does not accept the media type of the body. */
export const MEDIA_TYPE: ProblemsByName = { 'media-type': () => unsupportedType() };

/** A policy denies the request. */
export const POLICY_DENIED: ProblemsByName = { 'policy-denied': () => fault(403, NOT_ALLOWED) };

/** A policy denies the request. @param rule - such as `os-flavor-manage:create`. */
export const policyDenied = (rule: string): ProblemsByName => ({ 'policy-denied': () => fault(403, deniedBy(rule)) });

/** The image would have more metadata than it may have. */
export const TOO_MUCH_METADATA: ProblemsByName = { 'too-much-metadata': () => OVER_METADATA };

/** The resource does not exist in the microversion of the request. */
export const NOT_FOUND: ProblemsByName = { 'not-found': () => fault(404, NO_RESOURCE) };

/** The page of a list starts after something that does not exist. @param search - of a request that asks for it. */
export const badMarker = (search: string): ProblemsByName => ({
  'marker-not-found': wrongRequest({ search, isAdmin: true }),
});

/** The limit of a page is no number. @param minor - of the first microversion that checks it. */
export const badLimit = (minor = 1): ProblemsByName => ({
  'limit-invalid': inVersion(minor, { search: 'limit=many' }),
});

/** The request has a parameter that the operation lacks. Nova accepts it below microversion 2.75. */
export const PARAMETER_UNKNOWN: ProblemsByName = { 'parameter-unknown': inVersion(75, { search: 'color=blue' }) };

/** The error of the operation for a wrong request of an administrator in a microversion. */
export function inVersion(minor: number, wrong: Parameters<typeof wrongRequest>[0]): NaturalProblem {
  return wrongRequest({ ...wrong, headers: { 'openstack-api-version': `compute 2.${minor}` }, isAdmin: true });
}

/** The class that a request fails with. @param pythonClass - class of the exception. */
export const serverError = (name: string, pythonClass: string): ProblemsByName => ({
  [name]: ({ call }) => presentServerError(pythonClass, call),
});

/** The token has no project, and the operation is about servers of a project. */
export const PROJECT_MISSING = serverError('project-missing', 'nova.exception.NovaException');

/** A text in a member of an object in the body; the id of nothing if there is none. */
export function memberText({ call }: FaultRequest, object: string, name: string): string {
  const value = bodyMember(call, object) as Readonly<Record<string, unknown>> | null | undefined;
  const member = value?.[name];
  return typeof member === 'string' || typeof member === 'number' ? String(member) : ABSENT_ID;
}

/** The path has the id of another project than the token. */
const TENANT_MISMATCH: ProblemsByName = {
  'tenant-mismatch': ({ call, context: { caller } }) =>
    checkTenant(otherTenant(call.params['tenant_id'], caller.projectId), caller.projectId) as ReturnType<typeof fault>,
};

/** The tenant of a path, unless it is that of the token. */
const otherTenant = (tenant: string | undefined, projectId: string): string =>
  tenant === undefined || tenant === projectId || tenant === '/' ? ABSENT_ID : tenant;

/** The path has a tenant that cannot be the id of a project. */
export const TENANT_MALFORMED: ProblemsByName = {
  'tenant-malformed': ({ call }) => glanceErrorReply(404, NO_RESOURCE, call),
};

/** Nova does not have the microversion. */
const VERSION_UNSUPPORTED: ProblemsByName = {
  'version-unsupported': ({ call }) =>
    checkHeaders(callWith(call, { headers: { ...call.headers, 'openstack-api-version': 'compute 2.999' } })) ??
    fault(406, NO_RESOURCE),
};

/** The body is larger than Nova reads. */
const BODY_TOO_LARGE: ProblemsByName = {
  'body-too-large': ({ call, context: { cloud, requestId } }, { dialect }) =>
    dialect.presentOversized({ call, cloud, requestId, maxBytes: dialect.bodyLimit }),
};

/** The body is not UTF-8. Nova fails on it, except in actions. */
export const BODY_NOT_UTF8: ProblemsByName = { 'body-not-utf8': () => unreadableBody(Buffer.from([0xff])) };

/** Reasons that every operation on resources of a project has for a status, after its own. */
export const COMMON: ProblemsByStatus = {
  400: { ...VERSION_MALFORMED, ...TENANT_MISMATCH },
  404: TENANT_MALFORMED,
  406: VERSION_UNSUPPORTED,
  413: BODY_TOO_LARGE,
  415: MEDIA_TYPE,
};
