import type { NaturalProblems } from '../dialect.ts';
import type { NaturalProblemsOf } from '../natural-problems.ts';
import type { contract } from './contract.ts';
import { imageProblems } from './images/natural-problems.ts';
import { metadataProblems } from './metadata/natural-problems.ts';
import { snapshotProblems } from './snapshots/natural-problems.ts';

const PROBLEMS: NaturalProblemsOf<typeof contract.operations> = {
  listVersions: {},
  showVersion: {},
  showLimits: {},
  ...imageProblems,
  ...metadataProblems,
  ...snapshotProblems,
};

/** Reasons for the errors of the operations of `contract.ts`. */
export const naturalProblems: NaturalProblems = PROBLEMS;
