import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { policyDenied } from '../protocol/reasons.ts';
import type { zoneOperations } from './contract.ts';

/** Reasons for the errors of availability zones. */
export const zoneProblems: NaturalProblemsOf<typeof zoneOperations> = {
  listAvailabilityZones: { 403: policyDenied('os-availability-zone:list') },
  listAvailabilityZonesDetail: { 403: policyDenied('os-availability-zone:detail') },
};
