/** Users who have to log in with several methods, at once or one after the other. */
import type { Call } from '../../../contract/contract.ts';
import type { User } from '../../../identity/directory/directory.ts';
import type { Identity } from '../../../identity/identity.ts';
import { IdentityError } from '../../../identity/problem.ts';
import { readReceipt } from '../../../identity/tokens/receipt.ts';
import { isSupportedMethod } from './proofs.ts';

/** The methods with which a user has logged in. */
export interface ProvedMethods {
  readonly user: User;
  readonly methods: readonly string[];
}

/**
 * Returns the methods of a login together with those of the receipt that it brings along.
 * @throws IdentityError `receipt-not-found` for a receipt that is unknown, expired or another user's; `more-methods-required`
 * if they fulfill no rule of the user.
 */
export function requiredMethods({ user, methods }: ProvedMethods, call: Call, identity: Identity, now: number) {
  const all = [...new Set([...methods, ...receivedMethods(user, call, now)])];
  const rules = rulesOf(user, identity);
  if (rules.length === 0 || rules.some((rule) => rule.every((method) => all.includes(method)))) return all;
  throw new IdentityError({
    kind: 'more-methods-required',
    receipt: { userId: user.id, methods: all, issuedAt: now - (now % 1000) },
    user: { id: user.id, name: user.name, domain: domainOf(user, identity) },
    required: rules.filter((rule) => rule.some((method) => all.includes(method))),
  });
}

const domainOf = ({ domainId: id }: User, { index }: Identity) => ({ id, name: index.domain({ id })?.name ?? id });

/** The methods of the receipt in the header `Openstack-Auth-Receipt`. An empty header counts as none. */
function receivedMethods(user: User, call: Call, now: number): readonly string[] {
  const text = call.headers['openstack-auth-receipt'];
  if (typeof text !== 'string' || text === '') return [];
  const receipt = readReceipt(text, now);
  if (receipt?.userId === user.id) return receipt.methods;
  throw new IdentityError({ kind: 'receipt-not-found', receipt: text });
}

/** The rules of a user, without the methods that the service does not support; a rule with none left is always fulfilled. */
function rulesOf(user: User, { records }: Identity): readonly (readonly string[])[] {
  const options = records.get('user', user.id)?.options ?? {};
  const rules = options['multi_factor_auth_rules'];
  if (options['multi_factor_auth_enabled'] === false || !Array.isArray(rules)) return [];
  return rules.map((rule: readonly string[]) => rule.filter(isSupportedMethod));
}
