import type { Profile } from './case.ts';
import type { Api, Task } from './tasks.ts';

/**
 * What a client is said to be in one case.
 * - `pass`: it did all that a correct client does.
 * - `warn`: so it did, but a rule of conduct of severity `warning` has a finding.
 * - `fail`: a check of the case failed.
 * - `inconclusive`: the fault did not fire, or the journal does not hold what would be needed.
 * - `unsupported`: the client exited with 127, because it has no such task.
 */
export const VERDICTS = ['pass', 'warn', 'fail', 'inconclusive', 'unsupported'] as const;
/** One of `VERDICTS`. */
export type ConformVerdict = (typeof VERDICTS)[number];

/** Verdicts that say nothing about the client. */
const UNJUDGED: ReadonlySet<ConformVerdict> = new Set(['inconclusive', 'unsupported']);

/** Whether a verdict says something about the client. */
export const isJudgedCase = (verdict: ConformVerdict): boolean => !UNJUDGED.has(verdict);

/** Why a case has its verdict. */
export interface Reason {
  /** What was checked: the exit code, the time, the journal, conduct, the state left behind, the output, or the fault. */
  readonly check: 'exit' | 'time' | 'requests' | 'conduct' | 'state' | 'output' | 'fault';
  /** What was expected and found, in one sentence. */
  readonly message: string;
  /** Rule of conduct, for `conduct`. */
  readonly rule?: string;
  /** Ids of the journal entries that show it. */
  readonly entries?: readonly number[];
}

/** How the client program ended. */
export interface ExitOf {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** Whether it took longer than it may, and was killed. */
  readonly timedOut: boolean;
}

/** The result of one case. */
export interface CaseResult {
  /** Id of the case: `image-v2.retry.list-503-seconds`. */
  readonly case: string;
  /** Version of the case. */
  readonly version: number;
  readonly api: Api;
  readonly profile: Profile;
  readonly task: Task;
  readonly title: string;
  readonly verdict: ConformVerdict;
  /** Empty for `pass`. */
  readonly reasons: readonly Reason[];
  /** Ids of rules of conduct with findings that do not change the verdict. */
  readonly notes: readonly string[];
  readonly exit: ExitOf;
  /** Duration of the run. */
  readonly milliseconds: number;
  /** Number of requests that the client sent. */
  readonly requests: number;
  /** How often each fault of the case fired. */
  readonly fired: readonly number[];
  /** The end of what the client printed. */
  readonly stdout: string;
  readonly stderr: string;
  /** File with the recording, of cases that failed. */
  readonly recording?: string;
}

/** Number of cases by verdict. */
export type VerdictCounts = Readonly<Record<ConformVerdict, number>>;

/**
 * The results of one client, as `sideglance conform --json FILE` writes them. `sideglance conform report` merges several
 * of them. Cases that were not played are not in `results`. Results are in the order of the cases.
 */
export interface ConformReport {
  readonly format: 'sideglance-conform';
  readonly version: 1;
  /** Version of Sideglance. */
  readonly sideglance: string;
  /** Name of the client: that of `--name`, or of the command. */
  readonly client: string;
  readonly command: readonly string[];
  /** When the run began, ISO 8601. */
  readonly startedAt: string;
  /** Duration of the run. */
  readonly milliseconds: number;
  readonly totals: VerdictCounts;
  readonly results: readonly CaseResult[];
}

/** Counts results by verdict. */
export const countVerdicts = (results: readonly Pick<CaseResult, 'verdict'>[]): VerdictCounts =>
  Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, results.filter((result) => result.verdict === verdict).length]),
  ) as Record<ConformVerdict, number>;
