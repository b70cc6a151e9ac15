import { roleRules } from '../rackspace/auth.ts';
import { requestRules } from '../rackspace/request-rules.ts';
import { fault } from './problems.ts';

/** What the names of the product's roles begin with. */
export const PRODUCT = 'cloudImages';

/** How requests are read here. */
export const rules = requestRules(fault);

/** Who may change things here, and who may remove them. */
export const { checkWriter, checkRemover } = roleRules(PRODUCT, rules.refuse);
