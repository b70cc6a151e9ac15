import type { Caller } from '../caller.ts';
import type { Failure, Pace, TaskKind } from '../progress.ts';
import type { Effect, JsonObject, Task } from './task.ts';

/** The request to start a task. */
export interface NewTask {
  readonly kind: TaskKind;
  /** Dialect that starts and shows the task. */
  readonly api: string;
  /** Name of the task in that dialect. */
  readonly type: string;
  readonly imageId?: string;
  /** Id of the image that progress rules match, for a task that does not belong to it by `imageId`. */
  readonly matchImageId?: string;
  readonly input?: JsonObject | null;
  readonly result?: JsonObject;
  readonly requestId?: string;
  /** Failure that the task must end in, for a source that cannot be used; `null` if it must succeed. Default: the world's progress rules decide. */
  readonly failure?: Failure | null;
  /** How long the task takes by the clock of the world, unless its progress says otherwise. Default: it ends at once. */
  readonly seconds?: number;
  readonly successMessage?: string;
  /** Message of a failure that has none of its own. */
  readonly failureMessage?: string;
  /** Hides the task from every API. */
  readonly isUnseen?: true;
  /** Effects that apply at once. */
  readonly onBegin?: (taskId: string) => readonly Effect[];
  readonly onProcessing?: readonly Effect[];
  readonly onSuccess?: readonly Effect[];
  readonly onFailure?: readonly Effect[];
  /** Parts of the task; if one fails, the task fails. */
  readonly parts?: readonly NewPart[];
}

/** A part of a new task: APIs show it as a task of its own, but it moves with its parent. */
export type NewPart = Pick<
  NewTask,
  'type' | 'imageId' | 'matchImageId' | 'result' | 'failure' | 'onProcessing' | 'onSuccess' | 'onFailure'
>;

/** What a starting task has besides its request. */
export interface TaskStart extends Pick<Task, 'id' | 'ordinal'> {
  readonly caller: Caller;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly pace: Pace;
  readonly failure: Failure | null;
}

/** The task of a request, pending. */
export const createTask = (request: NewTask, { id, ordinal, caller, now, pace, failure }: TaskStart): Task => ({
  id,
  kind: request.kind,
  api: request.api,
  type: request.type,
  status: 'pending',
  owner: caller.projectId,
  userId: caller.userId,
  imageId: request.imageId ?? null,
  input: request.input === undefined ? {} : request.input,
  result: request.result ?? null,
  message: '',
  code: null,
  requestId: request.requestId ?? null,
  ordinal,
  createdAt: now,
  updatedAt: now,
  expiresAt: null,
  pace,
  polls: 0,
  failure,
  successMessage: request.successMessage ?? '',
  ...(request.failureMessage !== undefined && { failureMessage: request.failureMessage }),
  ...(request.isUnseen === true && { isUnseen: true }),
  onProcessing: request.onProcessing ?? [],
  onSuccess: request.onSuccess ?? [],
  onFailure: request.onFailure ?? [],
});
