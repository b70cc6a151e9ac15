import { compareTexts } from '../image-store/image-order.ts';
import type { Server, ServerStatus } from './server.ts';

/** Which servers to list. */
export interface ServerQuery {
  /** Pattern of the name. */
  readonly name?: NamePattern;
  readonly statuses?: readonly ServerStatus[];
  /** Id of the image that the servers run from. */
  readonly imageId?: string;
  /** The last server of the previous page. */
  readonly after?: Server;
  /** Order of the list. Default: the newest first. */
  readonly compare?: (one: Server, other: Server) => number;
  readonly limit: number;
}

/** A text that a name contains, starts with, ends with or equals. */
export interface NamePattern {
  readonly text: string;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

const newestFirst = (one: Server, other: Server): number =>
  other.createdAt - one.createdAt || (other.ordinal ?? 0) - (one.ordinal ?? 0) || compareTexts(one.id, other.id);

/** One page of the matching servers. */
export function pageOfServers(all: readonly Server[], query: ServerQuery): readonly Server[] {
  const { after, compare = newestFirst, limit } = query;
  return all
    .filter((server) => (after === undefined || compare(after, server) < 0) && matches(server, query))
    .sort(compare)
    .slice(0, limit);
}

const matches = ({ name, status, imageId }: Server, query: ServerQuery): boolean =>
  (query.name === undefined || isNamed(name, query.name)) &&
  (query.statuses === undefined || query.statuses.includes(status)) &&
  (query.imageId === undefined || query.imageId === imageId);

function isNamed(name: string, { text, atStart, atEnd }: NamePattern): boolean {
  if (atStart && atEnd) return name === text;
  if (atStart) return name.startsWith(text);
  return atEnd ? name.endsWith(text) : name.includes(text);
}
