import type { Caller } from '../../domain/caller.ts';
import { requestRules } from '../shared/refusal.ts';
import { fault } from './problems.ts';

/** How requests are read here. */
export const rules = requestRules(fault);

/** @throws Refusal 403 for a caller who may only look. */
export function checkWriter({ isReader }: Pick<Caller, 'isReader'>): void {
  if (isReader) rules.refuse(403, 'Your role allows you to look at images and not to change them.');
}

/**
 * What the product's role for making images leaves out is removing them.
 * @throws Refusal 403.
 */
export function checkRemover(caller: Caller): void {
  checkWriter(caller);
  const { roles } = caller;
  if (roles.includes('cloudImages:creator') && !roles.includes('cloudImages:admin')) {
    rules.refuse(403, 'Your role allows you to make and change images and not to remove anything.');
  }
}
