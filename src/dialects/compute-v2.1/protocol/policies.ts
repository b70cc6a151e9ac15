import type { Reply } from '../../../contract/contract.ts';
import type { Caller } from '../../../domain/caller.ts';
import { fault } from './errors.ts';

/** Nova's message for a policy rule that denies a request. @param rule - such as `limits:other_project`. */
export const deniedBy = (rule: string): string => `Policy doesn't allow os_compute_api:${rule} to be performed.`;

/** A 403 for callers who are not administrators. @param rule - such as `os-flavor-manage:create`. */
export const requireAdmin = ({ isAdmin }: Pick<Caller, 'isAdmin'>, rule: string): Reply | undefined =>
  isAdmin ? undefined : fault(403, deniedBy(rule));
