/** The access rules of users, which are records. Credentials share them, and they outlive their credentials. */
import type { Ids } from '../../domain/ids.ts';
import { IdentityError } from '../problem.ts';
import type { AccessRuleRecord } from '../records/record.ts';
import { indexValue } from '../records/record-kinds.ts';
import type { Records } from '../records/records.ts';
import type { AccessRule, RequestedRule } from './application-credential.ts';

/** What `resolveRule` needs. */
interface RuleSources {
  readonly records: Records;
  readonly ids: Ids;
}

const toRule = ({ id, service, path, method }: AccessRuleRecord): AccessRule => ({ id, service, path, method });

/**
 * Returns the access rule for a requested one: the rule with that id (of any user), or else the user's own rule for the same
 * requests, or else a new one.
 * @throws IdentityError `rule-incomplete` for a new rule without one of its members.
 */
export function resolveRule(userId: string, requested: RequestedRule, { records, ids }: RuleSources): AccessRule {
  const existing = requested.id === undefined ? undefined : records.get('access-rule', requested.id);
  if (existing !== undefined) return toRule(existing);
  const { service, path, method } = requested;
  if (service === undefined || path === undefined || method === undefined) {
    throw new IdentityError({ kind: 'rule-incomplete' });
  }
  const same = records.first('access-rule', 'request', indexValue(userId, service, method, path));
  if (same !== undefined) return toRule(same);
  const text = `${service} ${method} ${path}`;
  const id = requested.id ?? ids.uuid('access-rule', userId, text).replaceAll('-', '');
  return { id, service, path, method };
}

/** Stores those rules of a new credential that do not exist yet. */
export function storeRules(userId: string, rules: readonly AccessRule[], records: Records): void {
  for (const rule of rules) {
    if (!records.has('access-rule', rule.id)) records.put('access-rule', { ...rule, user_id: userId });
  }
}
