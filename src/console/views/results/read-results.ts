/** A point of a sweep, or a case of a client. */
export interface Result {
  /** A call of a sweep, or a case. */
  readonly row: string;
  /** A fault with its phase, or a client. */
  readonly column: string;
  readonly verdict: string;
  readonly reason: string;
  /** File of the recording. */
  readonly recording: string | undefined;
}

interface Point {
  readonly call: string;
  readonly fault: string;
  readonly phase: string;
  readonly verdict: string;
  readonly reason: string;
  readonly recording?: string;
}

interface Case {
  readonly case: string;
  readonly verdict: string;
  readonly reasons: readonly { readonly message: string }[];
  readonly recording?: string;
}

/** What a results file may hold; only what the matrix shows. */
interface ResultsFile {
  readonly points?: readonly Point[];
  readonly results?: readonly Case[];
  readonly client?: string | { readonly name?: string };
}

/** Reads a file that `sweep --json` or `conform --json` wrote. @throws Error for other files. */
export function readResults(text: string): readonly Result[] {
  const file = JSON.parse(text) as ResultsFile;
  if (Array.isArray(file.points)) return file.points.map(ofPoint);
  if (Array.isArray(file.results)) return file.results.map((each: Case) => ofCase(each, nameOf(file.client)));
  throw new Error(
    `found the members ${Object.keys(file).slice(0, 6).join(', ')}; allowed: "points" (sideglance sweep --json) or ` +
      '"results" (sideglance conform --json)',
  );
}

const ofPoint = ({ call, fault, phase, verdict, reason, recording }: Point): Result => ({
  row: call,
  column: `${fault} ${phase}`,
  verdict,
  reason,
  recording,
});

const ofCase = ({ case: row, verdict, reasons, recording }: Case, client: string): Result => ({
  row,
  column: client,
  verdict,
  reason: reasons.map(({ message }) => message).join(' '),
  recording,
});

const nameOf = (client: ResultsFile['client']): string =>
  typeof client === 'string' ? client : (client?.name ?? 'client');
