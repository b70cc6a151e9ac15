import { SERVER_STATUSES } from '../../../domain/servers/server.ts';
import type { NamePattern, ServerQuery } from '../../../domain/servers/server-list.ts';
import { serverOf } from '../../nova/image-views.ts';

/** A list of servers, as it is asked for. */
export interface ServerListRequest extends ServerQuery {
  /** Of all projects. */
  readonly isOfAll: boolean;
}

const PAGE_MOST = 1000;
const TRUE_WORDS: ReadonlySet<string> = new Set(['1', 't', 'true', 'on', 'y', 'yes']);

/**
 * Reads the parameters of a list of servers; unknown ones are overlooked.
 * @returns what is wrong with them in a line, as the service says it.
 */
export function parseServerList(parameters: URLSearchParams): ServerListRequest | string {
  const limit = parameters.get('limit');
  if (limit !== null && !/^[0-9]*$/.test(limit)) {
    return `Invalid input for query parameters limit. Value: ${limit}. '${limit}' does not match '^[0-9]*$'`;
  }
  if (limit === '') return "Invalid input for query parameters limit. Value: . '' is too short";
  const marker = parameters.get('marker');
  const name = parameters.get('name');
  const image = parameters.get('image');
  const statuses = parameters.getAll('status').map((status) => status.toUpperCase());
  return {
    limit: Math.min(limit === null ? PAGE_MOST : Number(limit), PAGE_MOST),
    isOfAll: TRUE_WORDS.has(parameters.get('all_tenants')?.toLowerCase() ?? ''),
    ...(marker !== null && { marker }),
    ...(name !== null && { name: patternOf(name) }),
    ...(image !== null && { imageId: serverOf(image) }),
    ...(statuses.length > 0 && { statuses: SERVER_STATUSES.filter((status) => statuses.includes(status)) }),
  };
}

/** A name as the service takes it, of whose regular expressions only the two ends of a text are known here. */
const patternOf = (name: string): NamePattern => ({
  text: name.replace(/^\^/, '').replace(/\$$/, ''),
  atStart: name.startsWith('^'),
  atEnd: name.endsWith('$'),
});
