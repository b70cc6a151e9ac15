import { hash } from 'node:crypto';
import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import type { Ids } from '../ids.ts';
import { DomainError } from '../problem.ts';
import {
  afterTaking,
  type Failure,
  type Pace,
  type Progress,
  type ProgressRules,
  progressOf,
  type TaskKind,
} from '../progress.ts';
import { type Effect, hasEnded, type JsonObject, pollsOf, type Task, type TaskStatus } from './task.ts';
import { cloneTrees, createTrees, putInto, reversedUnder, type TasksState } from './task-trees.ts';

/** A part of a new task: a task of its own to look at, which moves with the whole. */
export type NewPart = Pick<
  NewTask,
  'type' | 'imageId' | 'matchImageId' | 'result' | 'failure' | 'onProcessing' | 'onSuccess' | 'onFailure'
>;

/** What begins a task. */
export interface NewTask {
  readonly kind: TaskKind;
  readonly api: string;
  readonly type: string;
  readonly imageId?: string;
  /** Id of the image that progress rules match, for a task that does not belong to it by `imageId`. */
  readonly matchImageId?: string;
  readonly input?: JsonObject | null;
  readonly result?: JsonObject;
  readonly requestId?: string;
  /** How it must fail, whatever the world's progress says: what it was to work on is not there. `null`: it succeeds. */
  readonly failure?: Failure | null;
  readonly successMessage?: string;
  /** What is said of a failure that has no message of its own. */
  readonly failureMessage?: string;
  /** No API shows it. */
  readonly isUnseen?: true;
  /** What comes about at once. */
  readonly onBegin?: (taskId: string) => readonly Effect[];
  readonly onProcessing?: readonly Effect[];
  readonly onSuccess?: readonly Effect[];
  readonly onFailure?: readonly Effect[];
  /** What it consists of; it fails where one of them does. */
  readonly parts?: readonly NewPart[];
}

/** Which tasks to list. */
export interface TaskQuery {
  /** `null` for those of all projects. */
  readonly owner: string | null;
  readonly api?: string;
  readonly type?: string;
  readonly status?: TaskStatus;
  /** Without those that no API shows. */
  readonly isShown?: true;
}

/** What `Tasks` needs of a world. */
export interface TasksDependencies {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly progress: () => ProgressRules;
  /** Takes the rules as they are once one of them that counts has taken a task. */
  readonly setProgress?: (rules: ProgressRules) => void;
  /** What images, projects and users are called, by their ids. */
  readonly names?: Readonly<Record<'image' | 'project' | 'user', (id: string) => string | null | undefined>>;
  /** Whether an image was removed. */
  readonly isGone?: (imageId: string) => boolean;
  /** Brings about what the end of a task does. */
  readonly apply: (effect: Effect) => void;
  /** Is given each task before it is put in. */
  readonly onPut?: (task: Task) => void;
}

/** Parts do not move by themselves. */
const BY_HAND: Pace = { by: 'hand' };

/** Nothing more is to be said of it. */
const LOST: Failure = { code: null, message: null };

/** Milliseconds for which an ended task is kept to be looked at. */
const KEPT_MILLISECONDS = 48 * 3_600_000;

/** What a task is given to work on, short enough to stand in a description. */
const inputText = (input: NewTask['input']): string => hash('md5', JSON.stringify(input ?? null));

/** Everything that takes time in one world. What moves by the clock moves when it is looked at. */
export class Tasks {
  readonly #dependencies: TasksDependencies;
  readonly #trees: TasksState;
  #nextDue: number;

  constructor(state: TasksState | undefined, parts: TasksDependencies) {
    this.#dependencies = parts;
    this.#trees = state === undefined ? createTrees() : cloneTrees(state);
    this.#nextDue = this.#firstDue();
  }

  /** What others need to go on from here; costs the same however many tasks there are. */
  snapshot(): TasksState {
    return cloneTrees(this.#trees);
  }

  /**
   * Begins a task, and ends it where the world's progress has it end at once.
   * @returns the task as it began.
   */
  start(caller: Caller, wish: NewTask): Task {
    const { parts = [] } = wish;
    const progress = this.#progressOf(caller, wish, [wish, ...parts]);
    const failures = parts.map(
      (part) => part.failure ?? this.#progressOf(caller, { ...wish, type: part.type }, [part]).failure,
    );
    const rules = this.#dependencies.progress();
    const rest = afterTaking(rules, progress);
    if (rest !== rules) this.#dependencies.setProgress?.(rest);
    const { pace } = progress;
    const usual = failures.find((each) => each !== undefined) ?? progress.failure ?? null;
    const failure = wish.failure === undefined ? usual : wish.failure;
    const { ids } = this.#dependencies;
    // What it is given to work on tells it from those that others begin meanwhile.
    const id = ids.next('task', caller.projectId, wish.type, wish.imageId ?? '', inputText(wish.input));
    const task = this.#put(this.#create(id, caller, wish, pace, failure));
    const made = parts.map((part, index) => {
      const wanted = { ...part, kind: wish.kind, api: wish.api };
      const partId = ids.uuid('part', id, String(index));
      return this.#put({ ...this.#create(partId, caller, wanted, BY_HAND, failures[index] ?? null), whole: id });
    });
    if (made.length > 0) this.#put({ ...task, parts: made.map(({ id }) => id) });
    this.#apply(wish.onBegin?.(task.id) ?? []);
    const begun = this.#trees.tasks.get(task.id) as Task;
    if (pace.by === 'once') this.#end(begun);
    else if (pace.by === 'clock') this.#process(begun);
    return begun;
  }

  /** Whether a task that is begun so would have ended, and well, before its beginning is answered. */
  isInstant(caller: Caller, wish: Pick<NewTask, 'kind' | 'api' | 'type' | 'imageId'>): boolean {
    const { pace, failure } = this.progressOf(caller, wish);
    return pace.by === 'once' && failure === undefined;
  }

  /** How a task that is begun so would get on. */
  progressOf(caller: Caller, wish: Pick<NewTask, 'kind' | 'api' | 'type' | 'imageId'>): Progress {
    return this.#progressOf(caller, wish, [wish]);
  }

  /** @param about - the task and its parts, for the images that they work on. */
  #progressOf(
    caller: Caller,
    { kind, api, type }: Pick<NewTask, 'kind' | 'api' | 'type'>,
    about: readonly Pick<NewTask, 'imageId' | 'matchImageId'>[],
  ): Progress {
    if (caller.progress !== undefined) return caller.progress;
    const ids = about.flatMap(({ imageId, matchImageId }) => imageId ?? matchImageId ?? []);
    const { names } = this.#dependencies;
    const images = [...ids, ...ids.flatMap((id) => names?.image(id) ?? [])];
    const { projectId, userId } = caller;
    // What a schedule begins knows ids alone.
    const projectName = caller.projectName || (names?.project(projectId) ?? '');
    const userName = caller.userName || (names?.user(userId) ?? '');
    return progressOf(this.#dependencies.progress(), {
      kind,
      api,
      type,
      images,
      projectId,
      projectName,
      userId,
      userName,
    });
  }

  #create(id: string, caller: Caller, wish: NewTask, pace: Pace, failure: Failure | null): Task {
    const now = this.#dependencies.clock.now();
    return {
      id,
      kind: wish.kind,
      api: wish.api,
      type: wish.type,
      status: 'pending',
      owner: caller.projectId,
      userId: caller.userId,
      imageId: wish.imageId ?? null,
      input: wish.input === undefined ? {} : wish.input,
      result: wish.result ?? null,
      message: '',
      code: null,
      requestId: wish.requestId ?? null,
      ordinal: this.#trees.tasks.size,
      createdAt: now,
      updatedAt: now,
      expiresAt: null,
      pace,
      polls: 0,
      failure,
      successMessage: wish.successMessage ?? '',
      ...(wish.failureMessage !== undefined && { failureMessage: wish.failureMessage }),
      ...(wish.isUnseen === true && { isUnseen: true }),
      onProcessing: wish.onProcessing ?? [],
      onSuccess: wish.onSuccess ?? [],
      onFailure: wish.onFailure ?? [],
    };
  }

  /** The task, whoever asks; looking this way moves nothing. */
  peek(id: string): Task | undefined {
    return this.#trees.tasks.get(id);
  }

  /**
   * A task of an API; this read counts as a poll.
   * @throws DomainError `task-not-found` for one that is not there, or of another project.
   */
  show(caller: Caller, api: string, id: string): Task {
    const task = this.#trees.tasks.get(id);
    const isTheirs = task?.api === api && task.isUnseen === undefined;
    if (!isTheirs || (task.owner !== caller.projectId && !caller.isAdmin)) {
      throw new DomainError({ kind: 'task-not-found', taskId: id });
    }
    return this.#poll(task);
  }

  /** Tasks that fit, the newest first. */
  *list(query: TaskQuery): IterableIterator<Task> {
    const { owner } = query;
    const { byTime, byOwner } = this.#trees;
    for (const id of owner === null ? reversedUnder(byTime, '') : reversedUnder(byOwner, `${owner}\u0000`)) {
      const task = this.#trees.tasks.get(id);
      if (
        task !== undefined &&
        (query.api === undefined || task.api === query.api) &&
        (query.isShown === undefined || task.isUnseen === undefined) &&
        (query.type === undefined || task.type === query.type) &&
        (query.status === undefined || task.status === query.status)
      ) {
        yield task;
      }
    }
  }

  /** Tasks of an image, the newest first. */
  ofImage(imageId: string): readonly Task[] {
    return this.#under(this.#trees.byImage, imageId);
  }

  /** Tasks on their way that work on an image. */
  runningOn(imageId: string): readonly Task[] {
    return this.#under(this.#trees.running, imageId);
  }

  /** Tasks of a kind on their way that work on some image, the oldest first. */
  running(kind: TaskKind): readonly Task[] {
    const tasks = [...this.#trees.running.values()].flatMap((id) => this.#trees.tasks.get(id) ?? []);
    return tasks.filter((task) => task.kind === kind).sort((a, b) => a.ordinal - b.ordinal);
  }

  /** How many tasks of a type a project has on their way; counts no further than `most`. */
  countRunning(owner: string, type: string, most: number): number {
    let count = 0;
    for (const _id of reversedUnder(this.#trees.runningByType, `${owner}\u0000${type}\u0000`)) {
      count += 1;
      if (count === most) break;
    }
    return count;
  }

  /** Counts a read of an image as a poll of the tasks that work on it. */
  pollImage(imageId: string): void {
    if (this.#trees.running.size === 0) return;
    for (const task of this.#under(this.#trees.running, imageId)) this.#poll(task);
  }

  /** Ends the tasks whose time has come; costs one comparison if there are none. */
  endDueTasks(): void {
    if (this.#nextDue === Number.POSITIVE_INFINITY) return;
    const now = this.#dependencies.clock.now();
    while (this.#nextDue <= now) {
      const task = this.#trees.tasks.get(this.#trees.due.get(this.#trees.due.minKey() as string) as string);
      this.#end(task as Task);
    }
  }

  /** Moves a task one step on: from pending to processing, from there to its end. */
  advance(task: Task): Task {
    if (hasEnded(task)) return task;
    if (task.status === 'processing') return this.#end(task);
    return this.#process(task);
  }

  /** Has a task on its way get on otherwise, counted from its beginning, and end as told; what is absent stays. */
  change(task: Task, { pace = task.pace, failure = task.failure }: Partial<Pick<Task, 'pace' | 'failure'>>): Task {
    if (hasEnded(task)) return task;
    const changed = this.#put({ ...task, pace, failure });
    if (pace.by === 'once') return this.#end(changed);
    return pace.by === 'clock' && changed.status === 'pending' ? this.#process(changed) : changed;
  }

  /** Ends a task: in success, or as told. */
  finish(task: Task, failure?: Failure): Task {
    if (hasEnded(task)) return task;
    return this.#end(failure === undefined ? { ...task, failure: null } : { ...task, failure });
  }

  #under(tree: TasksState['byImage'], imageId: string): readonly Task[] {
    return [...reversedUnder(tree, `${imageId}\u0000`)].flatMap((id) => this.#trees.tasks.get(id) ?? []);
  }

  #poll(task: Task): Task {
    if (task.whole !== undefined) {
      const whole = this.#trees.tasks.get(task.whole);
      if (whole !== undefined) this.#poll(whole);
      return this.#trees.tasks.get(task.id) ?? task;
    }
    if (hasEnded(task) || task.pace.by === 'hand') return task;
    if (task.pace.by === 'polls' && task.polls >= pollsOf(task, task.pace.polls)) return this.#end(task);
    if (task.pace.by !== 'polls') return task;
    const polled = { ...task, polls: task.polls + 1 };
    return task.status === 'pending' ? this.#process(polled) : this.#put(polled);
  }

  #process(task: Task): Task {
    const processing = this.#put({ ...task, status: 'processing', updatedAt: this.#dependencies.clock.now() });
    this.#apply(task.onProcessing);
    for (const part of this.#partsOf(task)) if (part.status === 'pending') this.#process(part);
    return processing;
  }

  #apply(effects: readonly Effect[]): void {
    for (const effect of effects) this.#dependencies.apply(effect);
  }

  #end(task: Task): Task {
    const now = this.#dependencies.clock.now();
    const failure = task.failure ?? this.#lossOf(task);
    const ended: Task = {
      ...task,
      failure,
      status: failure === null ? 'success' : 'failure',
      message: failure === null ? task.successMessage : (failure.message ?? task.failureMessage ?? ''),
      code: failure?.code ?? null,
      updatedAt: now,
      expiresAt: now + KEPT_MILLISECONDS,
    };
    this.#put(ended);
    this.#apply(failure === null ? task.onSuccess : task.onFailure);
    this.#endParts(ended);
    this.#endWhole(ended);
    return ended;
  }

  #partsOf({ parts = [] }: Pick<Task, 'parts'>): readonly Task[] {
    return parts.flatMap((id) => this.#trees.tasks.get(id) ?? []);
  }

  /** How a task fails that has data for an image which was removed meanwhile. */
  #lossOf(task: Task): Failure | null {
    const isLost = (effect: Effect): boolean =>
      effect.kind === 'activate' && this.#dependencies.isGone?.(effect.imageId) === true;
    return [task, ...this.#partsOf(task)].some(({ onSuccess }) => onSuccess.some(isLost)) ? LOST : null;
  }

  /** Each part ends as was laid down for it; where that says nothing of a failure, they all fail as the whole does. */
  #endParts({ parts, failure }: Task): void {
    if (parts === undefined) return;
    const all = this.#partsOf({ parts }).map((part) => ({ ...part, failure: part.failure ?? this.#lossOf(part) }));
    const isLaidDown = failure !== null && all.some((part) => part.failure !== null);
    for (const part of all) if (!hasEnded(part)) this.#end(isLaidDown ? part : { ...part, failure });
  }

  /** The whole ends with the last of its parts. */
  #endWhole({ whole: id }: Task): void {
    const whole = id === undefined ? undefined : this.#trees.tasks.get(id);
    if (whole === undefined || hasEnded(whole)) return;
    const parts = this.#partsOf(whole);
    if (!parts.every(hasEnded)) return;
    this.#end({ ...whole, failure: parts.find(({ failure }) => failure !== null)?.failure ?? null });
  }

  #put(task: Task): Task {
    this.#dependencies.onPut?.(task);
    putInto(this.#trees, task);
    this.#nextDue = this.#firstDue();
    return task;
  }

  #firstDue(): number {
    const first = this.#trees.due.minKey();
    return first === undefined ? Number.POSITIVE_INFINITY : Number(first.slice(0, 16));
  }
}
