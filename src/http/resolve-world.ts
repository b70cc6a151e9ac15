import { nearestName } from '../contract/nearest.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { tokenOf } from '../dialects/shared/token-headers.ts';
import { parseSignature } from '../identity/signature.ts';
import { splitName } from '../identity/world-name.ts';
import type { World } from '../world/world.ts';
import type { HttpCall } from './http-call.ts';

/** Finds the worlds of requests. */
export interface WorldFinder {
  get(name: string): World | undefined;
  /** The world that a token was issued for, if the token identifies it. */
  ofToken(token: string): World | undefined;
  list(): readonly World[];
}

/**
 * Resolves the world of a request whose address names none: the world of its token or access key, or else the default world.
 */
export function resolveWorld(call: HttpCall, defaultWorld: World, worlds: WorldFinder): World {
  const token = tokenOf(call);
  if (token !== undefined) return worlds.ofToken(token) ?? defaultWorld;
  const { authorization } = call.headers;
  if (authorization?.includes('@') !== true) return defaultWorld;
  const accessKey = parseSignature(authorization)?.accessKey ?? '';
  const named = defaultWorld.identity.index.accessKey(accessKey) === undefined ? splitName(accessKey) : undefined;
  return named === undefined ? defaultWorld : (find(named.world, call, worlds) ?? defaultWorld);
}

/** A request whose body may name its world. */
interface LogIn {
  readonly call: HttpCall;
  readonly dialect: Dialect;
  /** The world of the address. */
  readonly addressed: World;
  readonly worlds: WorldFinder;
}

/** Resolves the world that a login names in its body, and removes the name from the body. */
export function resolveLogInWorld({ call, dialect, addressed, worlds }: LogIn): World {
  const named = call.body && dialect.worldOfLogIn?.(call.body, addressed);
  if (named === undefined) return addressed;
  if ('token' in named) return (call.isPlain ? worlds.ofToken(named.token) : undefined) ?? addressed;
  const world = find(named.world, call, worlds);
  // An address that names a world accepts no other one.
  if (world === undefined || !(call.isPlain || world === addressed)) return addressed;
  call.body = named.body;
  return world;
}

function find(name: string, call: HttpCall, worlds: WorldFinder): World | undefined {
  const world = worlds.get(name);
  if (world === undefined) {
    const nearest = nearestName(
      name,
      worlds.list().map((each) => each.name),
    );
    const guess = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
    const shown = name.slice(0, 64);
    call.hint = `The name ends with "@${shown}", but no world is called "${shown}".${guess} Create it with POST /__admin/worlds.`;
  }
  return world;
}
