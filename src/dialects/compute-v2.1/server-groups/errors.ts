import type { Reply } from '../../../contract/contract.ts';
import { fault } from '../protocol/errors.ts';

/** 404 for a server group that does not exist in the project. */
export const groupNotFound = (id: string): Reply => fault(404, `Instance group ${id} could not be found.`);

/** 403 for a project that has as many server groups as the quota allows. */
export const tooManyGroups = (): Reply => fault(403, 'Quota exceeded, too many server groups.');

/** 409 for a rule that some compute hosts are too old for. */
export const groupRuleUnsupported = (): Reply =>
  fault(409, 'Creating an anti-affinity group with rule max_server_per_host > 1 is not yet supported.');
