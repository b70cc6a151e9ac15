import fc, { type Arbitrary } from 'fast-check';
import type { FuzzTarget } from './targets.ts';
import { bodyText, hostileText } from './values.ts';

/** A request of a fuzz run. `{token}` in headers and `{image}` in paths stand for those of the run. */
export interface FuzzRequest {
  readonly api: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Worlds in addresses. The admin API of the default world is left alone, so that the run can observe it. */
const worldOf = (api: string): Arbitrary<string> =>
  api === 'admin' ? fc.constant('/w/fuzz') : fc.constantFrom('', '', '/w/fuzz', '/w/fuzz', '/w/__proto__');

/** Encodes what cannot stand in a request line; percent signs stay, so that malformed encodings reach the server. */
const encode = (text: string): string => text.replace(/[^!-~]|[?#]/gu, percentEncoded);

const percentEncoded = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const paramValue: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom('{image}', 'x', 'demo', 'fuzz', '1'), weight: 3 },
  { arbitrary: fc.uuid(), weight: 1 },
  { arbitrary: hostileText.map((text) => encode(text).slice(0, 8000)), weight: 1 },
);

const pathOf = (template: string): Arbitrary<string> => {
  const parts = template.split(/(\{\w+\})/);
  const values = parts.map((part) => (part.startsWith('{') ? paramValue : fc.constant(part)));
  const tail = fc.oneof({ arbitrary: fc.constant(''), weight: 12 }, { arbitrary: hostileText.map(encode), weight: 1 });
  return fc.tuple(...values, tail).map((texts) => texts.join(''));
};

const queryOf = (names: readonly string[]): Arbitrary<string> => {
  const name = fc.oneof(fc.constantFrom(...names), hostileText.map(encode));
  const pair = fc.tuple(name, hostileText.map(encode)).map(([key, value]) => `${key}=${value}`);
  const pairs = fc.array(pair, { minLength: 1, maxLength: 5 }).map((all) => `?${all.join('&').slice(0, 16_000)}`);
  return fc.oneof({ arbitrary: fc.constant(''), weight: 2 }, { arbitrary: pairs, weight: 1 });
};

const HEADERS = ['accept', 'range', 'x-openstack-nova-api-version', 'openstack-api-version', 'content-range', 'prefer'];

/** A value that a header may have: Latin-1 without control characters. */
const headerValue: Arbitrary<string> = hostileText.map((text) => text.replace(/[^ -~\xa0-\xff]/g, '').slice(0, 4000));

const headersOf = (types: readonly string[]): Arbitrary<Readonly<Record<string, string>>> =>
  fc
    .record({
      token: fc.oneof({ arbitrary: fc.constant('{token}'), weight: 9 }, { arbitrary: headerValue, weight: 1 }),
      type: fc.oneof({ arbitrary: fc.constantFrom(...types), weight: 9 }, { arbitrary: headerValue, weight: 1 }),
      other: fc.option(fc.tuple(fc.constantFrom(...HEADERS), headerValue), { freq: 3 }),
    })
    .map(({ token, type, other }) => ({
      'x-auth-token': token,
      'content-type': type,
      ...(other !== null && { [other[0]]: other[1] }),
    }));

const hasBody = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

/** Requests for an operation: mostly its own method and path, with hostile values. */
function requestFor({ api, method, path, queryNames, bodyNames, types }: FuzzTarget): Arbitrary<FuzzRequest> {
  return fc
    .record({
      method: fc.oneof(
        { arbitrary: fc.constant(method), weight: 15 },
        { arbitrary: fc.constantFrom(...METHODS), weight: 1 },
      ),
      world: worldOf(api),
      path: pathOf(path),
      query: queryOf(queryNames),
      headers: headersOf(types),
      body: fc.option(bodyText(bodyNames), { freq: 8 }),
    })
    .map(({ world, path: at, query, body, ...rest }) => ({
      ...rest,
      api,
      target: world + at + query,
      body: body !== null && hasBody(rest.method) ? body : undefined,
    }));
}

/** Returns requests for targets, the same ones for the same seed. */
export function fuzzRequests(targets: readonly FuzzTarget[], seed: number, count: number): readonly FuzzRequest[] {
  const request = fc.oneof(...targets.map(requestFor));
  return fc.sample(request, { seed, numRuns: count });
}
