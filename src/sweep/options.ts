import type { SideglanceOptions } from '../library/sideglance-options.ts';
import type { PointResult } from './report.ts';

/** A part of the points: the `index`-th of `of`, from 1. All parts together have every point once. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** How many points are run at most, or for how long new ones are started. */
export type Budget = { readonly points: number } | { readonly milliseconds: number };

/** How far a sweep has got. */
export interface SweepProgress {
  /** Points of this sweep, those with an earlier result included. */
  readonly total: number;
  readonly done: number;
  /** The results so far, those of an earlier sweep included. */
  readonly results: readonly PointResult[];
  /** The result that has come in; absent at the start. */
  readonly latest?: PointResult;
}

/** What is swept, and how. */
export interface SweepOptions {
  /** The program and its arguments. No shell is involved. */
  readonly command: readonly string[];
  readonly cwd?: string;
  /** Options of the server: fixtures, scenarios, seed. */
  readonly server?: Pick<SideglanceOptions, 'fixtures' | 'scenarios' | 'seed'>;
  /** Name of the user who logs in; the first user of the fixtures when omitted. */
  readonly user?: string;
  /** Milliseconds after which a run is stopped; five times as long as without a fault, and 5 seconds, when omitted. */
  readonly timeout?: number;
  /** Runs at the same time; two for each processor when omitted, because many clients wait most of the time. */
  readonly jobs?: number;
  /** Globs on the ids of points; all points when omitted. */
  readonly only?: readonly string[];
  readonly shard?: Shard;
  readonly budget?: Budget;
  /** Ids of conduct rules to leave out. */
  readonly ignore?: readonly string[];
  /** File to which each result is written at once. */
  readonly results?: string;
  /** Continues the sweep whose results are in that file. */
  readonly resume?: boolean;
  /** A report or results file: points whose calls have not changed since keep their results. */
  readonly since?: string;
  /** Folder for the recordings of points that the client does not handle; none are written when omitted. */
  readonly recordings?: string;
  /** Stops the sweep: its children are killed, and the results so far are returned. */
  readonly signal?: AbortSignal;
  /** Called at the start, and after each point. */
  onProgress?(progress: SweepProgress): void;
}
