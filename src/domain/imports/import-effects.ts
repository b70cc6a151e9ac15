import type { Image } from '../image.ts';
import type { Effect } from '../tasks/task.ts';
import type { NewTask } from '../tasks/tasks.ts';
import type { ImportEnding } from './store-outcome.ts';

/** Properties in which the service says how an import gets on. */
export const IMPORT_PROPERTIES = {
  task: 'os_glance_import_task',
  pending: 'os_glance_importing_to_stores',
  failed: 'os_glance_failed_import',
} as const;

/** What an import does to its image. */
export interface ImportCourse {
  readonly imageId: string;
  /** Stores that it goes to. */
  readonly stores: readonly string[];
  /** Stores that hold the data already, for a copy. */
  readonly holding: readonly string[] | undefined;
  /** How it ends where stores fail. */
  readonly ending: ImportEnding;
  /** Whether it succeeds all the same. */
  readonly survives: boolean;
  /** What ends it before it comes to any store: data that is missing, or over a quota. */
  readonly hindrance: 'missing' | 'excess' | undefined;
}

/** What comes about as an import begins, goes on and ends. */
export function importEffects(
  course: ImportCourse,
): Pick<NewTask, 'onBegin' | 'onProcessing' | 'onSuccess' | 'onFailure'> {
  const { imageId, stores, holding, ending, survives } = course;
  const { task, pending, failed } = IMPORT_PROPERTIES;
  const change = (properties: Readonly<Record<string, string | null>>, changes: Partial<Image> = {}): Effect => ({
    kind: 'change',
    imageId,
    changes,
    properties,
  });
  const [taken, missed] = survives ? [ending.held, ending.failed] : [stores, []];
  const done = { [task]: null, [pending]: '', [failed]: missed.join(',') };
  return {
    onBegin: (id) => [change({ [task]: id })],
    onProcessing: [
      change({ [pending]: stores.join(','), [failed]: '' }, holding === undefined ? { status: 'importing' } : {}),
    ],
    onSuccess:
      holding === undefined
        ? [{ kind: 'activate', imageId, stores: taken }, change(done)]
        : [change(done, { stores: [...holding, ...taken] })],
    onFailure: [failureEffect(course)],
  };
}

function failureEffect({ imageId, stores, holding, ending, hindrance }: ImportCourse): Effect {
  const { task, pending, failed } = IMPORT_PROPERTIES;
  const waiting = { failed: hindrance === 'excess' ? [] : stores, pending: [], changes: WAITING };
  const end = hindrance === undefined ? ending : waiting;
  return {
    kind: 'change',
    imageId,
    changes: holding === undefined ? end.changes : {},
    properties: { [task]: null, [pending]: end.pending.join(','), [failed]: end.failed.join(',') },
    // What a quota refuses stays where it is, and in the way of what would come there next.
    ...(hindrance !== 'excess' && { unstage: true }),
  };
}

/** Without data an image waits for another try. */
const WAITING = { status: 'queued', sizeBytes: null } as const;
