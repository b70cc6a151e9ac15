import { roleRules } from '../shared/rackspace-auth.ts';
import { requestRules } from '../shared/refusal.ts';
import { fault } from './problems.ts';

/** How requests are read here. */
export const rules = requestRules(fault);

export const { checkWriter, checkRemover } = roleRules('nova', rules.refuse);
