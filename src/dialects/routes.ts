import { existsAt, isReleased, type ReleaseRanks } from '../base/release.ts';
import type { Operation } from '../contract/contract.ts';
import { PathTree } from '../contract/path.ts';
import type { Dialect, OperationRef } from './dialect.ts';
import { reasonsOf } from './reasons.ts';

/** A path below a world's root that a dialect serves. */
export interface Mount {
  /** Such as `/rackspace/images`. */
  readonly path: string;
  readonly dialect: Dialect;
  /** Where its release is in the releases of a world. */
  readonly releaseOf: keyof ReleaseRanks;
  /** The operations of all releases. */
  readonly tree: PathTree<OperationRef>;
  /** Returns the operations of a release. @param rank - the release, as in `RANK`. */
  treeAt(rank: number): PathTree<OperationRef>;
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

const addTo = (tree: PathTree<OperationRef>, ref: OperationRef): void =>
  tree.add(ref.operation.method, ref.operation.path, ref, ref.operation.isExclusivePath);

/** A mount whose trees are built when a request needs them. */
class LazyMount implements Mount {
  readonly path: string;
  readonly dialect: Dialect;
  readonly releaseOf: keyof ReleaseRanks;
  readonly tree: PathTree<OperationRef>;
  readonly #refs: OperationRef[] = [];
  readonly #byRank: PathTree<OperationRef>[] = [];

  constructor(path: string, dialect: Dialect) {
    this.path = path;
    this.dialect = dialect;
    this.releaseOf = isReleased(dialect.name) ? dialect.name : 'world';
    this.tree = new PathTree(dialect.decoding.segment);
  }

  /** Adds an operation, before requests arrive. */
  add(ref: OperationRef): void {
    this.#refs.push(ref);
    addTo(this.tree, ref);
  }

  treeAt(rank: number): PathTree<OperationRef> {
    const built = this.#byRank[rank] ?? this.#build(rank);
    this.#byRank[rank] = built;
    return built;
  }

  #build(rank: number): PathTree<OperationRef> {
    const existing = this.#refs.filter(({ operation }) => existsAt(operation, rank));
    if (existing.length === this.#refs.length) return this.tree;
    const tree = new PathTree<OperationRef>(this.dialect.decoding.segment);
    for (const ref of existing) addTo(tree, ref);
    return tree;
  }
}

/** Builds a path tree for each mount from the operations of the dialects. */
function routesOf(dialects: readonly Dialect[]): Routes {
  const mounts = new Map<string, LazyMount>();
  const operations = referencesOf(dialects, (path) => mounts.get(path)?.tree);
  for (const ref of operations) {
    const path = mountOf(ref);
    let mount = mounts.get(path);
    if (mount === undefined) {
      mount = new LazyMount(path, ref.dialect);
      mounts.set(path, mount);
    }
    mount.add(ref);
  }
  const byName = new Map(operations.map((ref) => [ref.name, ref]));
  return {
    operations,
    mounts: [...mounts.values()].sort((a, b) => b.path.length - a.path.length),
    operation: (name) => byName.get(name),
  };
}

const mountOf = ({ dialect, operation }: Pick<OperationRef, 'dialect' | 'operation'>): string =>
  operation.mount ?? dialect.contract.mount;

type HandlersOf = () => ReturnType<Dialect['handlers']>;
type TreeOf = (mount: string) => PathTree<OperationRef> | undefined;

/** An operation whose handler, reasons and other methods are worked out when they are first read: few starts need them. */
class Reference implements OperationRef {
  readonly name: string;
  readonly dialect: Dialect;
  readonly id: string;
  readonly operation: Operation;
  readonly index: number;
  readonly #handlersOf: HandlersOf;
  readonly #treeOf: TreeOf;
  #handler: OperationRef['handler'] | undefined;
  #problems: OperationRef['problems'] | undefined;
  #otherMethods: readonly string[] | undefined;

  constructor(
    ref: Pick<OperationRef, 'dialect' | 'id' | 'operation' | 'index'>,
    handlersOf: HandlersOf,
    treeOf: TreeOf,
  ) {
    const { dialect, id, operation, index } = ref;
    this.name = `${dialect.name}.${id}`;
    this.dialect = dialect;
    this.id = id;
    this.operation = operation;
    this.index = index;
    this.#handlersOf = handlersOf;
    this.#treeOf = treeOf;
  }

  get handler(): OperationRef['handler'] {
    if (this.#handler === undefined) {
      this.#handler = this.#handlersOf()[this.id];
      if (this.#handler === undefined) throw new Error(`${this.name} has no handler`);
    }
    return this.#handler;
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

/** All operations of the dialects. */
const referencesOf = (dialects: readonly Dialect[], treeOf: TreeOf): readonly OperationRef[] =>
  dialects
    .flatMap((dialect) => {
      const handlersOf = once(() => dialect.handlers());
      return Object.entries(dialect.contract.operations).map(([id, operation]) => ({
        ref: { dialect, id, operation },
        handlersOf,
      }));
    })
    .map(({ ref, handlersOf }, index) => new Reference({ ...ref, index }, handlersOf, treeOf));

/** Returns a function that calls another one at most once. */
function once<T>(create: () => T): () => T {
  let created: { readonly value: T } | undefined;
  return () => {
    created ??= { value: create() };
    return created.value;
  };
}
