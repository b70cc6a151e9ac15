import { BODY_UNEXPECTED } from '../../glance/reasons.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { NOT_PUBLISHED, PROJECT_REJECTED } from '../reasons.ts';
import type { schemaOperations } from './contract.ts';

const SCHEMA = { 400: BODY_UNEXPECTED, 403: PROJECT_REJECTED, 404: NOT_PUBLISHED };

/** Reasons for the errors of the schema operations. */
export const schemaProblems: NaturalProblemsOf<typeof schemaOperations> = {
  showImagesSchema: SCHEMA,
  showImageSchema: SCHEMA,
  showMembersSchema: SCHEMA,
  showMemberSchema: SCHEMA,
};
