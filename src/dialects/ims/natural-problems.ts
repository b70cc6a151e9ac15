import type { NaturalProblems } from '../dialect.ts';
import type { NaturalProblemsOf } from '../natural-problems.ts';
import { cloudImageProblems, jobProblems, osVersionProblems, tagProblems } from './cloud-image-problems.ts';
import type { contract } from './contract.ts';
import {
  imageProblems,
  memberProblems,
  nativeTagProblems,
  schemaProblems,
  v1Problems,
  versionProblems,
} from './native-problems.ts';

const PROBLEMS: NaturalProblemsOf<typeof contract.operations> = {
  ...versionProblems,
  ...imageProblems,
  ...cloudImageProblems,
  ...osVersionProblems,
  ...memberProblems,
  ...nativeTagProblems,
  ...tagProblems,
  ...v1Problems,
  ...jobProblems,
  ...schemaProblems,
};

/** Reasons for the errors of the operations of `contract.ts`. */
export const naturalProblems: NaturalProblems = PROBLEMS;
