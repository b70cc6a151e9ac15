import type { NaturalProblems } from '../dialect.ts';
import type { NaturalProblemsOf } from '../natural-problems.ts';
import { cacheProblems } from './cache/natural-problems.ts';
import type { contract } from './contract.ts';
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

/** Reasons for the errors of the operations of `contract.ts`. */
export const naturalProblems: NaturalProblems = PROBLEMS;
