import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { NOT_PUBLISHED, PROJECT_REJECTED, TOKEN_UNSCOPED, wrongQuery } from '../reasons.ts';
import type { osVersionOperations } from './contract.ts';

/** Reasons for the errors of the operation that lists operating systems. */
export const osVersionProblems: NaturalProblemsOf<typeof osVersionOperations> = {
  listOsVersions: {
    400: { ...wrongQuery('tag-unknown', 'tag=none'), ...TOKEN_UNSCOPED },
    403: PROJECT_REJECTED,
    404: NOT_PUBLISHED,
  },
};
