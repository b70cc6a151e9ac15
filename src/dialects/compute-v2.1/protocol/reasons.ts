/** Reasons for errors of Nova that do not depend on a resource, for the tables of natural problems. */
import type { ProblemsByName } from '../../dialect.ts';
import { callWith } from '../../shared/request-values.ts';
import { fault, NO_RESOURCE, NOT_ALLOWED, OVER_METADATA } from './errors.ts';
import { checkHeaders, unsupportedType } from './preconditions.ts';
import { MALFORMED } from './violations.ts';

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

/** The image would have more metadata than it may have. */
export const TOO_MUCH_METADATA: ProblemsByName = { 'too-much-metadata': () => OVER_METADATA };

/** The resource does not exist in the microversion of the request. */
export const NOT_FOUND: ProblemsByName = { 'not-found': () => fault(404, NO_RESOURCE) };
