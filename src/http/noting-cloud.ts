import type { Cloud } from '../cloud.ts';
import type { World } from '../world/world.ts';

/** A cloud for one request, and the profiles that its response depends on. */
export interface NotingCloud {
  readonly cloud: Cloud;
  readonly profiles: Set<string>;
}

/** Notes of all requests to worlds without profiles. */
const NO_PROFILES = new Set<string>();

/** Returns the cloud of a world for one request. A world without profiles needs no notes. */
export function notingCloud(world: World): NotingCloud {
  if (!hasProfiles(world)) return { cloud: world, profiles: NO_PROFILES };
  const profiles = new Set<string>();
  const noteProfile = (profile: string): void => void profiles.add(profile);
  // All members of a cloud are properties, so that the world itself can be the receiver of their getters.
  const cloud: Cloud = new Proxy(world, {
    get: (target, member) => (member === 'noteProfile' ? noteProfile : Reflect.get(target, member, target)),
  });
  return { cloud, profiles };
}

function hasProfiles({ profiles }: World): boolean {
  for (const _dialect in profiles) return true;
  return false;
}
