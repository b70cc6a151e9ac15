import type { Call } from '../../../contract/contract.ts';
import { ServerError } from './server-error.ts';

/**
 * The query of a list. Semicolons separate parameters like ampersands.
 * @throws ServerError for a query that is not UTF-8.
 */
export function listParameters(call: Call): URLSearchParams {
  const { search } = call;
  if (search.includes('%')) assertUtf8(search);
  return search.includes(';') ? new URLSearchParams(search.replaceAll(';', '&')) : call.query;
}

function assertUtf8(search: string): void {
  try {
    decodeURIComponent(search.replace(/%(?![\da-f]{2})/gi, '%25'));
  } catch {
    throw new ServerError('UnicodeDecodeError');
  }
}
