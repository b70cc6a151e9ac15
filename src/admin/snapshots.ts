import type { World } from '../world/world.ts';
import { assertValidName } from '../world/world-name.ts';
import type { WorldState } from '../world/world-state.ts';
import { alreadyExists, noSuchName } from './problems.ts';

/** A snapshot, as the admin API shows it. */
export interface SnapshotView {
  readonly name: string;
}

/** Lists the snapshots of a world, oldest first. */
export const listSnapshots = (world: World): readonly SnapshotView[] =>
  [...world.snapshots.keys()].map((name) => ({ name }));

/**
 * Takes a snapshot of a world.
 * @param requested - its name; generated when omitted.
 * @throws InputError for an invalid name.
 * @throws AdminError 409 for a name that is in use.
 */
export function takeSnapshot(world: World, requested?: string): SnapshotView {
  const name = requested ?? freeName(world);
  assertValidName(name, 'snapshot');
  if (world.snapshots.has(name)) {
    throw alreadyExists(`Snapshot "${name}" of this world exists already.`, { pointer: '/name', found: name });
  }
  world.takeSnapshot(name);
  return { name };
}

function freeName(world: World): string {
  let number = world.snapshots.size + 1;
  while (world.snapshots.has(`s${number}`)) number += 1;
  return `s${number}`;
}

/**
 * Restores a world to the state of a snapshot.
 * @throws AdminError 404 for an unknown snapshot.
 */
export function restoreSnapshot(world: World, name: string): void {
  snapshotOf(world, name, '/name');
  world.restore(name);
}

/**
 * Drops a snapshot.
 * @throws AdminError 404 for an unknown snapshot.
 */
export function dropSnapshot(world: World, name: string): void {
  snapshotOf(world, name, '/name');
  world.dropSnapshot(name);
}

/**
 * Returns the state in a snapshot.
 * @param pointer - JSON pointer of the name in the request, for the error.
 * @throws AdminError 404 for an unknown snapshot.
 */
export function snapshotOf(world: World, name: string, pointer: string): WorldState {
  const state = world.snapshots.get(name);
  if (state !== undefined) return state;
  throw noSuchName(`Snapshot "${name}" of world "${world.name}" does not exist`, {
    pointer,
    found: name,
    names: [...world.snapshots.keys()],
  });
}
