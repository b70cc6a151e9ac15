/** What takes time in these services, by what it does. */
export const TASK_KINDS = ['import', 'export', 'snapshot', 'copy', 'share', 'cache'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** What moves a task from its beginning to its end. */
export type Pace =
  /** Ended by the time its beginning is answered. */
  | { readonly by: 'once' }
  /** So many reads of the task, or of its image, still find it on its way. */
  | { readonly by: 'polls'; readonly polls: number }
  /** Ended so many seconds later, by the world's clock. */
  | { readonly by: 'clock'; readonly seconds: number }
  /** Whoever has the admin API moves it. */
  | { readonly by: 'hand' };

/** How a task fails, in the words and codes of the service that shows it. */
export interface Failure {
  /** `null` for services whose failures have no codes. */
  readonly code: string | null;
  /** `null` for what is usual for the code. */
  readonly message: string | null;
}

/** How tasks of a kind get on in a world. */
export interface Progress {
  readonly pace: Pace;
  /** What they end in, where they do not succeed. */
  readonly failure?: Failure;
}

/** Progress by kind of task; `*` is for all kinds that are not named. What is absent moves at once. */
export type ProgressRules = Readonly<Partial<Record<TaskKind | '*', Progress>>>;

const AT_ONCE: Progress = { pace: { by: 'once' } };

/** How a task of that kind gets on. */
export const progressOf = (rules: ProgressRules, kind: TaskKind): Progress => rules[kind] ?? rules['*'] ?? AT_ONCE;
