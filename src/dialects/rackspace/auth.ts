import type { Cloud } from '../../cloud.ts';
import type { Call, Reply } from '../../contract/contract.ts';
import type { Caller } from '../../domain/caller.ts';
import { faultObject } from '../nova/fault-object.ts';
import { tokenOf } from '../shared/token-headers.ts';

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

/** How much a caller may do with a product, from nothing on: look, make and change, remove too. */
const GRANTS = ['nothing', 'look', 'make', 'all'] as const;
type Grant = (typeof GRANTS)[number];

/** What roles grant that are good for every product. */
const GENERAL: Readonly<Record<string, Grant>> = {
  admin: 'all',
  member: 'all',
  'identity:user-admin': 'all',
  'identity:default': 'all',
  observer: 'look',
  reader: 'look',
};
/** What the roles of a product grant, by what follows its name. */
const OWN: Readonly<Record<string, Grant>> = { admin: 'all', creator: 'make', observer: 'look' };

/** The most that any of the roles grants. */
function grantOf({ roles }: Pick<Caller, 'roles'>, product: string): number {
  const ranks = roles.map((role) => {
    const own = role.startsWith(`${product}:`) ? OWN[role.slice(product.length + 1)] : undefined;
    return GRANTS.indexOf(own ?? GENERAL[role] ?? 'nothing');
  });
  return Math.max(0, ...ranks);
}

/**
 * Whether a caller's roles are good for a product: general ones are, and those of the product itself.
 * @param product - what the names of its roles begin with: `cloudImages`.
 */
export const mayUse = (caller: Pick<Caller, 'roles'>, product: string): boolean => grantOf(caller, product) > 0;

/** How a product holds its callers to their roles. Both throw what `refuse` throws. */
export interface RoleRules {
  /** 403 for a caller who may only look. */
  checkWriter(caller: Pick<Caller, 'roles'>): void;
  /** 403 for a caller who may at most make and change. */
  checkRemover(caller: Pick<Caller, 'roles'>): void;
}

/**
 * @param product - as in `mayUse`.
 * @param refuse - throws an answer with that status and message.
 */
export function roleRules(product: string, refuse: (status: number, message: string) => never): RoleRules {
  const requirePermission =
    (least: Grant, message: string) =>
    (caller: Pick<Caller, 'roles'>): void => {
      if (grantOf(caller, product) < GRANTS.indexOf(least)) refuse(403, message);
    };
  return {
    checkWriter: requirePermission('make', 'Your role allows you to look and not to change anything.'),
    checkRemover: requirePermission('all', 'Your role does not allow you to remove anything.'),
  };
}
