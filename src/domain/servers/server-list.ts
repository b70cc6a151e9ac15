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
  readonly after?: ServerPosition;
  readonly limit: number;
}

/** What decides where a server stands in lists. */
export type ServerPosition = Pick<Server, 'id' | 'createdAt' | 'ordinal'>;

/** Returns the position of a server. */
export const positionOf = ({ id, createdAt, ordinal }: Server): ServerPosition => ({
  id,
  createdAt,
  ...(ordinal !== undefined && { ordinal }),
});

/** A text that a name contains, starts with, ends with or equals. */
export interface NamePattern {
  readonly text: string;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

const compare = (one: ServerPosition, other: ServerPosition): number =>
  other.createdAt - one.createdAt || (other.ordinal ?? 0) - (one.ordinal ?? 0) || compareTexts(one.id, other.id);

/** One page of the matching servers, the newest first. */
export const pageOfServers = (all: readonly Server[], query: ServerQuery): readonly Server[] =>
  all
    .filter((server) => matches(server, query))
    .sort(compare)
    .slice(0, query.limit);

const matches = (server: Server, query: ServerQuery): boolean =>
  (query.after === undefined || compare(query.after, server) < 0) && isWanted(server, query);

const isWanted = ({ name, status, imageId }: Server, query: ServerQuery): boolean =>
  (query.name === undefined || isNamed(name, query.name)) &&
  (query.statuses === undefined || query.statuses.includes(status)) &&
  (query.imageId === undefined || query.imageId === imageId);

function isNamed(name: string, { text, atStart, atEnd }: NamePattern): boolean {
  if (atStart && atEnd) return name === text;
  if (atStart) return name.startsWith(text);
  return atEnd ? name.endsWith(text) : name.includes(text);
}
