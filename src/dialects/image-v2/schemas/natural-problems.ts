import { BODY_UNEXPECTED } from '../../glance/reasons.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import type { schemaOperations } from './contract.ts';

const PROBLEMS = { 400: BODY_UNEXPECTED };

/** Reasons for the errors of the operations that return schemas. */
export const schemaProblems: NaturalProblemsOf<typeof schemaOperations> = {
  showImageSchema: PROBLEMS,
  showImagesSchema: PROBLEMS,
  showMemberSchema: PROBLEMS,
  showMembersSchema: PROBLEMS,
  showTaskSchema: PROBLEMS,
  showTasksSchema: PROBLEMS,
};
