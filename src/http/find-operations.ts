import type { OperationRef } from '../dialects/dialect.ts';
import type { Mount } from '../dialects/routes.ts';
import type { World } from '../world/world.ts';
import type { HttpCall } from './http-call.ts';

/** What is at the path of a request in the release of its world. */
interface FoundOperations {
  /** The operations with its method; several ones differ in the request. `undefined` if there is none. */
  readonly refs: readonly OperationRef[] | undefined;
  /** The operations at its path, by method, for a request that matches none. */
  readonly offered: ReadonlyMap<string, readonly OperationRef[]>;
}

const NONE: FoundOperations['offered'] = new Map();

/** Finds the operations of a request below a mount, also those that only other releases have. Sets its path parameters. */
export function findOperations(call: HttpCall, mount: Mount, { releases }: World): FoundOperations {
  const { dialect } = mount;
  const tree = mount.treeAt(releases[mount.releaseOf]);
  const routed = dialect.normalise ? dialect.normalise(call.path, call.headers, releases) : call.path;
  const isHead = call.method === 'HEAD' && dialect.acceptsHead === true;
  const found = tree.find(call.method, routed) ?? (isHead ? tree.find('GET', routed) : undefined);
  if (found !== undefined) {
    call.params = found.params;
    return { refs: found.values, offered: NONE };
  }
  const offered = tree.at(routed);
  const elsewhere = tree === mount.tree ? undefined : mount.tree.find(call.method, routed);
  if (elsewhere === undefined) return { refs: undefined, offered };
  call.params = elsewhere.params;
  call.offered = [...offered.keys()];
  return { refs: elsewhere.values, offered };
}

/** Chooses between several operations of one method and path. */
export function chosen(refs: readonly OperationRef[], call: HttpCall): OperationRef | undefined {
  if (refs.length === 1) return refs[0];
  const id = refs[0]?.dialect.choose?.(
    refs.map((ref) => ref.id),
    call,
  );
  return refs.find((ref) => ref.id === id);
}
