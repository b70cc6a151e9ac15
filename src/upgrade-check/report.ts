import type { Release } from '../base/release.ts';
import type { EndKind } from '../client-runs/command.ts';
import type { ReleaseChange } from '../contract/contract.ts';

/**
 * What an upgrade does to a client.
 * - `same`: it gets the same responses, and ends alike.
 * - `survives`: some responses differ, but it ends alike and leaves the same images.
 * - `differs`: it ends alike, but leaves other images, or writes something else to standard output.
 * - `breaks`: it succeeds in the older release, and fails in the newer one.
 * - `inconclusive`: it fails in the older release, or was stopped, or the journal could not hold its requests.
 */
export const UPGRADE_VERDICTS = ['same', 'survives', 'differs', 'breaks', 'inconclusive'] as const;
/** One of `UPGRADE_VERDICTS`. */
export type UpgradeVerdict = (typeof UPGRADE_VERDICTS)[number];

/** What differs between two responses; a side that has no such part is `null`. */
export interface ResponseDifference {
  /** `status`, `header allow`, `body`, or `body /name` for a member of JSON. */
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** A request whose response differs between the releases, or that the client sends in one of them only. */
export interface ChangedRequest {
  /** `dialect.operation`; `null` for a request that matches no operation. */
  readonly operation: string | null;
  readonly method: string;
  /** Path and query below the root of the world, with `{id}` in place of ids. */
  readonly url: string;
  /** Id of the journal entry, and status, in each release; `null` where the client does not send it. */
  readonly from: { readonly entry: number; readonly status: number } | null;
  readonly to: { readonly entry: number; readonly status: number } | null;
  /** The first 20 differences of the responses. */
  readonly differences: readonly ResponseDifference[];
  /** The known changes of this operation between the releases. */
  readonly changes: readonly ReleaseChange[];
}

/** How a run of the command ended in a release. */
export interface UpgradeRun {
  readonly release: Release;
  readonly end: EndKind;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly milliseconds: number;
  readonly requests: number;
  /** The last line on standard error. */
  readonly stderr: string;
  /** File with the recording of the run. */
  readonly recording?: string;
}

/** What came of running a command in worlds of two releases. */
export interface UpgradeReport {
  readonly command: readonly string[];
  readonly from: UpgradeRun;
  readonly to: UpgradeRun;
  readonly verdict: UpgradeVerdict;
  /** Why, in a sentence. */
  readonly reason: string;
  /** In the order of the requests in the older release. */
  readonly requests: readonly ChangedRequest[];
  /** Operations that the client called and that have changed, although none of its responses shows it. */
  readonly unseen: readonly { readonly operation: string; readonly changes: readonly ReleaseChange[] }[];
  /** What already differs between two runs in the older release, in sentences. */
  readonly notes: readonly string[];
}
