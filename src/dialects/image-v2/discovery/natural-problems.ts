import type { ProblemsByName } from '../../dialect.ts';
import { BODY_UNEXPECTED, glanceReason } from '../../glance/reasons.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { notAuthorized, withoutStores } from '../requests.ts';
import type { discoveryOperations } from './contract.ts';

const WITHOUT_STORES: ProblemsByName = { 'without-stores': glanceReason(withoutStores) };

/** Reasons for the errors of the operations that return quotas, import methods and stores. */
export const discoveryProblems: NaturalProblemsOf<typeof discoveryOperations> = {
  discoverUsage: {},
  discoverImport: {
    400: BODY_UNEXPECTED,
    403: { 'not-authorized': glanceReason(() => notAuthorized('get_import_info')) },
  },
  discoverStores: { 400: BODY_UNEXPECTED, 404: WITHOUT_STORES },
  discoverStoresDetail: {
    400: BODY_UNEXPECTED,
    403: { 'not-authorized': glanceReason(() => notAuthorized('stores_info_detail')) },
    404: WITHOUT_STORES,
  },
};
