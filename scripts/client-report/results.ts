/** Where the results stand that the page is made from. */
export const RESULTS = 'test/client-programs/results.json';

/** The verdicts of the conformance suite. */
export const VERDICTS = ['pass', 'warn', 'fail', 'inconclusive', 'unsupported'] as const;
/** One of `VERDICTS`. */
export type Verdict = (typeof VERDICTS)[number];

/**
 * How a client ended a case that it did not pass.
 * - `told`: it reported a failure.
 * - `claimed`: it reported success, and the task was not done, or not as it was asked.
 * - `conduct`: it did the task, and broke a rule of conduct on the way.
 * - `no end`: it did not end in time.
 */
export type Ending = 'told' | 'claimed' | 'conduct' | 'no end';

/** What one client did in a case that it did not pass. */
export interface Finding {
  readonly verdict: Exclude<Verdict, 'pass' | 'unsupported'>;
  readonly ending: Ending;
  /** Rules of conduct, without repetitions. */
  readonly rules: readonly string[];
  /** What was expected and found, in sentences. */
  readonly reasons: readonly string[];
  /** The requests of the recording, from the first one of the API on: `1.2 s showImage 503 injected`. */
  readonly evidence: readonly string[];
  /** The last line that the client printed on standard error, if any. */
  readonly said?: string;
}

/** The results of one client. */
export interface ClientResults {
  readonly client: string;
  readonly package: string;
  readonly version: string;
  /** Ids of the cases that it passed. Cases that are neither here nor in `findings` are unsupported. */
  readonly passed: readonly string[];
  /** By id of the case, in the order of the suite. */
  readonly findings: Readonly<Record<string, Finding>>;
}

/** A case of the suite, as far as the page tells of it. */
export interface ReportedCase {
  readonly id: string;
  readonly profile: string;
  readonly task: string;
  readonly title: string;
  readonly correct: string;
}

/** All that the page is made from. */
export interface ReportResults {
  readonly suite: {
    /** Version of Sideglance. */
    readonly sideglance: string;
    /** Date of the latest change of the suite: `2026-11-30`. */
    readonly date: string;
    /** The first characters of the SHA-256 of all cases. */
    readonly digest: string;
  };
  readonly cases: readonly ReportedCase[];
  readonly clients: readonly ClientResults[];
}

/** Returns the verdict of a client in a case. */
export function verdictOf({ passed, findings }: ClientResults, id: string): Verdict {
  const finding = findings[id];
  if (finding !== undefined) return finding.verdict;
  return passed.includes(id) ? 'pass' : 'unsupported';
}

/** How many of the cases have each verdict. */
export function countVerdicts(
  client: ClientResults,
  cases: readonly ReportedCase[],
): Readonly<Record<Verdict, number>> {
  const counts = { pass: 0, warn: 0, fail: 0, inconclusive: 0, unsupported: 0 };
  for (const { id } of cases) counts[verdictOf(client, id)] += 1;
  return counts;
}

/** Counts the failures of a client by how it ended them. */
export function countEndings({ findings }: ClientResults): Readonly<Record<Ending, number>> {
  const counts = { told: 0, claimed: 0, conduct: 0, 'no end': 0 };
  for (const { verdict, ending } of Object.values(findings)) if (verdict === 'fail') counts[ending] += 1;
  return counts;
}
