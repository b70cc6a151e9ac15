import { isLong } from '../base/brief.ts';

/** One problem in the user's input: where it is, what was found, what is allowed. */
export interface InputIssue {
  /** JSON pointer into the document; empty for the whole document. */
  readonly pointer: string;
  /** What is wrong; reads on from the pointer: `has the wrong type`. */
  readonly message: string;
  /** The invalid value. */
  readonly found?: unknown;
  /** What is valid, as a description or a list of values. */
  readonly allowed?: string | readonly string[];
  /** Line of the file, from 1. */
  readonly line?: number;
}

/** How many problems an error reports. */
const MAX_ISSUES = 200;

const countMore = ({ length }: readonly InputIssue[]): readonly string[] =>
  length > MAX_ISSUES ? [`and ${length - MAX_ISSUES} more`] : [];

/** Reports an invalid file, flag or admin request. The command line prints it and exits with 2; the admin API returns 400. */
export class InputError extends Error {
  /** The invalid file, flag or request. */
  readonly place: string;
  /** The first 200 problems; the message counts the others. */
  readonly issues: readonly InputIssue[];

  constructor(place: string, issues: readonly InputIssue[]) {
    super([`${place}:`, ...issues.slice(0, MAX_ISSUES).map(describe), ...countMore(issues)].join('\n  '));
    this.name = 'InputError';
    this.place = place;
    this.issues = issues.slice(0, MAX_ISSUES).map(shorten);
  }
}

/** Combines several errors into one; each message then begins with its file, flag or request. */
export function joined(errors: readonly InputError[]): InputError {
  const [first] = errors;
  if (first !== undefined && errors.length === 1) return first;
  return new InputError(
    errors.map(({ place }) => place).join(', '),
    errors.flatMap(({ place, issues }) => issues.map((issue) => ({ ...issue, message: `${place}: ${issue.message}` }))),
  );
}

/** Runs steps that may fail on their own, and reports all problems at once. */
export class IssueCollector {
  readonly #issues = new Map<string, InputIssue[]>();

  /** Whether a step has failed. */
  get hasFailed(): boolean {
    return this.#issues.size > 0;
  }

  /** Runs a step, and keeps the problems of an `InputError` that it throws. */
  attempt(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const issues = this.#issues.get(error.place) ?? [];
      issues.push(...error.issues);
      this.#issues.set(error.place, issues);
    }
  }

  /** @throws InputError with the problems of all steps, by place. */
  assertNone(): void {
    if (this.hasFailed) throw joined([...this.#issues].map(([place, issues]) => new InputError(place, issues)));
  }
}

function describe(issue: InputIssue): string {
  const found = issue.found === undefined ? '' : `; found ${briefJson(issue.found)}`;
  const allowed =
    issue.allowed === undefined
      ? ''
      : `; allowed: ${typeof issue.allowed === 'string' ? issue.allowed : issue.allowed.join(', ')}`;
  const line = issue.line === undefined ? '' : `line ${issue.line}, `;
  return `${line}${issue.pointer === '' ? '(document)' : issue.pointer}: ${issue.message}${found}${allowed}`;
}

const MAX_FOUND = 200;

/** Replaces a long value by a part or a summary. */
const shorten = (issue: InputIssue): InputIssue =>
  isLong(issue.found, MAX_FOUND * 10) ? { ...issue, found: summaryOf(issue.found) } : issue;

/** The first characters of a value as JSON. */
const briefJson = (value: unknown): string | undefined =>
  JSON.stringify(isLong(value, MAX_FOUND * 10) ? summaryOf(value) : value)?.slice(0, MAX_FOUND);

function summaryOf(value: unknown): string {
  if (typeof value === 'string') return `${value.slice(0, MAX_FOUND)}…`;
  return Array.isArray(value) ? `a list of ${value.length}` : 'a large object';
}
