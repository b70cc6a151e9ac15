import type { Release } from '../base/release.ts';
import type { SideglanceOptions } from '../library/sideglance-options.ts';

/** What is checked, and how. */
export interface UpgradeCheckOptions {
  /** The program and its arguments. No shell is involved. */
  readonly command: readonly string[];
  /** The release that the client is used with. */
  readonly from: Release;
  /** The release that it is to be used with. */
  readonly to: Release;
  readonly cwd?: string;
  /** Options of the server: fixtures, scenarios, seed. */
  readonly server?: Pick<SideglanceOptions, 'fixtures' | 'scenarios' | 'seed'>;
  /** Name of the user who logs in; the first user of the fixtures when omitted. */
  readonly user?: string;
  /** Milliseconds after which a run is stopped; 10 minutes when omitted. */
  readonly timeout?: number;
  /** Folder for the recordings of both runs, `from.json` and `to.json`; none are written when omitted. */
  readonly recordings?: string;
  /** Stops the check: its children are killed. */
  readonly signal?: AbortSignal;
}
