import type { ConductRule } from '../rule.ts';
import { httpRules } from './http.ts';
import { imageRules } from './images.ts';
import { loginRules } from './logins.ts';
import { pagingRules } from './paging.ts';
import { pollingRules } from './polling.ts';
import { retryRules } from './retries.ts';
import { uploadRules } from './uploads.ts';
import { waitingRules } from './waiting.ts';

/** All rules, in the order of reports. */
export const CONDUCT_RULES: readonly ConductRule[] = [
  ...waitingRules,
  ...retryRules,
  ...uploadRules,
  ...pollingRules,
  ...pagingRules,
  ...loginRules,
  ...httpRules,
  ...imageRules,
];
