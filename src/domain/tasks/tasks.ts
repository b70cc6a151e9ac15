import { hash } from 'node:crypto';
import type { Caller } from '../caller.ts';
import { DomainError } from '../problem.ts';
import { afterApplying, type Failure, type Pace, type Progress, type TaskKind } from '../progress.ts';
import { createTask, type NewTask } from './new-task.ts';
import { hasEnded, isExpired, type Task, type TaskStatus } from './task.ts';
import { paceOf, progressOfTask, type StartingTask } from './task-progress.ts';
import { TaskRunner } from './task-runner.ts';
import { cloneTrees, createTrees, removeFrom, reversedUnder, type TasksState } from './task-trees.ts';
import type { TasksDependencies } from './tasks-dependencies.ts';

/** Which tasks to list. */
export interface TaskQuery {
  /** Project id; `null` for all projects. */
  readonly owner: string | null;
  readonly api?: string;
  readonly type?: string;
  readonly status?: TaskStatus;
  /** Omits tasks that no API shows. */
  readonly isShown?: true;
}

/** How many tasks that have ended a world keeps. */
export const MAX_ENDED = 4000;
/** Number of tasks that can be forgotten for each new one. */
const SWEEP_COUNT = 2;

/** Pace of a part: only its parent moves it. */
const BY_PARENT: Pace = { by: 'hand' };

/** A short text that identifies the input of a task in its id. */
const inputDigest = (input: NewTask['input']): string => hash('md5', JSON.stringify(input ?? null));

/** The tasks of one world. Those with the pace `clock` end when `endDueTasks` is called at or after their time. */
export class Tasks {
  readonly #dependencies: TasksDependencies;
  readonly #trees: TasksState;
  readonly #runner: TaskRunner;

  constructor(state: TasksState | undefined, dependencies: TasksDependencies) {
    this.#dependencies = dependencies;
    this.#trees = state === undefined ? createTrees() : cloneTrees(state);
    this.#runner = new TaskRunner(this.#trees, dependencies);
  }

  /** The current state; costs the same for any number of tasks. */
  snapshot(): TasksState {
    return cloneTrees(this.#trees);
  }

  /**
   * Starts a task, and ends it if the world's progress rules end it at once.
   * @returns the task as it started.
   */
  start(caller: Caller, request: NewTask): Task {
    const { parts = [] } = request;
    const progress = progressOfTask(this.#dependencies, caller, { task: request, parts });
    const partFailures = parts.map((part) => part.failure ?? this.#partFailure(caller, request, part));
    this.#useProgress(progress);
    const pace = paceOf(progress, request);
    const expected = partFailures.find((each) => each !== undefined) ?? progress.failure ?? null;
    const failure = request.failure === undefined ? expected : request.failure;
    const { ids } = this.#dependencies;
    // The input distinguishes the task from others that start meanwhile, so that its id does not depend on their order.
    const id = ids.next('task', caller.projectId, request.type, request.imageId ?? '', inputDigest(request.input));
    const task = this.#create(request, { id, caller, pace, failure });
    const created = parts.map((part, index) => {
      const partId = ids.uuid('part', id, String(index));
      const partRequest = { ...part, kind: request.kind, api: request.api };
      const start = { id: partId, caller, pace: BY_PARENT, failure: partFailures[index] ?? null };
      return this.#create(partRequest, start, id);
    });
    if (created.length > 0) this.#runner.put({ ...task, parts: created.map((part) => part.id) });
    this.#runner.apply(request.onBegin?.(id) ?? []);
    const started = this.#trees.tasks.get(id) as Task;
    if (pace.by === 'once') this.#runner.end(started);
    else if (pace.by === 'clock') this.#runner.process(started);
    return started;
  }

  /** Whether a task would succeed before the response to the request that starts it. */
  isInstant(caller: Caller, task: StartingTask): boolean {
    const { pace, failure } = this.progressOf(caller, task);
    return pace.by === 'once' && failure === undefined;
  }

  /** The progress that a task would have. */
  progressOf(caller: Caller, task: StartingTask): Progress {
    return progressOfTask(this.#dependencies, caller, { task });
  }

  /** Returns a task without any check; does not count as a poll. */
  peek(id: string): Task | undefined {
    return this.#trees.tasks.get(id);
  }

  /**
   * Returns a task of an API; counts as a poll.
   * @throws DomainError `task-not-found` for a task that does not exist or that belongs to another project.
   */
  show(caller: Caller, api: string, id: string): Task {
    const task = this.#trees.tasks.get(id);
    const isOfApi = task?.api === api && task.isUnseen === undefined;
    if (!isOfApi || (task.owner !== caller.projectId && !caller.isAdmin)) {
      throw new DomainError({ kind: 'task-not-found', taskId: id });
    }
    return this.#runner.poll(task);
  }

  /** Lists matching tasks, the newest first. */
  *list(query: TaskQuery): IterableIterator<Task> {
    const { owner } = query;
    const { byTime, byOwner } = this.#trees;
    for (const id of owner === null ? reversedUnder(byTime, '') : reversedUnder(byOwner, `${owner}\u0000`)) {
      const task = this.#trees.tasks.get(id);
      if (task !== undefined && matches(task, query)) yield task;
    }
  }

  /** Lists the tasks of an image, the newest first. */
  ofImage(imageId: string): readonly Task[] {
    return this.#under(this.#trees.byImage, imageId);
  }

  /** Lists the running tasks of an image. */
  runningOn(imageId: string): readonly Task[] {
    return this.#under(this.#trees.running, imageId);
  }

  /** Lists the running tasks of a kind that work on an image, the oldest first. */
  running(kind: TaskKind): readonly Task[] {
    const tasks = [...this.#trees.running.values()].flatMap((id) => this.#trees.tasks.get(id) ?? []);
    return tasks.filter((task) => task.kind === kind).sort((a, b) => a.ordinal - b.ordinal);
  }

  /** Counts the running tasks of a type in a project, up to `max`. */
  countRunning(owner: string, type: string, max: number): number {
    let count = 0;
    for (const _id of reversedUnder(this.#trees.runningByType, `${owner}\u0000${type}\u0000`)) {
      count += 1;
      if (count === max) break;
    }
    return count;
  }

  /** Counts a read of what a task works on as a poll; an unknown id is ignored. */
  poll(taskId: string): void {
    const task = this.#trees.tasks.get(taskId);
    if (task !== undefined) this.#runner.poll(task);
  }

  /** Counts a read of an image as a poll of its running tasks. */
  pollImage(imageId: string): void {
    if (this.#trees.running.size === 0) return;
    for (const task of this.#under(this.#trees.running, imageId)) this.#runner.poll(task);
  }

  /** Ends the tasks that are due; costs one comparison if there are none. */
  endDueTasks(): void {
    if (this.#runner.nextDue === Number.POSITIVE_INFINITY) return;
    const now = this.#dependencies.clock.now();
    while (this.#runner.nextDue <= now) {
      const task = this.#trees.tasks.get(this.#trees.due.get(this.#trees.due.minKey() as string) as string);
      this.#runner.end(task as Task);
    }
  }

  /** Moves a task one step: from pending to processing, or from processing to its end. */
  advance(task: Task): Task {
    if (hasEnded(task)) return task;
    if (task.status === 'processing') return this.#runner.end(task);
    return this.#runner.process(task);
  }

  /** Changes the pace of a running task, counted from its start, or its failure. */
  change(task: Task, { pace = task.pace, failure = task.failure }: Partial<Pick<Task, 'pace' | 'failure'>>): Task {
    if (hasEnded(task)) return task;
    const changed = this.#runner.put({ ...task, pace, failure });
    if (pace.by === 'once') return this.#runner.end(changed);
    return pace.by === 'clock' && changed.status === 'pending' ? this.#runner.process(changed) : changed;
  }

  /** Ends a running task successfully, or with this failure. */
  finish(task: Task, failure: Failure | null = null): Task {
    return hasEnded(task) ? task : this.#runner.end({ ...task, failure });
  }

  #partFailure(caller: Caller, request: NewTask, part: NonNullable<NewTask['parts']>[number]): Failure | undefined {
    const { kind, api } = request;
    return progressOfTask(this.#dependencies, caller, { task: { ...part, kind, api } }).failure;
  }

  /** Counts an application of a progress rule that has a limited number of them. */
  #useProgress(progress: Progress): void {
    const rules = this.#dependencies.progress();
    const remaining = afterApplying(rules, progress);
    if (remaining !== rules) this.#dependencies.setProgress?.(remaining);
  }

  #create(
    request: NewTask,
    start: Pick<Task, 'id' | 'pace' | 'failure'> & { readonly caller: Caller },
    partOf?: string,
  ): Task {
    this.#forgetEnded();
    const task = createTask(request, {
      ...start,
      ordinal: this.#trees.last.ordinal + 1,
      now: this.#dependencies.clock.now(),
    });
    return this.#runner.put(partOf === undefined ? task : { ...task, partOf });
  }

  /** Forgets the oldest tasks that have ended, once they have expired or are too many. */
  #forgetEnded(): void {
    const { tasks, ended } = this.#trees;
    for (let count = 0; count < SWEEP_COUNT; count += 1) {
      const first = ended.minKey();
      const task = first === undefined ? undefined : tasks.get(ended.get(first) as string);
      if (task === undefined) return;
      if (ended.size <= MAX_ENDED && !isExpired(task, this.#dependencies.clock.now())) return;
      this.#dependencies.onDrop?.(task.id);
      removeFrom(this.#trees, task);
    }
  }

  #under(tree: TasksState['byImage'], imageId: string): readonly Task[] {
    return [...reversedUnder(tree, `${imageId}\u0000`)].flatMap((id) => this.#trees.tasks.get(id) ?? []);
  }
}

const matches = (task: Task, { api, type, status, isShown }: TaskQuery): boolean =>
  (api === undefined || task.api === api) &&
  (isShown === undefined || task.isUnseen === undefined) &&
  (type === undefined || task.type === type) &&
  (status === undefined || task.status === status);
