import type { Operation } from '../../contract/contract.ts';
import type { NaturalProblems, ProblemsByStatus } from '../dialect.ts';
import { FAILED, glanceErrorReply } from '../glance/errors.ts';
import { BODY_UNEXPECTED, PATH_NOT_FOUND } from '../glance/reasons.ts';
import type { NaturalProblemsOf } from '../natural-problems.ts';
import { cacheProblems } from './cache/natural-problems.ts';
import { contract } from './contract.ts';
import { discoveryProblems } from './discovery/natural-problems.ts';
import { imageDataProblems } from './image-data/natural-problems.ts';
import { imageProblems } from './images/natural-problems.ts';
import { importProblems } from './import/natural-problems.ts';
import { memberProblems } from './members/natural-problems.ts';
import { metadefProblems } from './metadefs/natural-problems.ts';
import { schemaProblems } from './schemas/natural-problems.ts';
import { taskProblems } from './tasks/natural-problems.ts';

const PROBLEMS: NaturalProblemsOf<typeof contract.operations> = {
  listVersions: {},
  listVersionsExplicit: {},
  ...imageProblems,
  ...imageDataProblems,
  ...memberProblems,
  ...discoveryProblems,
  ...importProblems,
  ...taskProblems,
  ...cacheProblems,
  ...metadefProblems,
  ...schemaProblems,
};

/** Reasons that every operation has for a status, unless it has others. */
const COMMON: ProblemsByStatus = {
  400: BODY_UNEXPECTED,
  404: PATH_NOT_FOUND,
  500: { 'server-error': ({ call }) => glanceErrorReply(500, FAILED, call) },
};

/** Adds the common reasons for the statuses that an operation returns. */
function withCommon(own: ProblemsByStatus = {}, { statuses, alsoSeen = [] }: Operation): ProblemsByStatus {
  const missing = [...statuses, ...alsoSeen].filter(
    (status) => own[status] === undefined && COMMON[status] !== undefined,
  );
  return { ...own, ...Object.fromEntries(missing.map((status) => [status, COMMON[status]])) };
}

const NATURAL_PROBLEMS: NaturalProblems = Object.fromEntries(
  Object.entries<Operation>(contract.operations).map(([id, operation]) => [
    id,
    withCommon((PROBLEMS as NaturalProblems)[id], operation),
  ]),
);

/** Returns the reasons for the errors of the operations of `contract.ts`. */
export const naturalProblems = (): NaturalProblems => NATURAL_PROBLEMS;
