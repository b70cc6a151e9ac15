/** Trusts that can be delegated further, and those that were created from them. */
import type { Json } from '../../../base/json.ts';
import type { TrustRecord } from '../../../identity/records/record.ts';
import { pythonRepr } from '../../glance/python-repr.ts';
import { trustIdOf } from '../delegation.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { badRequest, notFound } from '../request-error.ts';
import { requirePermission } from '../service-handler.ts';
import { usableTrust } from './usable.ts';

/** How many times in a row a trust can be delegated at most. */
const MAX_COUNT = 3;

const assertPermitted = (isPermitted: boolean): void => requirePermission(isPermitted, null);

/** The trust that a new one is created from: that of the token, or one that the body names. @throws RequestError 404. */
export function parentOf(body: Json, request: RecordRequest): TrustRecord | undefined {
  const id = trustIdOf(request.context) ?? body['redelegated_trust_id'];
  if (id === undefined || id === null || id === '') return undefined;
  const parent = typeof id === 'string' ? usableTrust(id, request) : undefined;
  return parent ?? notFound(`Could not find trust: ${typeof id === 'string' ? id : pythonRepr(id)}.`);
}

/**
 * Returns how many times a new trust can be delegated further.
 * @throws IdentityError `not-allowed`; RequestError 400 if the number of its tokens is limited as well.
 */
export function redelegationCount(body: Json, parent: TrustRecord | undefined): number | null {
  const { allow_redelegation: isAllowed, redelegation_count: requested, remaining_uses: uses } = body;
  const most = parent === undefined ? MAX_COUNT : (parent.redelegation_count ?? 0) - 1;
  if (isAllowed !== true || requested === 0) return 0;
  assertPermitted(typeof requested !== 'number' || requested <= most);
  if (uses !== undefined && uses !== null) badRequest('remaining_uses must not be set if redelegation is allowed');
  return requested === undefined ? most : (requested as number | null);
}

/**
 * Checks that a trust delegates no more than its parent.
 * @throws IdentityError `not-allowed`; RequestError 400 if it expires and its parent does not.
 */
export function assertWithinParent(trust: TrustRecord, parent: TrustRecord): void {
  assertPermitted((parent.redelegation_count ?? 0) > 0);
  if (trust.expires !== null) {
    // The service compares the time with nothing.
    if (parent.expires === null)
      badRequest("'<' not supported between instances of 'NoneType' and 'datetime.datetime'");
    assertPermitted(trust.expires <= parent.expires);
  }
  assertPermitted(trust.role_ids.every((id) => parent.role_ids.includes(id)));
  assertPermitted(parent.impersonation || !trust.impersonation);
}
