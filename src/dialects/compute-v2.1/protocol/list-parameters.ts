import type { Call } from '../../../contract/contract.ts';
import { isUtf8Query } from '../../shared/webob.ts';
import { ServerError } from './server-error.ts';

/** The query of a list. @throws ServerError for a query that is not UTF-8. */
export function listParameters(call: Call): URLSearchParams {
  if (!isUtf8Query(call.search)) throw new ServerError('UnicodeDecodeError');
  return call.query;
}
