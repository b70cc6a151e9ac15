import type { Image } from '../image.ts';
import type { MemberStatus } from '../member.ts';
import type { Failure, Pace, TaskKind } from '../progress.ts';
import type { StoredObject } from '../storage/object-store.ts';
import type { Backup } from '../storage/volume.ts';

/** States of a task. */
export const TASK_STATUSES = ['pending', 'processing', 'success', 'failure'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What the end of a task does to an image. Plain data, so that a world can be forked and kept while tasks are on their
 * way. An image that is gone by then is left alone.
 */
export type Effect =
  /** The data that was staged becomes the data of the image, which is active from then on. */
  | { readonly kind: 'activate'; readonly imageId: string; readonly stores?: readonly string[] }
  /** The image takes these attributes; properties that are `null` go. */
  | {
      readonly kind: 'change';
      readonly imageId: string;
      readonly changes: Omit<Partial<Image>, 'id' | 'data' | 'staged' | 'properties'>;
      readonly properties?: Readonly<Record<string, string | null>>;
      /** Staged data is dropped. */
      readonly unstage?: true;
    }
  /** The image is deleted. */
  | { readonly kind: 'remove'; readonly imageId: string }
  /** The data that is being staged is there in full, or lost; an image that no longer waits for it is left alone. */
  | { readonly kind: 'staged'; readonly imageId: string; readonly isLost?: true }
  /** The image's data is in the cache. */
  | { readonly kind: 'cache'; readonly imageId: string }
  /** What a server is doing; `null` for nothing. */
  | { readonly kind: 'server'; readonly serverId: string; readonly taskState: string | null }
  /** A file stands in the object store. */
  | { readonly kind: 'put-object'; readonly object: StoredObject }
  /** A server was backed up. */
  | { readonly kind: 'put-backup'; readonly backup: Backup }
  /** A project has an image offered to it, has answered, or (`null`) has it no longer. */
  | {
      readonly kind: 'member';
      readonly imageId: string;
      readonly memberId: string;
      readonly status: MemberStatus | null;
    };

/** Something that takes time: an import, an export, a snapshot of a server, a job. A value. */
export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  /** Dialect that began it and shows it. */
  readonly api: string;
  /** What that dialect calls it: `api_image_import`, `import`, `ImsCreateImageByInstance`. */
  readonly type: string;
  readonly status: TaskStatus;
  /** Project id. */
  readonly owner: string;
  readonly userId: string;
  readonly imageId: string | null;
  readonly input: JsonObject | null;
  /** What came of it, once it has succeeded; before that, what will. */
  readonly result: JsonObject | null;
  readonly message: string;
  /** What is said of its success. */
  readonly successMessage: string;
  /** Code of the failure, in services that have them. */
  readonly code: string | null;
  /** Id of the request that began it. */
  readonly requestId: string | null;
  /** How many tasks the world had before: which of two of one moment came first. */
  readonly ordinal: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Set once it has ended. */
  readonly expiresAt: number | null;
  readonly pace: Pace;
  /** Reads that found it on its way. */
  readonly polls: number;
  /** How it will fail, where it will. */
  readonly failure: Failure | null;
  /** What is said of a failure that has no message of its own. */
  readonly failureMessage?: string;
  /** No API shows it: what it does shows in its image alone. */
  readonly isUnseen?: true;
  /** What comes about when it is under way, when it has succeeded, and when it has failed. */
  readonly onProcessing: readonly Effect[];
  readonly onSuccess: readonly Effect[];
  readonly onFailure: readonly Effect[];
  /** Ids of the tasks that it consists of, which end with it. */
  readonly parts?: readonly string[];
  /** Id of the task that it is a part of, which moves it. */
  readonly whole?: string;
}

/** Whether a task has come to its end. */
export const hasEnded = ({ status }: Pick<Task, 'status'>): boolean => status === 'success' || status === 'failure';

/** Percent of its pace at which a task ends. */
const endOf = ({ failure }: Pick<Task, 'failure'>): number => failure?.at ?? 100;

/** Reads that find a task by polls on its way. */
export const pollsOf = (task: Pick<Task, 'failure'>, polls: number): number => Math.floor((polls * endOf(task)) / 100);

/** Milliseconds since 1970 at which a task by the clock ends. */
export const dueAt = (task: Pick<Task, 'failure' | 'createdAt'>, seconds: number): number =>
  task.createdAt + Math.round(seconds * 10 * endOf(task));

/** How far a task has come, in percent: 100 once it has succeeded, below that until then, and where it failed from then on. */
export function percentOf(task: Task, now: number): number {
  const { status, pace, polls, createdAt, updatedAt } = task;
  if (status === 'pending') return 0;
  if (status === 'success') return 100;
  if (status === 'failure' && task.failure?.at !== undefined) return task.failure.at;
  const until = hasEnded(task) ? updatedAt : now;
  return Math.round(Math.min(Math.max(100 * shareOf(pace, polls, until - createdAt), 0), 99));
}

/** How much of its way a task has behind it; half of it where only its end is known. */
function shareOf(pace: Pace, polls: number, milliseconds: number): number {
  if (pace.by === 'polls') return polls / (pace.polls + 1);
  return pace.by === 'clock' && pace.seconds > 0 ? milliseconds / (pace.seconds * 1000) : 0.5;
}

/** Whether a task is to be forgotten by then. */
export const isExpired = ({ expiresAt }: Pick<Task, 'expiresAt'>, now: number): boolean =>
  expiresAt !== null && expiresAt <= now;
