import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { NOT_FOUND, policyDenied } from '../protocol/reasons.ts';
import type { extensionOperations } from './contract.ts';

const DENIED = policyDenied('extensions');

/** Reasons for the errors of extensions. */
export const extensionProblems: NaturalProblemsOf<typeof extensionOperations> = {
  listExtensions: { 403: DENIED },
  showExtension: { 403: DENIED, 404: NOT_FOUND },
};
