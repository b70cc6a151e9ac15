import { hash } from 'node:crypto';
import { jsonOf, leavesOf } from '../base/json-leaves.ts';
import type { EntryBody, HeaderField } from '../journal/entry.ts';
import { redactText } from '../journal/redact.ts';

/** A request in the form in which two are compared: secrets are redacted, and tokens are those of the recording. */
export interface ComparedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderField[];
  readonly body: ComparedBody;
}

/** A body in the form in which two are compared. */
export type ComparedBody =
  /** JSON or other text, with redacted secrets, or base64. */
  | { readonly kind: 'text'; readonly text: string }
  /** A body that the recording does not have. */
  | { readonly kind: 'size'; readonly size: number }
  /** An upload, which is compared when it has arrived. */
  | { readonly kind: 'upload' }
  | { readonly kind: 'none' };

/** A difference between the request that was expected and the one that came. */
export interface RequestDifference {
  /** `method`, `path`, `query limit`, `header accept`, `body`, or `body /name` for a member of JSON. */
  readonly field: string;
  readonly expected?: string;
  readonly found?: string;
}

/** Headers that change what a request means. */
const COMPARED = /^(?:accept|authorization|content-type|content-range|expect|if-.+|openstack-.+|range|x-.+)$/;
/** Headers that are new in every run, or about the way to the server. */
const VOLATILE =
  /^x-(?:forwarded-.+|real-ip|sdk-date|sideglance-.+|.*request-id|retry-test-id|amzn-.+|b3-.+|datadog-.+)$/;

/** Returns the body of a recorded request. */
export function recordedBody(body: EntryBody | undefined, isUpload: boolean): ComparedBody {
  if (isUpload) return { kind: 'upload' };
  if (body === undefined) return { kind: 'none' };
  const text = body.text ?? body.base64;
  return text === undefined || body.truncated === true
    ? { kind: 'size', size: body.size }
    : { kind: 'text', text: redactText(text) };
}

/** Returns a text that is the same for requests that mean the same, except for ignored fields. */
export function fingerprintOf({ method, url, headers, body }: ComparedRequest, isIgnored: FieldTest): string {
  const [path, query] = splitUrl(url);
  const parts = [
    method,
    path,
    query.filter(([name]) => !isIgnored(`query ${name}`)),
    comparedHeaders(headers).filter(([name]) => !isIgnored(`header ${name}`)),
    bodyText(body, isIgnored),
  ];
  return hash('sha256', JSON.stringify(parts)).slice(0, 32);
}

/** Whether a field is ignored. */
export type FieldTest = (field: string) => boolean;

/** Lists what differs between two requests, except for ignored fields. */
export function differencesOf(
  expected: ComparedRequest,
  found: ComparedRequest,
  isIgnored: FieldTest,
): readonly RequestDifference[] {
  const [wanted, given] = [fieldsOf(expected), fieldsOf(found)];
  const names = [...new Set([...wanted.keys(), ...given.keys()])];
  return names
    .filter((field) => wanted.get(field) !== given.get(field) && !isIgnored(field))
    .map((field) => differenceAt(field, wanted.get(field), given.get(field)));
}

const differenceAt = (field: string, expected: string | undefined, found: string | undefined): RequestDifference => ({
  field,
  ...(expected !== undefined && { expected }),
  ...(found !== undefined && { found }),
});

function fieldsOf({ method, url, headers, body }: ComparedRequest): ReadonlyMap<string, string> {
  const [path, query] = splitUrl(url);
  const fields = new Map([
    ['method', method],
    ['path', path],
  ]);
  const add = (field: string, value: string): void => {
    const before = fields.get(field);
    fields.set(field, before === undefined ? value : `${before}, ${value}`);
  };
  for (const [name, value] of query) add(`query ${name}`, value);
  for (const [name, value] of comparedHeaders(headers)) add(`header ${name}`, value);
  if (body.kind === 'size') add('body', `${body.size} bytes`);
  if (body.kind !== 'text') return fields;
  const value = jsonOf(body.text);
  if (value === undefined) add('body', body.text);
  else for (const [pointer, leaf] of leavesOf(value)) add(`body ${pointer}`.trimEnd(), leaf);
  return fields;
}

function splitUrl(url: string): readonly [path: string, query: readonly (readonly [string, string])[]] {
  const at = url.indexOf('?');
  if (at < 0) return [url, []];
  const parameters = url.slice(at + 1).split('&');
  const query = parameters.sort().map((parameter) => {
    const equals = parameter.indexOf('=');
    return equals < 0
      ? ([parameter, ''] as const)
      : ([parameter.slice(0, equals), parameter.slice(equals + 1)] as const);
  });
  return [url.slice(0, at), query];
}

const comparedHeaders = (headers: readonly HeaderField[]): readonly (readonly [string, string])[] =>
  headers
    .map(({ name, value }) => [name.toLowerCase(), value] as const)
    .filter(([name]) => COMPARED.test(name) && !VOLATILE.test(name))
    .sort(([one], [other]) => (one < other ? -1 : Number(one > other)));

function bodyText(body: ComparedBody, isIgnored: FieldTest): unknown {
  if (isIgnored('body') || body.kind === 'none') return null;
  if (body.kind === 'size') return body.size;
  if (body.kind === 'upload') return true;
  const value = jsonOf(body.text);
  if (value === undefined) return body.text;
  return [...leavesOf(value)].filter(([pointer]) => !isIgnored(`body ${pointer}`)).sort();
}
