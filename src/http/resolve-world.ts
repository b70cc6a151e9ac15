import { nearestName } from '../contract/nearest.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { tokenOf } from '../dialects/shared/token-headers.ts';
import { parseSignature } from '../identity/signature.ts';
import { splitName } from '../identity/world-name.ts';
import type { World } from '../world/world.ts';
import type { HttpCall } from './http-call.ts';

/** The worlds, as requests find theirs. */
export interface WorldFinder {
  get(name: string): World | undefined;
  /** The world of a token that tells its world. */
  ofToken(token: string): World | undefined;
  list(): readonly World[];
}

/** The world of a request whose address names none: that of its token or access key, else the default one. */
export function worldMeant(call: HttpCall, standard: World, worlds: WorldFinder): World {
  const token = tokenOf(call);
  if (token !== undefined) return worlds.ofToken(token) ?? standard;
  const { authorization } = call.headers;
  if (authorization?.includes('@') !== true) return standard;
  const accessKey = parseSignature(authorization)?.accessKey ?? '';
  const named = standard.identity.index.accessKey(accessKey) === undefined ? splitName(accessKey) : undefined;
  return named === undefined ? standard : (find(named.world, call, worlds) ?? standard);
}

/**
 * The world that a log-in is for; takes the name of that world out of its body.
 * @param found - the world of its address.
 */
export function worldOfLogIn(call: HttpCall, dialect: Dialect, found: World, worlds: WorldFinder): World {
  const said = call.body && dialect.worldOfLogIn?.(call.body, found);
  if (said === undefined) return found;
  if ('token' in said) return (call.isPlain ? worlds.ofToken(said.token) : undefined) ?? found;
  const named = find(said.world, call, worlds);
  // An address that names a world leads to no other.
  if (named === undefined || !(call.isPlain || named === found)) return found;
  call.body = said.body;
  return named;
}

function find(name: string, call: HttpCall, worlds: WorldFinder): World | undefined {
  const world = worlds.get(name);
  if (world === undefined) {
    const nearest = nearestName(
      name,
      worlds.list().map((each) => each.name),
    );
    const guess = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
    call.hint = `There is no world "${name.slice(0, 64)}", if one was meant.${guess} POST /__admin/worlds makes one.`;
  }
  return world;
}
