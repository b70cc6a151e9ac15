import { STATUS_CODES } from 'node:http';
import { jsonReply, type Reply } from '../contract/contract.ts';
import { InputError, type InputIssue } from '../input/input-error.ts';

/** A refusal of the admin API that is not about bad input alone. */
export class AdminError extends Error {
  readonly status: number;
  readonly issues: readonly InputIssue[];

  constructor(status: number, message: string, issues: readonly InputIssue[] = []) {
    super(message);
    this.name = 'AdminError';
    this.status = status;
    this.issues = issues;
  }
}

/** What the admin API answers to what was thrown. */
export function presentError(error: unknown): Reply {
  if (error instanceof AdminError) return refusal(error.status, error.message, error.issues);
  if (error instanceof InputError) return refusal(400, error.message, error.issues);
  return refusal(500, error instanceof Error ? error.message : String(error));
}

/** A refusal: what is wrong in words, the first value at fault, and all issues. */
export function refusal(
  status: number,
  message: string,
  issues: readonly InputIssue[] = [],
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const withErrorMapping = issues.map(({ pointer, message: what, found, allowed, line }) => ({
    pointer,
    message: what,
    ...(found !== undefined && { value: found }),
    ...(allowed !== undefined && { allowed }),
    ...(line !== undefined && { line }),
  }));
  const [first] = withErrorMapping;
  const error = {
    code: status,
    title: STATUS_CODES[status] ?? '',
    message,
    ...(first && { pointer: first.pointer }),
    ...(first && 'value' in first && { value: first.value }),
    ...(first && 'allowed' in first && { allowed: first.allowed }),
    ...(withErrorMapping.length > 0 && { issues: withErrorMapping }),
  };
  return jsonReply(status, { error }, headers);
}
