import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { wrongRequest } from '../../shared/body-reasons.ts';
import { badLimit, inVersion, PARAMETER_UNKNOWN, policyDenied } from '../protocol/reasons.ts';
import type { usageOperations } from './contract.ts';

const read = (action: string) => ({
  400: {
    'time-invalid': wrongRequest({ search: 'start=yesterday', isAdmin: true }),
    'start-after-end': wrongRequest({
      search: 'start=2020-01-02T00:00:00&end=2020-01-01T00:00:00',
      isAdmin: true,
    }),
    ...badLimit(40),
    'marker-not-found': inVersion(40, { search: 'marker=none' }),
    ...PARAMETER_UNKNOWN,
  },
  403: policyDenied(`os-simple-tenant-usage:${action}`),
});

/** Reasons for the errors of usage. */
export const usageProblems: NaturalProblemsOf<typeof usageOperations> = {
  listTenantUsage: read('list'),
  showTenantUsage: read('show'),
};
