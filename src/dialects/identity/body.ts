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
    return parseWithNonNumbers(body);
  }
}

/** A text of JSON, or a number that Python knows and JSON does not. */
const TEXT_OR_NON_NUMBER = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;
const MARK = '\u0000number ';

/** Parses JSON with `NaN` and `Infinity`, as Python does; `undefined` if it is not that either. */
function parseWithNonNumbers(body: Buffer): unknown {
  const text = body.toString();
  const marked = text.replace(TEXT_OR_NON_NUMBER, (part) =>
    part.startsWith('"') ? part : JSON.stringify(MARK + part),
  );
  if (marked === text) return undefined;
  try {
    return JSON.parse(marked, (_name, value) =>
      typeof value === 'string' && value.startsWith(MARK) ? Number(value.slice(MARK.length)) : value,
    );
  } catch {
    return undefined;
  }
}
