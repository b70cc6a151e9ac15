import { PathTree } from '../contract/path.ts';
import type { Dialect, OperationRef } from './dialect.ts';
import { reasonsOf } from './reasons.ts';

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
  const references = referencesOf(dialects);
  const otherMethodsOf = otherMethods(references);
  const operations = references.map((ref) => ({ ...ref, otherMethods: otherMethodsOf(ref) }));
  const mounts = new Map<string, Mount>();
  for (const ref of operations) {
    const { dialect, operation } = ref;
    const path = mountOf(ref);
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

const mountOf = ({ dialect, operation }: Reference): string => operation.mount ?? dialect.contract.mount;

/** Returns a function that lists the methods of the paths that an operation shares with others, without its own. */
function otherMethods(references: readonly Reference[]): (ref: Reference) => readonly string[] {
  const trees = new Map<string, PathTree<Reference>>();
  for (const ref of references) {
    const tree = trees.get(mountOf(ref)) ?? new PathTree<Reference>(ref.dialect.decoding.segment);
    trees.set(mountOf(ref), tree);
    tree.add(ref.operation.method, ref.operation.path, ref);
  }
  return (ref) => {
    const { method, path } = ref.operation;
    return [...(trees.get(mountOf(ref))?.at(path).keys() ?? [])].filter((other) => other !== method.toUpperCase());
  };
}

/** An operation before its path is compared with those of the others. */
type Reference = Omit<OperationRef, 'otherMethods'>;

/** All operations of the dialects with their handlers. */
const referencesOf = (dialects: readonly Dialect[]): readonly Reference[] =>
  dialects
    .flatMap((dialect) =>
      Object.entries(dialect.contract.operations).map(([id, operation]) => ({ dialect, id, operation })),
    )
    .map(({ dialect, id, operation }, index) => {
      const name = `${dialect.name}.${id}`;
      const handler = dialect.handlers[id];
      if (handler === undefined) throw new Error(`${name} has no handler`);
      const problems = reasonsOf(dialect, id, operation);
      return { name, dialect, id, operation, handler, problems, index };
    });
