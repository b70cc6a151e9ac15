import { InputError } from './domain/input-error.ts';
import { World, type WorldParts, type WorldState } from './world.ts';

export const DEFAULT_WORLD = 'default';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** All worlds of one process, by name. */
export class Worlds {
  readonly #worlds = new Map<string, World>();
  readonly #parts: WorldParts;

  constructor(origin: WorldState, parts: WorldParts) {
    this.#parts = parts;
    this.#worlds.set(DEFAULT_WORLD, new World(DEFAULT_WORLD, origin, parts));
  }

  get(name: string): World | undefined {
    return this.#worlds.get(name);
  }

  get default(): World {
    return this.#worlds.get(DEFAULT_WORLD) as World;
  }

  list(): readonly World[] {
    return [...this.#worlds.values()];
  }

  /** @throws InputError for a name that is taken or that cannot stand in an address. */
  make(name: string, origin: WorldState): World {
    if (!NAME.test(name)) {
      throw new InputError('world', [
        {
          pointer: '/name',
          message: 'cannot be the name of a world',
          found: name,
          allowed: '1 to 64 letters, digits, ".", "_" and "-", a letter or digit first',
        },
      ]);
    }
    if (this.#worlds.has(name)) {
      throw new InputError('world', [
        { pointer: '/name', message: 'there is a world of this name', found: name, allowed: 'a name that is free' },
      ]);
    }
    const world = new World(name, origin, this.#parts);
    this.#worlds.set(name, world);
    return world;
  }

  /** Whether there was one to drop. The default world stays. */
  drop(name: string): boolean {
    return name !== DEFAULT_WORLD && this.#worlds.delete(name);
  }
}
