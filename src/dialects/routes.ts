import { PathTree } from '../contract/path.ts';
import type { Dialect, OperationRef } from './dialect.ts';

/** One place below a world's root at which a dialect answers. */
export interface Mount {
  /** `/rackspace/images`. */
  readonly path: string;
  readonly dialect: Dialect;
  readonly tree: PathTree<OperationRef>;
}

/** All operations of the given dialects, and where they answer. */
export interface Routes {
  readonly operations: readonly OperationRef[];
  /** Longest paths first, so that the first that fits is the right one. */
  readonly mounts: readonly Mount[];
  operation(name: string): OperationRef | undefined;
}

/** Puts the operations of all dialects into a tree for each mount. */
export function buildRoutes(dialects: readonly Dialect[]): Routes {
  const operations: OperationRef[] = [];
  const mounts = new Map<string, Mount>();
  for (const dialect of dialects) {
    for (const [id, operation] of Object.entries(dialect.contract.operations)) {
      const handler = dialect.handlers[id];
      if (handler === undefined) throw new Error(`${dialect.name}.${id} has no handler`);
      const ref: OperationRef = {
        name: `${dialect.name}.${id}`,
        dialect,
        id,
        operation,
        handler,
        index: operations.length,
      };
      operations.push(ref);
      const path = operation.mount ?? dialect.contract.mount;
      let mount = mounts.get(path);
      if (mount === undefined) {
        mount = { path, dialect, tree: new PathTree() };
        mounts.set(path, mount);
      }
      mount.tree.add(operation.method, operation.path, ref);
    }
  }
  const byName = new Map(operations.map((ref) => [ref.name, ref]));
  return {
    operations,
    mounts: [...mounts.values()].sort((a, b) => b.path.length - a.path.length),
    operation: (name) => byName.get(name),
  };
}
