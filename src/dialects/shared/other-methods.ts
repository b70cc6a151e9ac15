import type { Operation } from '../../contract/contract.ts';

/**
 * Returns a function that lists the other methods of an operation's path, for the Allow header of an injected 405. The
 * operation's own method is omitted, since the response rejects it.
 */
export function otherMethods(
  operations: Readonly<Record<string, Operation>>,
): (operation: Operation) => readonly string[] {
  const byPath = new Map<string, Set<string>>();
  for (const { path, method } of Object.values(operations)) {
    byPath.set(path, (byPath.get(path) ?? new Set()).add(method.toUpperCase()));
  }
  return ({ path, method }) => [...(byPath.get(path) ?? [])].filter((offered) => offered !== method.toUpperCase());
}
