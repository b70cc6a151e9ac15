import type { Operation } from '../../contract/contract.ts';

/**
 * Tells what else the path of an operation offers, for the Allow of a refusal that was injected: the refused method
 * cannot be among those that are offered.
 */
export function otherMethods(operations: Readonly<Record<string, Operation>>): (operation: Operation) => string {
  const byPath = new Map<string, Set<string>>();
  for (const { path, method } of Object.values(operations)) {
    byPath.set(path, (byPath.get(path) ?? new Set()).add(method.toUpperCase()));
  }
  return ({ path, method }) =>
    [...(byPath.get(path) ?? [])].filter((offered) => offered !== method.toUpperCase()).join(', ');
}
