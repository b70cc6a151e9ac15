import { isObject, type Json } from '../../base/json.ts';
import type { Call } from '../../contract/contract.ts';
import { parseJson } from '../shared/json-body.ts';
import { missing } from './fields.ts';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Parses JSON that may start with a byte order mark, which Keystone accepts. @throws Error if it is not JSON. */
export const parseMarkedJson = (body: Buffer): unknown =>
  parseJson(
    body.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? body.subarray(BYTE_ORDER_MARK.length) : body,
  );

const JSON_TYPES = /^application\/(json|.*\+json)$/;

/**
 * Parses the body of a request as Keystone does; an empty object if there is none.
 * @throws IdentityError `missing` for another media type, and for a body that is not a JSON object.
 */
export function parseBody(call: Call): Json {
  if (call.body === undefined) return {};
  const type = (call.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== '' && !JSON_TYPES.test(type ?? '')) return missing('application/json', 'Content-Type header');
  const value = tryParse(call.body);
  return isObject(value) ? value : missing('valid JSON', 'request body');
}

function tryParse(body: Buffer): unknown {
  try {
    return parseMarkedJson(body);
  } catch {
    return undefined;
  }
}
