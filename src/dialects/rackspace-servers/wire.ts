import { roleRules } from '../rackspace/auth.ts';
import { requestRules } from '../rackspace/request-rules.ts';
import { fault } from './problems.ts';

/** How requests are read here. */
export const rules = requestRules(fault);

export const { checkWriter, checkRemover } = roleRules('nova', rules.refuse);
