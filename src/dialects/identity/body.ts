import { isObject, type Json } from '../../base/json.ts';
import { assertShallow } from '../../base/json-depth.ts';
import type { Call } from '../../contract/contract.ts';
import { parsePythonJson } from '../shared/python-json-body.ts';
import { isJsonType } from '../shared/werkzeug.ts';
import { missing } from './fields.ts';

/** How many levels of lists and objects Keystone can parse. */
export const MAX_LEVELS = 944;

/**
 * Parses the body of a request as Keystone does; an empty object if there is none.
 * @throws IdentityError `missing` for another media type, and for a body that is not a JSON object;
 * NestingError for one that is nested too deeply.
 */
export function parseBody(call: Call): Json {
  if (call.body === undefined) return {};
  if (!isJsonType(call.headers['content-type'])) return missing('application/json', 'Content-Type header');
  assertShallow(call.body, MAX_LEVELS);
  const value = tryParse(call.body);
  return isObject(value) ? value : missing('valid JSON', 'request body');
}

function tryParse(body: Buffer): unknown {
  try {
    return parsePythonJson(body);
  } catch {
    return undefined;
  }
}
