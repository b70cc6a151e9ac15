import type { Operation } from '../../contract/contract.ts';
import type { NaturalProblems, ProblemsByStatus } from '../dialect.ts';
import type { NaturalProblemsOf } from '../natural-problems.ts';
import { aggregateProblems } from './aggregates/natural-problems.ts';
import { contract } from './contract.ts';
import { extensionProblems } from './extensions/natural-problems.ts';
import { flavorChangeProblems, flavorProblems } from './flavors/natural-problems.ts';
import { hostProblems } from './hosts/natural-problems.ts';
import { imageProblems } from './images/natural-problems.ts';
import { keypairProblems } from './keypairs/natural-problems.ts';
import { metadataProblems } from './metadata/natural-problems.ts';
import { COMMON, policyDenied } from './protocol/reasons.ts';
import { quotaProblems } from './quotas/natural-problems.ts';
import { serverGroupProblems } from './server-groups/natural-problems.ts';
import { actionProblems, serverProblems } from './servers/natural-problems.ts';
import { snapshotProblems } from './snapshots/natural-problems.ts';
import { usageProblems } from './usage/natural-problems.ts';
import { zoneProblems } from './zones/natural-problems.ts';

const PROBLEMS: NaturalProblemsOf<typeof contract.operations> = {
  listVersions: {},
  showVersion: {},
  showLimits: { 403: policyDenied('limits:other_project') },
  ...imageProblems,
  ...metadataProblems,
  ...snapshotProblems,
  ...quotaProblems,
  ...usageProblems,
  ...zoneProblems,
  ...keypairProblems,
  ...flavorProblems,
  ...flavorChangeProblems,
  ...serverProblems,
  ...actionProblems,
  ...serverGroupProblems,
  ...extensionProblems,
  ...hostProblems,
  ...aggregateProblems,
};

/** Adds the reasons that all operations have, for the statuses that the operation returns. */
function withCommon(own: ProblemsByStatus, { statuses, alsoSeen = [] }: Operation): ProblemsByStatus {
  const common = Object.entries(COMMON).filter(([status]) => [...statuses, ...alsoSeen].includes(Number(status)));
  return {
    ...own,
    ...Object.fromEntries(common.map(([status, reasons]) => [status, { ...own[Number(status)], ...reasons }])),
  };
}

const NATURAL_PROBLEMS: NaturalProblems = Object.fromEntries(
  Object.entries<Operation>(contract.operations).map(([id, operation]) => [
    id,
    withCommon(PROBLEMS[id as keyof typeof PROBLEMS] as ProblemsByStatus, operation),
  ]),
);

/** Returns the reasons for the errors of the operations of `contract.ts`. */
export const naturalProblems = (): NaturalProblems => NATURAL_PROBLEMS;
