import type { Addresses } from '../admin/client-settings.ts';
import type { Methods } from '../admin/invoke.ts';
import type { ADMIN_GROUPS } from '../admin/operations/index.ts';
import type { UnusedFaultInWorld } from '../world/worlds.ts';
import type { WorldControl, WorldMethods } from './world-control.ts';
import type { WorldsControl } from './worlds-control.ts';

/** What `reload` loads again; everything when omitted. */
export interface ReloadParts {
  readonly fixtures?: boolean;
  readonly scenarios?: boolean;
}

/** What `reload` has changed. */
export interface Reloaded {
  /** Whether the default world was reset to fixtures that were loaded again. */
  readonly fixtures: boolean;
  /** Names of the scenarios that have changed, those that are new or gone included. */
  readonly scenarios: readonly string[];
}

/** A running Sideglance. Its methods that name no world control the world `default`. */
export interface Sideglance extends WorldMethods {
  /** Version of the package. */
  readonly version: string;
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Addresses of the APIs that have their own port. */
  readonly own: Addresses;
  /** Port of the admin API. */
  readonly adminPort: number;
  /** Token of the admin API. Generated when other machines can reach it and no token was given. */
  readonly adminToken: string | undefined;
  /** File with the certificate of the authority that clients have to trust; absent without TLS. */
  readonly caFile: string | undefined;
  readonly worlds: WorldsControl;
  /** The ports, which all worlds share. */
  readonly ports: Methods<typeof ADMIN_GROUPS.ports>;
  /** Returns the control of a world. @throws InputError for an unknown world. */
  world(name?: string): WorldControl;
  /**
   * Lists faults of all worlds that were armed and never fired: one-off faults, rules of scenarios that were
   * enabled, and those of scenario files that are enabled from the start. Includes faults that were disabled, disarmed,
   * reset or dropped before they fired.
   */
  unusedFaults(): readonly UnusedFaultInWorld[];
  /**
   * Loads the files of `fixtures` and `scenarios` again. Changed scenarios take effect in all worlds: enabled ones stay enabled and
   * count from zero. Fixtures reset the default world, whose scenarios stay enabled; later worlds start from them too. With
   * `state`, fixtures have no effect, because the state file takes precedence.
   * @param parts - what to load again; everything when omitted.
   * @returns the names of the scenarios that have changed, and whether fixtures were loaded.
   * @throws InputError for invalid files; what they replace stays as it was.
   */
  reload(parts?: ReloadParts): Reloaded;
  /** Stops listening, closes open connections and writes the state file. */
  close(): Promise<void>;
}
