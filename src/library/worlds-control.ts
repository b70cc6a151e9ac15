import { contextOf, type Methods } from '../admin/invoke.ts';
import { ADMIN_GROUPS } from '../admin/operations/index.ts';
import { assertValidBody } from '../admin/validate.ts';
import { createWorld, type NewWorld } from '../admin/worlds.ts';
import { controlWorld, type WorldControl, type WorldControlDependencies } from './world-control.ts';

type WorldsMethods = Methods<typeof ADMIN_GROUPS.worlds>;

/** Creates, finds and drops worlds. */
export interface WorldsControl extends Record<keyof WorldsMethods, unknown> {
  /**
   * Creates a world.
   * @throws InputError for invalid options.
   * @throws AdminError 404 for an unknown world or snapshot to copy, 409 for a name that is in use.
   */
  create(world?: NewWorld): WorldControl;
  list(): readonly WorldControl[];
  get(name: string): WorldControl | undefined;
  /** Drops a world; returns whether it existed. The default world cannot be dropped. */
  drop(name: string): boolean;
}

/** Creates the control of all worlds of a process. */
export function controlWorlds(dependencies: WorldControlDependencies): WorldsControl {
  const { host, rootOf } = dependencies;
  const { worlds } = host;
  const context = contextOf(worlds.default, host, rootOf);
  return {
    create: (world = {}) => {
      assertValidBody(ADMIN_GROUPS.worlds.create, world);
      return controlWorld(createWorld(world, context), dependencies);
    },
    list: () => worlds.list().map((world) => controlWorld(world, dependencies)),
    get: (name) => {
      const world = worlds.get(name);
      return world && controlWorld(world, dependencies);
    },
    drop: (name) => worlds.drop(name),
  };
}
