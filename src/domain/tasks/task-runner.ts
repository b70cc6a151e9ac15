import type { Failure } from '../progress.ts';
import { type Effect, hasEnded, pollsOf, type Task } from './task.ts';
import { putInto, type TasksState } from './task-trees.ts';
import type { TasksDependencies } from './tasks-dependencies.ts';

/** Failure of a task whose image was deleted: it has neither code nor message. */
const IMAGE_DELETED: Failure = { code: null, message: null };

/** Milliseconds for which an ended task can still be seen. */
const RETENTION_MILLISECONDS = 48 * 3_600_000;

/** Moves tasks from pending to processing and to their end, and applies their effects. */
export class TaskRunner {
  readonly #dependencies: TasksDependencies;
  readonly #trees: TasksState;
  #nextDue: number;

  constructor(trees: TasksState, dependencies: TasksDependencies) {
    this.#dependencies = dependencies;
    this.#trees = trees;
    this.#nextDue = this.#firstDue();
  }

  /** When the clock ends the next task: milliseconds since 1970, infinity for never. */
  get nextDue(): number {
    return this.#nextDue;
  }

  /** Stores a task in place of its former value. */
  put(task: Task): Task {
    this.#dependencies.onPut?.(task);
    putInto(this.#trees, task);
    this.#nextDue = this.#firstDue();
    return task;
  }

  /** Applies effects. */
  apply(effects: readonly Effect[]): void {
    for (const effect of effects) this.#dependencies.apply(effect);
  }

  /** Counts a read of a task as a poll, which may end it. A part is polled through its parent. */
  poll(task: Task): Task {
    if (task.partOf !== undefined) {
      const parent = this.#trees.tasks.get(task.partOf);
      if (parent !== undefined) this.poll(parent);
      return this.#trees.tasks.get(task.id) ?? task;
    }
    if (hasEnded(task) || task.pace.by !== 'polls') return task;
    if (task.polls >= pollsOf(task, task.pace.polls)) return this.end(task);
    const polled = { ...task, polls: task.polls + 1 };
    return task.status === 'pending' ? this.process(polled) : this.put(polled);
  }

  /** Moves a pending task and its parts to processing. */
  process(task: Task): Task {
    const processing = this.put({ ...task, status: 'processing', updatedAt: this.#dependencies.clock.now() });
    this.apply(task.onProcessing);
    for (const part of this.#partsOf(task)) if (part.status === 'pending') this.process(part);
    return processing;
  }

  /** Ends a task with its failure, or successfully, and ends its parts. */
  end(task: Task): Task {
    const now = this.#dependencies.clock.now();
    const failure = task.failure ?? this.#lossOf(task);
    const ended: Task = {
      ...task,
      failure,
      status: failure === null ? 'success' : 'failure',
      message: failure === null ? task.successMessage : (failure.message ?? task.failureMessage ?? ''),
      code: failure?.code ?? null,
      updatedAt: now,
      expiresAt: now + RETENTION_MILLISECONDS,
    };
    this.put(ended);
    this.apply(failure === null ? task.onSuccess : task.onFailure);
    this.#endParts(ended);
    this.#endParent(ended);
    return ended;
  }

  #partsOf({ parts = [] }: Pick<Task, 'parts'>): readonly Task[] {
    return parts.flatMap((id) => this.#trees.tasks.get(id) ?? []);
  }

  /** The failure of a task whose image was deleted before its data arrived. */
  #lossOf(task: Task): Failure | null {
    const isLost = (effect: Effect): boolean =>
      effect.kind === 'activate' && this.#dependencies.isGone?.(effect.imageId) === true;
    const all = [task, ...this.#partsOf(task)];
    return all.some(({ onSuccess }) => onSuccess.some(isLost)) ? IMAGE_DELETED : null;
  }

  /** Ends each part with its own failure; if the parent fails and no part has a failure, all parts fail like the parent. */
  #endParts({ parts, failure }: Task): void {
    if (parts === undefined) return;
    const all = this.#partsOf({ parts }).map((part) => ({ ...part, failure: part.failure ?? this.#lossOf(part) }));
    const havePartsFailed = all.some((part) => part.failure !== null);
    const endsLikeParent = failure === null || !havePartsFailed;
    for (const part of all) if (!hasEnded(part)) this.end(endsLikeParent ? { ...part, failure } : part);
  }

  /** Ends the parent once its last part has ended. */
  #endParent({ partOf }: Task): void {
    const parent = partOf === undefined ? undefined : this.#trees.tasks.get(partOf);
    if (parent === undefined || hasEnded(parent)) return;
    const parts = this.#partsOf(parent);
    if (!parts.every(hasEnded)) return;
    this.end({ ...parent, failure: parts.find(({ failure }) => failure !== null)?.failure ?? null });
  }

  #firstDue(): number {
    const first = this.#trees.due.minKey();
    return first === undefined ? Number.POSITIVE_INFINITY : Number(first.slice(0, 16));
  }
}
