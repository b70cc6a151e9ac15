import type { Contract } from '../contract/contract.ts';
import { didYouMean } from '../contract/nearest.ts';
import { InputError } from '../input/input-error.ts';
import type { Entry } from '../journal/entry.ts';
import type { World } from '../world/world.ts';

/** Number of entries when `limit` is omitted. */
const DEFAULT_LIMIT = 100;

/** Selects requests of the journal; all given members must match. */
export interface RequestQuery {
  /** `image-v2.showImage`. */
  readonly operation?: string;
  /** `image-v2`. */
  readonly dialect?: string;
  /** Status of the response. */
  readonly status?: number;
  /** What produced the response: state and input, or a rule. */
  readonly source?: 'natural' | 'injected';
  readonly method?: string;
  /** Only entries with a higher id. */
  readonly after?: number;
  /** Maximum number of entries, the latest ones; 100 when omitted. */
  readonly limit?: number;
}

/** A part of a world's journal. */
export interface RequestList {
  /** In chronological order. */
  readonly requests: readonly Entry[];
  /** Requests since the world was created or its journal was cleared. */
  readonly recorded: number;
  /** Requests that the full journal has dropped. */
  readonly dropped: number;
}

/**
 * Returns the latest requests that match a query.
 * @throws InputError for an unknown operation or dialect.
 */
export function listRequests(
  { journal }: World,
  { method, limit = DEFAULT_LIMIT, ...query }: RequestQuery,
  contracts: readonly Contract[],
): RequestList {
  if (query.operation !== undefined) {
    const names = contracts.flatMap(({ name, operations }) => Object.keys(operations).map((id) => `${name}.${id}`));
    assertKnown('operation', query.operation, names);
  }
  if (query.dialect !== undefined) {
    const names = contracts.map(({ name }) => name);
    assertKnown('dialect', query.dialect, names);
  }
  return {
    requests: journal.query({ ...query, ...(method !== undefined && { method: method.toUpperCase() }), limit }),
    recorded: journal.recorded,
    dropped: journal.dropped,
  };
}

function assertKnown(parameter: string, found: string, names: readonly string[]): void {
  if (names.includes(found)) return;
  throw new InputError('query', [
    {
      pointer: `/${parameter}`,
      message: `unknown ${parameter} "${found}"${didYouMean(found, names)}`,
      found,
      allowed: names.length > 20 ? 'an operation that GET /__admin/contracts lists, as dialect.operation' : names,
    },
  ]);
}
