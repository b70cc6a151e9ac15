import { BODY_UNEXPECTED } from '../../glance/reasons.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { TOKEN_OPTIONAL } from '../../reasons.ts';
import { NOT_PUBLISHED, PROJECT_REJECTED } from '../reasons.ts';
import type { versionOperations } from './contract.ts';

const GUARDED = { 400: BODY_UNEXPECTED, 401: TOKEN_OPTIONAL, 403: PROJECT_REJECTED, 404: NOT_PUBLISHED };

/** Reasons for the errors of the version operations. */
export const versionProblems: NaturalProblemsOf<typeof versionOperations> = {
  listVersions: GUARDED,
  showVersion: GUARDED,
};
