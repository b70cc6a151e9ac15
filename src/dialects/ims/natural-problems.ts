import type { NaturalProblems } from '../dialect.ts';
import type { NaturalProblemsOf } from '../natural-problems.ts';
import { cloudImageProblems } from './cloud-images/natural-problems.ts';
import type { contract } from './contract.ts';
import { imageProblems } from './images/natural-problems.ts';
import { jobProblems } from './jobs/natural-problems.ts';
import { memberProblems } from './members/natural-problems.ts';
import { osVersionProblems } from './os-versions/natural-problems.ts';
import { schemaProblems } from './schemas/natural-problems.ts';
import { tagProblems } from './tags/natural-problems.ts';
import { v1Problems } from './v1/natural-problems.ts';
import { versionProblems } from './versions/natural-problems.ts';

const PROBLEMS: NaturalProblemsOf<typeof contract.operations> = {
  ...versionProblems,
  ...imageProblems,
  ...cloudImageProblems,
  ...osVersionProblems,
  ...memberProblems,
  ...tagProblems,
  ...v1Problems,
  ...jobProblems,
  ...schemaProblems,
};

/** Returns the reasons for the errors of the operations of `contract.ts`. */
export const naturalProblems = (): NaturalProblems => PROBLEMS;
