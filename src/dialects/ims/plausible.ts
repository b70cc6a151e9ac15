import type { Call, Operation, Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { imageText, versionsText } from './present.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' } as const;

/** Lists with nothing in them, by the operation's path and method. */
const EMPTY: readonly (readonly [path: RegExp, body: string])[] = [
  [/^\/v2\/images$/, '{"images": [], "first": "/v2/images", "schema": "/v2/schemas/images"}'],
  [/\/members$/, '{"members": [], "schema": "/v2/schemas/members"}'],
  [/\/tags$/, '{"tags": []}'],
  [/\/images\/detail$|\/cloudimages$/, '{"images": []}'],
  [/\/resource_instances\/action$/, '{"resources": [], "total_count": 0}'],
  [/\/quota$/, '{"quotas": {"resources": []}}'],
  [/\/os_version$/, '[]'],
];

/** A success that nothing brought about. */
export function plausible(
  status: number,
  { method, params, base }: Call<string>,
  { cloud }: Context,
  operation: Operation,
): Reply {
  if (status === 204) return { status };
  if (operation.path === '/' || operation.path === '/{version}') {
    return { status, headers: JSON_TYPE, body: versionsText(base) ?? '{}' };
  }
  const empty = method === 'GET' || operation.path.endsWith('/action') ? emptyOf(operation.path) : undefined;
  if (empty !== undefined) return { status, headers: JSON_TYPE, body: empty };
  const imageId = params['image_id'];
  const image = imageId === undefined ? undefined : cloud.images.peek(imageId);
  return { status, headers: JSON_TYPE, body: image === undefined ? '{}' : imageText(image) };
}

const emptyOf = (path: string): string | undefined => EMPTY.find(([pattern]) => pattern.test(path))?.[1];
