import type { Contract } from '../contract/contract.ts';
import { nearestName } from '../contract/nearest.ts';
import { InputError } from '../input/input-error.ts';
import type { Entry } from '../journal/entry.ts';
import type { EntryQuery } from '../journal/journal.ts';
import type { World } from '../world/world.ts';

const LIMIT = 100;

/** A part of a world's journal. */
export interface RequestList {
  /** Oldest first. */
  readonly requests: readonly Entry[];
  /** Since the world was made or its journal cleared. */
  readonly recorded: number;
  /** Requests for which the journal had no room any more. */
  readonly dropped: number;
}

/**
 * The newest requests that fit a query, which has passed the operation's schemas.
 * @throws InputError for an operation or a dialect that is not there.
 */
export function listRequests(world: World, query: URLSearchParams, contracts: readonly Contract[]): RequestList {
  const text = (name: string): string | undefined => query.get(name) ?? undefined;
  const operation = text('operation');
  const dialect = text('dialect');
  if (operation !== undefined) {
    const names = contracts.flatMap(({ name, operations }) => Object.keys(operations).map((id) => `${name}.${id}`));
    expectName(operation, names, 'operation');
  }
  if (dialect !== undefined) {
    expectName(
      dialect,
      contracts.map(({ name }) => name),
      'dialect',
    );
  }
  const status = text('status');
  const source = text('source') as EntryQuery['source'];
  const method = text('method');
  const after = text('after');
  return {
    requests: world.journal.query({
      ...(operation !== undefined && { operation }),
      ...(dialect !== undefined && { dialect }),
      ...(status !== undefined && { status: Number(status) }),
      ...(source !== undefined && { source }),
      ...(method !== undefined && { method: method.toUpperCase() }),
      ...(after !== undefined && { after: Number(after) }),
      limit: Number(text('limit') ?? LIMIT),
    }),
    recorded: world.journal.recorded,
    dropped: world.journal.dropped,
  };
}

function expectName(found: string, names: readonly string[], what: string): void {
  if (names.includes(found)) return;
  const nearest = nearestName(found, names);
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  throw new InputError('query', [
    {
      pointer: `/${what}`,
      message: `there is no ${what} "${found}"${hint}`,
      found,
      allowed: names.length > 20 ? 'what GET contracts lists, as dialect.operation' : names,
    },
  ]);
}
