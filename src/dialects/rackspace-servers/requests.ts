import type { Caller } from '../../domain/caller.ts';
import { requestRules } from '../shared/refusal.ts';
import { fault } from './problems.ts';

/** How requests are read here. */
export const rules = requestRules(fault);

/** @throws Refusal 403 for a caller who may only look. */
export function checkWriter({ isReader }: Pick<Caller, 'isReader'>): void {
  if (isReader) rules.refuse(403, 'Your role allows you to look and not to change anything.');
}

/**
 * What the product's role for making leaves out is removing.
 * @throws Refusal 403.
 */
export function checkRemover(caller: Caller): void {
  checkWriter(caller);
  const { roles } = caller;
  if (roles.includes('nova:creator') && !roles.includes('nova:admin')) {
    rules.refuse(403, 'Your role allows you to make and change and not to remove anything.');
  }
}
