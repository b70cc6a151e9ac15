import type { Image } from '../image.ts';
import type { NewTask } from '../tasks/new-task.ts';
import type { Effect } from '../tasks/task.ts';
import type { ImportConventions } from './import-conventions.ts';
import type { StoreOutcome } from './store-outcome.ts';

/** How an import runs. */
export interface ImportPlan {
  readonly imageId: string;
  /** Ids of the target stores. */
  readonly stores: readonly string[];
  /** Ids of the stores that already contain the data, for a copy. */
  readonly holding: readonly string[] | undefined;
  /** How the import ends if stores fail. */
  readonly outcome: StoreOutcome;
  /** Whether the import succeeds although stores fail. */
  readonly toleratesFailures: boolean;
  /** What ends the import before it reaches any store: missing data, or an exceeded quota. */
  readonly blockedBy: 'missing' | 'excess' | undefined;
}

/** The effects of an import on its image, as the import starts, runs and ends. */
export function importEffects(
  names: ImportConventions['properties'],
  plan: ImportPlan,
): Pick<NewTask, 'onBegin' | 'onProcessing' | 'onSuccess' | 'onFailure'> {
  const { imageId, stores, holding, outcome, toleratesFailures } = plan;
  const change = (properties: Readonly<Record<string, string | null>>, changes: Partial<Image> = {}): Effect => ({
    kind: 'change',
    imageId,
    changes,
    properties,
  });
  const [written, failed] = toleratesFailures ? [outcome.held, outcome.failed] : [stores, []];
  const done = { [names.task]: null, [names.pending]: '', [names.failed]: failed.join(',') };
  return {
    onBegin: (id) => [change({ [names.task]: id })],
    onProcessing: [
      change(
        { [names.pending]: stores.join(','), [names.failed]: '' },
        holding === undefined ? { status: 'importing' } : {},
      ),
    ],
    onSuccess:
      holding === undefined
        ? [{ kind: 'activate', imageId, stores: written }, change(done)]
        : [change(done, { stores: [...holding, ...written] })],
    onFailure: [failureEffect(names, plan)],
  };
}

function failureEffect(
  names: ImportConventions['properties'],
  { imageId, stores, holding, outcome, blockedBy }: ImportPlan,
): Effect {
  const stopped = { failed: blockedBy === 'excess' ? [] : stores, pending: [], changes: AWAITING_RETRY };
  const end = blockedBy === undefined ? outcome : stopped;
  return {
    kind: 'change',
    imageId,
    changes: holding === undefined ? end.changes : {},
    properties: { [names.task]: null, [names.pending]: end.pending.join(','), [names.failed]: end.failed.join(',') },
    // Data that exceeds a quota stays staged, and blocks the next attempt to stage data.
    ...(blockedBy !== 'excess' && { unstage: true }),
  };
}

/** An image without data waits for another attempt. */
const AWAITING_RETRY = { status: 'queued', sizeBytes: null } as const;
