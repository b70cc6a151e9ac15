import { ownMember } from '../../base/own-member.ts';
import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { faultObject } from '../nova/fault-object.ts';
import { tokenOf } from '../shared/token-headers.ts';

/** Authenticates the caller of a Rackspace service, and returns a fault object when the token is missing or invalid. */
export function rackspaceIdentify(call: Call, cloud: Cloud): Caller | Reply {
  const token = tokenOf(call);
  const caller = token === undefined ? undefined : cloud.identity.callerOf(token);
  if (caller !== undefined) return caller;
  return faultObject({
    name: 'unauthorized',
    status: 401,
    message: token === undefined ? 'No token came with the request.' : 'The token is not valid, or not any more.',
  });
}

/** What roles allow a caller to do with a product; each grant includes those before it. */
const GRANTS = ['none', 'read', 'write', 'delete'] as const;
type Grant = (typeof GRANTS)[number];

/** Grants of roles that apply to every product. */
const GENERAL_ROLES: Readonly<Record<string, Grant>> = {
  admin: 'delete',
  member: 'delete',
  'identity:user-admin': 'delete',
  'identity:default': 'delete',
  observer: 'read',
  reader: 'read',
};
/** Grants of the roles of one product, by the part of the role after the product's name. */
const PRODUCT_ROLES: Readonly<Record<string, Grant>> = { admin: 'delete', creator: 'write', observer: 'read' };

/** The highest grant among a caller's roles, as its index in `GRANTS`. */
function grantOf({ roles }: Pick<Caller, 'roles'>, product: string): number {
  const grants = roles.map((role) => {
    const own = role.startsWith(`${product}:`) ? ownMember(PRODUCT_ROLES, role.slice(product.length + 1)) : undefined;
    return GRANTS.indexOf(own ?? ownMember(GENERAL_ROLES, role) ?? 'none');
  });
  return Math.max(0, ...grants);
}

/**
 * Whether a caller has a role for a product: a general one or one of the product itself.
 * @param product - prefix of the product's roles: `cloudImages`.
 */
export const canUse = (caller: Pick<Caller, 'roles'>, product: string): boolean => grantOf(caller, product) > 0;

/** Message of a 403 for a caller whose roles are for other products. */
export const OTHER_PRODUCTS = 'Your roles are for other products.';

/** Checks the roles of callers of one product. */
export interface RoleChecks {
  /** Rejects a caller who can only read with 403. */
  checkWriter(caller: Pick<Caller, 'roles'>): void;
  /** Rejects a caller who cannot delete with 403. */
  checkRemover(caller: Pick<Caller, 'roles'>): void;
}

/**
 * Creates the role checks of one product.
 * @param product - prefix of the product's roles: `cloudImages`.
 * @param reject - throws an error with that status and message.
 */
export function roleChecks(product: string, reject: (status: number, message: string) => never): RoleChecks {
  const requireGrant =
    (min: Grant, message: string) =>
    (caller: Pick<Caller, 'roles'>): void => {
      if (grantOf(caller, product) < GRANTS.indexOf(min)) reject(403, message);
    };
  return {
    checkWriter: requireGrant('write', 'Your role allows you to look and not to change anything.'),
    checkRemover: requireGrant('delete', 'Your role does not allow you to remove anything.'),
  };
}
