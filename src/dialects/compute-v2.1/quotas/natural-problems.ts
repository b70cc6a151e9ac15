import type { ProblemsByName } from '../../dialect.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { wrongRequest } from '../../shared/body-reasons.ts';
import { param } from '../../shared/request-values.ts';
import { unknownProject } from '../protocol/errors.ts';
import { BODY_NOT_UTF8, PARAMETER_UNKNOWN, policyDenied, serverError } from '../protocol/reasons.ts';
import type { quotaOperations } from './contract.ts';

const PROJECT_UNKNOWN: ProblemsByName = {
  'project-unknown': (request) => unknownProject(param(request, 'project_id')),
};

const denied = (action: string) => ({ 403: policyDenied(`os-quota-sets:${action}`) });
const deniedClass = (action: string) => ({ 403: policyDenied(`os-quota-class-sets:${action}`) });

/** Reasons for the errors of quotas. */
export const quotaProblems: NaturalProblemsOf<typeof quotaOperations> = {
  showQuotaSet: { ...denied('show'), 400: { ...PROJECT_UNKNOWN, ...PARAMETER_UNKNOWN } },
  showQuotaDefaults: { ...denied('defaults'), 400: PROJECT_UNKNOWN },
  showQuotaDetail: { ...denied('detail'), 400: { ...PROJECT_UNKNOWN, ...PARAMETER_UNKNOWN } },
  updateQuotaSet: {
    ...denied('update'),
    400: {
      ...PROJECT_UNKNOWN,
      'quota-below-use': wrongRequest({ body: { quota_set: { instances: 0 } }, isAdmin: true }),
      ...PARAMETER_UNKNOWN,
    },
    500: {
      ...serverError('quotas-null', 'TypeError'),
      ...serverError('quotas-not-object', 'AttributeError'),
      ...BODY_NOT_UTF8,
    },
  },
  deleteQuotaSet: { ...denied('delete'), 400: PARAMETER_UNKNOWN },
  showQuotaClassSet: deniedClass('show'),
  updateQuotaClassSet: {
    ...deniedClass('update'),
    400: {
      'class-name-too-long': wrongRequest({
        params: { class_name: 'x'.repeat(256) },
        body: { quota_class_set: {} },
        isAdmin: true,
      }),
    },
    500: { ...serverError('quotas-not-object', 'AttributeError'), ...BODY_NOT_UTF8 },
  },
};
