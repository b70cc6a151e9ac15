import type { Call } from '../../../contract/contract.ts';
import { SERVER_STATUSES } from '../../../domain/servers/server.ts';
import type { NamePattern, ServerQuery } from '../../../domain/servers/server-list.ts';
import { isTrue } from '../../nova/booleans.ts';
import { idInAddress, MAX_PAGE } from '../../nova/list-parameters.ts';
import { minorOf } from '../protocol/microversion.ts';
import { checkLimit } from '../protocol/query-checks.ts';
import { checkSortKeys, parseOrder, type ServerOrder } from './order.ts';

/** A list request. */
export interface ServerListRequest extends ServerQuery, Pick<ServerOrder, 'adminKey'> {
  /** Lists the servers of all projects. */
  readonly ofAllProjects: boolean;
  /** Id of the last server of the previous page. */
  readonly marker?: string;
}

/** Parses the query of a list of servers. Unknown parameters are ignored. @returns the message of a 400 if the query is invalid. */
export function parseServerList(call: Call, parameters: URLSearchParams): ServerListRequest | string {
  const minor = minorOf(call);
  const invalid = checkLimit({ query: parameters, releases: call.releases }) ?? checkSortKeys(parameters, minor);
  if (invalid !== undefined) return invalid;
  const order = parseOrder(parameters, minor);
  if (typeof order === 'string') return order;
  const limit = parameters.get('limit');
  const marker = parameters.get('marker');
  const name = parameters.get('name');
  const image = parameters.get('image');
  const statuses = parameters.getAll('status').map((status) => status.toUpperCase());
  return {
    limit: Math.min(limit === null ? MAX_PAGE : Number(limit), MAX_PAGE),
    ...order,
    ofAllProjects: isTrue(parameters.get('all_tenants') ?? ''),
    ...(marker !== null && { marker }),
    ...(name !== null && { name: patternOf(name) }),
    ...(image !== null && { imageId: idInAddress(image) }),
    ...(statuses.length > 0 && { statuses: SERVER_STATUSES.filter((status) => statuses.includes(status)) }),
  };
}

/** Nova matches names by regular expression; only `^` at the start and `$` at the end are supported here. */
const patternOf = (name: string): NamePattern => ({
  text: name.replace(/^\^/, '').replace(/\$$/, ''),
  atStart: name.startsWith('^'),
  atEnd: name.endsWith('$'),
});
