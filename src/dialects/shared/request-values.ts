import type { Call } from '../../contract/contract.ts';
import type { Image } from '../../domain/image.ts';
import type { FaultRequest } from '../dialect.ts';
import { parseJson } from './json-body.ts';

/** An id of nothing, for problems that name something that the request does not. */
export const ABSENT_ID = '00000000-0000-4000-8000-000000000000';

/** Returns a path parameter; an empty text if the path has none of this name. */
export const param = ({ call }: Pick<FaultRequest, 'call'>, name: string): string => call.params[name] ?? '';

/** Returns the image id of the path. */
export const imageIdOf = (request: Pick<FaultRequest, 'call'>): string => param(request, 'image_id');

/** Returns the image of the path; `undefined` if it does not exist. */
export const imageOf = ({ call, context: { cloud } }: FaultRequest): Image | undefined => {
  const imageId = call.params['image_id'];
  return imageId === undefined ? undefined : cloud.images.peek(imageId);
};

/** Returns a member of the JSON body, even if the rest of the body is invalid; `undefined` if there is none. */
export function bodyMember({ body }: Pick<Call, 'body'>, name: string): unknown {
  try {
    const value: unknown = body === undefined ? undefined : parseJson(body);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  } catch {
    return undefined;
  }
}

/** Returns a member of the JSON body that is a text. */
export function textMember(call: Pick<Call, 'body'>, name: string): string | undefined {
  const value = bodyMember(call, name);
  return typeof value === 'string' ? value : undefined;
}

/** Returns a copy of a request with another JSON body, for parsers that reject it. */
export const withJson = ({ headers, params }: Pick<Call, 'headers' | 'params'>, body: unknown) => ({
  method: 'POST',
  headers: { ...headers, 'content-length': '1' },
  params,
  body: Buffer.from(JSON.stringify(body)),
});

/** What a copy of a request has in place of the values of the request. */
export interface CallChange extends Partial<Pick<Call, 'headers' | 'body' | 'json' | 'params' | 'path' | 'search'>> {}

/** A copy of a request with other values. */
export function callWith(call: Call, change: CallChange): Call {
  const { headers = call.headers, params = call.params, path = call.path, search = call.search } = change;
  return {
    method: call.method,
    path,
    target: call.target,
    params,
    search,
    query: search === call.search ? call.query : new URLSearchParams(search),
    headers,
    body: 'body' in change ? change.body : call.body,
    json: change.json,
    stream: call.stream,
    root: call.root,
    base: call.base,
    mount: call.mount,
    isPlain: call.isPlain,
    releases: call.releases,
    program: call.program,
    client: call.client,
    link: (url) => call.link(url),
  };
}
