import type { World } from '../world/world.ts';
import type { WorldState } from '../world/world-state.ts';
import { assertValidName } from '../world/worlds.ts';
import { AdminError } from './problems.ts';

/** What a world was at some time, as the admin API shows it. */
export interface SnapshotView {
  readonly name: string;
}

/** Snapshots of a world, the oldest first. */
export const listSnapshots = (world: World): readonly SnapshotView[] =>
  [...world.snapshots.keys()].map((name) => ({ name }));

/**
 * Keeps a world as it is now.
 * @param wanted - its name; one is made up when left out.
 * @throws InputError for a name that cannot stand in an address.
 * @throws AdminError 409 for a name that is taken.
 */
export function takeSnapshot(world: World, wanted?: string): SnapshotView {
  const name = wanted ?? freeName(world);
  assertValidName(name, 'snapshot');
  if (world.snapshots.has(name)) {
    throw new AdminError(409, `There is a snapshot "${name}" of this world already.`, [
      { pointer: '/name', message: 'there is a snapshot of this name', found: name, allowed: 'a name that is free' },
    ]);
  }
  world.takeSnapshot(name);
  return { name };
}

function freeName(world: World): string {
  let number = world.snapshots.size + 1;
  while (world.snapshots.has(`s${number}`)) number += 1;
  return `s${number}`;
}

/** @throws AdminError 404 */
export function restoreSnapshot(world: World, name: string): void {
  snapshotOf(world, name, '/name');
  world.restore(name);
}

/** @throws AdminError 404 */
export function dropSnapshot(world: World, name: string): void {
  snapshotOf(world, name, '/name');
  world.dropSnapshot(name);
}

/**
 * What a world was.
 * @param pointer - where the name stands.
 * @throws AdminError 404
 */
export function snapshotOf(world: World, name: string, pointer: string): WorldState {
  const state = world.snapshots.get(name);
  if (state !== undefined) return state;
  throw new AdminError(404, `There is no snapshot "${name}" of the world "${world.name}".`, [
    { pointer, message: 'there is no such snapshot', found: name, allowed: [...world.snapshots.keys()] },
  ]);
}
