import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import type { Cloud } from '../dialect.ts';
import { faultObject } from './fault-object.ts';
import { tokenOf } from './token-headers.ts';

/** Who calls a Rackspace service; a refusal is a fault object. */
export function rackspaceIdentify(call: Call, cloud: Cloud): Caller | Reply {
  const token = tokenOf(call);
  const caller = token === undefined ? undefined : cloud.identity.callerOf(token);
  if (caller !== undefined) return caller;
  return faultObject(
    'unauthorized',
    401,
    token === undefined ? 'No token came with the request.' : 'The token is not valid, or not any more.',
  );
}

/** Roles that are good for every product. */
const GENERAL = new Set(['admin', 'member', 'reader', 'identity:user-admin', 'identity:default']);

/**
 * Whether a caller's roles are good for a product: general ones are, and those of the product itself.
 * @param product - what the names of its roles begin with: `cloudImages`.
 */
export const mayUse = ({ roles }: Pick<Caller, 'roles'>, product: string): boolean =>
  roles.some((role) => GENERAL.has(role) || role.startsWith(`${product}:`));
