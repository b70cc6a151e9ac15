/** One thing that is wrong with what the user gave: where, what was found, what is allowed. */
export interface InputIssue {
  /** JSON pointer into the document; empty for all of it. */
  readonly pointer: string;
  readonly message: string;
  /** The value found. */
  readonly found?: unknown;
  /** What would have been right, in words or as a list. */
  readonly allowed?: string | readonly string[];
  /** Line of the file, from 1. */
  readonly line?: number;
}

/** The user's file, flag or admin call is wrong: the command line prints it and ends with 2, the admin API answers 400. */
export class InputError extends Error {
  /** The file, flag or request at fault. */
  readonly place: string;
  readonly issues: readonly InputIssue[];

  constructor(place: string, issues: readonly InputIssue[]) {
    super([`${place}:`, ...issues.map(describe)].join('\n  '));
    this.name = 'InputError';
    this.place = place;
    this.issues = issues;
  }
}

/** Several errors as one, each issue with its place. */
export function joined(errors: readonly InputError[]): InputError {
  const [first] = errors;
  if (first !== undefined && errors.length === 1) return first;
  return new InputError(
    errors.map(({ place }) => place).join(', '),
    errors.flatMap(({ place, issues }) => issues.map((issue) => ({ ...issue, message: `${place}: ${issue.message}` }))),
  );
}

function describe(issue: InputIssue): string {
  const found = issue.found === undefined ? '' : `; found ${JSON.stringify(issue.found)?.slice(0, 200)}`;
  const allowed =
    issue.allowed === undefined
      ? ''
      : `; allowed: ${typeof issue.allowed === 'string' ? issue.allowed : issue.allowed.join(', ')}`;
  const line = issue.line === undefined ? '' : `line ${issue.line}, `;
  return `${line}${issue.pointer === '' ? '(document)' : issue.pointer}: ${issue.message}${found}${allowed}`;
}
