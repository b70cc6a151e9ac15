import { compareTexts } from '../image-store/image-order.ts';
import type { Server, ServerStatus } from './server.ts';

/** Which servers to list. */
export interface ServerQuery {
  /** Pattern of the name. */
  readonly name?: NamePattern;
  readonly statuses?: readonly ServerStatus[];
  /** Id of the image that the servers run from. */
  readonly imageId?: string;
  /** Id of the last server of the previous page. */
  readonly marker?: string;
  readonly limit: number;
}

/** A text that a name contains, starts with, ends with or equals. */
export interface NamePattern {
  readonly text: string;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** One page of the matching servers, the newest first; `undefined` for an unknown marker. */
export function pageOfServers(all: readonly Server[], query: ServerQuery): readonly Server[] | undefined {
  const sorted = [...all].sort(
    (one, other) =>
      other.createdAt - one.createdAt || (other.ordinal ?? 0) - (one.ordinal ?? 0) || compareTexts(one.id, other.id),
  );
  const at = query.marker === undefined ? -1 : sorted.findIndex(({ id }) => id === query.marker);
  if (query.marker !== undefined && at === -1) return undefined;
  return sorted
    .slice(at + 1)
    .filter((server) => matches(server, query))
    .slice(0, query.limit);
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
