import { clientVariables } from '../admin/client-variables.ts';
import type { WorldControl } from '../library/world-control.ts';

/** What the environment of a client names. */
export interface EnvironmentSource {
  /** Address of the Sideglance. */
  readonly url: string;
  readonly world: WorldControl;
  readonly folder: string;
  /** Name of the user; the first user when omitted. */
  readonly user: string | undefined;
}

/** Variables of other clouds, which would lead a client away from its world. */
const OF_OTHER_CLOUDS = /^(OS|RS|HW|SIDEGLANCE)_/;

/** Where programs look for hosts that they reach without a proxy. */
const NO_PROXY = ['no_proxy', 'NO_PROXY'] as const;

/**
 * Returns the environment of a client: that of this process without the settings of other clouds, what `sideglance env`
 * prints for the world, `SIDEGLANCE_URL`, `SIDEGLANCE_WORLD` and `SIDEGLANCE_FOLDER`.
 * @throws InputError for an unknown user.
 */
export function clientEnvironment({ url, world, folder, user }: EnvironmentSource): NodeJS.ProcessEnv {
  const settings = world.settings(user);
  const inherited = Object.entries(process.env).filter(([name]) => !OF_OTHER_CLOUDS.test(name));
  const { hostname } = new URL(url);
  return {
    ...Object.fromEntries(inherited),
    ...Object.fromEntries(NO_PROXY.map((name) => [name, [process.env[name], hostname].filter(Boolean).join(',')])),
    ...clientVariables(settings),
    SIDEGLANCE_URL: url,
    SIDEGLANCE_WORLD: world.name,
    SIDEGLANCE_FOLDER: folder,
  };
}
