import type { ProblemsByName } from '../../dialect.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { param } from '../../shared/request-values.ts';
import { badLimit, PARAMETER_UNKNOWN, policyDenied } from '../protocol/reasons.ts';
import type { serverGroupOperations } from './contract.ts';
import { groupNotFound, groupRuleUnsupported, tooManyGroups } from './errors.ts';

const GROUP_NOT_FOUND: ProblemsByName = {
  'server-group-not-found': (request) => groupNotFound(param(request, 'server_group_id')),
};

/** Reasons for the errors of server groups. */
export const serverGroupProblems: NaturalProblemsOf<typeof serverGroupOperations> = {
  listServerGroups: { 400: { ...badLimit(), ...PARAMETER_UNKNOWN }, 403: policyDenied('os-server-groups:index') },
  createServerGroup: {
    403: { 'too-many-server-groups': tooManyGroups, ...policyDenied('os-server-groups:create') },
    409: { 'rule-unsupported': groupRuleUnsupported },
  },
  showServerGroup: { 403: policyDenied('os-server-groups:show'), 404: GROUP_NOT_FOUND },
  deleteServerGroup: { 403: policyDenied('os-server-groups:delete'), 404: GROUP_NOT_FOUND },
};
