import { STATUS_CODES } from 'node:http';
import { reportInternalError } from '../base/internal-errors.ts';
import { jsonReply, type Reply } from '../contract/contract.ts';
import { didYouMean } from '../contract/nearest.ts';
import { StorageFailure } from '../domain/storage-failure.ts';
import { internalErrorReply } from '../http/internal-failure.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';

/** A failure of the admin API other than bad input: something does not exist (404), or exists already (409). */
export class AdminError extends Error {
  /** The HTTP status. */
  readonly status: number;
  /** Which values caused it. */
  readonly issues: readonly InputIssue[];

  constructor(status: number, message: string, issues: readonly InputIssue[] = []) {
    super(message);
    this.name = 'AdminError';
    this.status = status;
    this.issues = issues;
  }
}

/** Creates the error for a value that names something that does not exist. */
export const notFound = (message: string, issue: Omit<InputIssue, 'message'>): AdminError =>
  new AdminError(404, message, [{ message: 'does not exist', ...issue }]);

/** A name that does not exist. */
interface MissingName {
  readonly pointer: string;
  readonly found: string;
  /** The names that exist. */
  readonly names: readonly string[];
  /** What to list as allowed, if not all names. */
  readonly allowed?: InputIssue['allowed'];
}

/**
 * Creates the error for a name that does not exist, with the most similar one that does.
 * @param what - the message without its period: `World "a" does not exist`.
 */
export function noSuchName(what: string, { pointer, found, names, allowed = names }: MissingName): AdminError {
  const hint = didYouMean(found, names);
  return notFound(`${what}${hint === '' ? '.' : hint}`, { pointer, found, allowed });
}

/** Creates the error for a name or id that is in use already. */
export const alreadyExists = (message: string, issue: Omit<InputIssue, 'message' | 'allowed'>): AdminError =>
  new AdminError(409, message, [{ message: 'is in use already', ...issue, allowed: 'an unused one' }]);

/** Converts what an operation threw to a response. */
export function presentError(error: unknown): Reply {
  if (error instanceof AdminError) return errorReply(error.status, error.message, error.issues);
  if (error instanceof InputError) return errorReply(400, error.message, error.issues);
  if (error instanceof StorageFailure) return errorReply(503, error.message);
  return internalErrorReply(reportInternalError(error, 'a request to the admin API'));
}

/** Creates an error response: what is wrong, the first invalid value, and all issues. */
export function errorReply(
  status: number,
  message: string,
  issues: readonly InputIssue[] = [],
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const shown = issues.map(({ pointer, message: what, found, allowed, line }) => ({
    pointer,
    message: what,
    ...(found !== undefined && { value: found }),
    ...(allowed !== undefined && { allowed }),
    ...(line !== undefined && { line }),
  }));
  const [first] = shown;
  const error = {
    code: status,
    title: STATUS_CODES[status] ?? '',
    message,
    ...(first && { pointer: first.pointer }),
    ...(first && 'value' in first && { value: first.value }),
    ...(first && 'allowed' in first && { allowed: first.allowed }),
    ...(shown.length > 0 && { issues: shown }),
  };
  return jsonReply(status, { error }, headers);
}
