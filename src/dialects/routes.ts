import { PathTree } from '../contract/path.ts';
import type { Dialect, OperationRef } from './dialect.ts';

/** A path below a world's root that a dialect serves. */
export interface Mount {
  /** Such as `/rackspace/images`. */
  readonly path: string;
  readonly dialect: Dialect;
  readonly tree: PathTree<OperationRef>;
}

/** All operations of the dialects and the paths that serve them. */
export interface Routes {
  readonly operations: readonly OperationRef[];
  /** Longest paths first, so that the first match is the right one. */
  readonly mounts: readonly Mount[];
  /** Returns the operation of a name such as `image-v2.showImage`. */
  operation(name: string): OperationRef | undefined;
}

const built = new WeakMap<readonly Dialect[], Routes>();

/** Returns the routes of the dialects. All emulators of a process share the routes of the same list. */
export function buildRoutes(dialects: readonly Dialect[]): Routes {
  const routes = built.get(dialects) ?? routesOf(dialects);
  built.set(dialects, routes);
  return routes;
}

/** Builds a path tree for each mount from the operations of the dialects. */
function routesOf(dialects: readonly Dialect[]): Routes {
  const operations = referencesOf(dialects);
  const mounts = new Map<string, Mount>();
  for (const ref of operations) {
    const { dialect, operation } = ref;
    const path = operation.mount ?? dialect.contract.mount;
    let mount = mounts.get(path);
    if (mount === undefined) {
      mount = { path, dialect, tree: new PathTree(dialect.decoding.segment) };
      mounts.set(path, mount);
    }
    mount.tree.add(operation.method, operation.path, ref);
  }
  const byName = new Map(operations.map((ref) => [ref.name, ref]));
  return {
    operations,
    mounts: [...mounts.values()].sort((a, b) => b.path.length - a.path.length),
    operation: (name) => byName.get(name),
  };
}

/** All operations of the dialects with their handlers. */
const referencesOf = (dialects: readonly Dialect[]): readonly OperationRef[] =>
  dialects
    .flatMap((dialect) =>
      Object.entries(dialect.contract.operations).map(([id, operation]) => ({ dialect, id, operation })),
    )
    .map(({ dialect, id, operation }, index) => {
      const name = `${dialect.name}.${id}`;
      const handler = dialect.handlers[id];
      if (handler === undefined) throw new Error(`${name} has no handler`);
      return { name, dialect, id, operation, handler, index };
    });
