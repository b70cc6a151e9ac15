import type { Operation } from '../contract/contract.ts';
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
  const trees = new Map<string, PathTree<OperationRef>>();
  const operations = referencesOf(dialects, (path) => trees.get(path));
  const mounts: Mount[] = [];
  for (const ref of operations) {
    const { dialect, operation } = ref;
    const path = mountOf(ref);
    let tree = trees.get(path);
    if (tree === undefined) {
      tree = new PathTree(dialect.decoding.segment);
      trees.set(path, tree);
      mounts.push({ path, dialect, tree });
    }
    tree.add(operation.method, operation.path, ref);
  }
  const byName = new Map(operations.map((ref) => [ref.name, ref]));
  return {
    operations,
    mounts: mounts.sort((a, b) => b.path.length - a.path.length),
    operation: (name) => byName.get(name),
  };
}

const mountOf = ({ dialect, operation }: Pick<OperationRef, 'dialect' | 'operation'>): string =>
  operation.mount ?? dialect.contract.mount;

type TreeOf = (mount: string) => PathTree<OperationRef> | undefined;

/** An operation whose reasons and other methods are worked out when they are first read: few starts need them. */
class Reference implements OperationRef {
  readonly name: string;
  readonly dialect: Dialect;
  readonly id: string;
  readonly operation: Operation;
  readonly handler: OperationRef['handler'];
  readonly index: number;
  readonly #treeOf: TreeOf;
  #problems: OperationRef['problems'] | undefined;
  #otherMethods: readonly string[] | undefined;

  constructor(ref: Pick<OperationRef, 'dialect' | 'id' | 'operation' | 'index'>, treeOf: TreeOf) {
    const { dialect, id, operation, index } = ref;
    const name = `${dialect.name}.${id}`;
    const handler = dialect.handlers[id];
    if (handler === undefined) throw new Error(`${name} has no handler`);
    this.name = name;
    this.dialect = dialect;
    this.id = id;
    this.operation = operation;
    this.handler = handler;
    this.index = index;
    this.#treeOf = treeOf;
  }

  get problems(): OperationRef['problems'] {
    this.#problems ??= reasonsOf(this.dialect, this.id, this.operation);
    return this.#problems;
  }

  get otherMethods(): readonly string[] {
    const { method, path } = this.operation;
    this.#otherMethods ??= [...(this.#treeOf(mountOf(this))?.at(path).keys() ?? [])].filter(
      (other) => other !== method.toUpperCase(),
    );
    return this.#otherMethods;
  }
}

/** All operations of the dialects with their handlers. */
const referencesOf = (dialects: readonly Dialect[], treeOf: TreeOf): readonly OperationRef[] =>
  dialects
    .flatMap((dialect) =>
      Object.entries(dialect.contract.operations).map(([id, operation]) => ({ dialect, id, operation })),
    )
    .map((ref, index) => new Reference({ ...ref, index }, treeOf));
