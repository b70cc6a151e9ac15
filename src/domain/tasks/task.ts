import type { Image } from '../image.ts';
import type { MemberStatus } from '../member.ts';
import type { Failure, Pace, TaskKind } from '../progress.ts';
import type { StoredObject } from '../storage/object-store.ts';
import type { Backup } from '../storage/volume.ts';

/** Statuses of a task. */
export const TASK_STATUSES = ['pending', 'processing', 'success', 'failure'] as const;
/** Status of a task. */
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What a task does when it starts, runs or ends. Plain data, so that a world can be forked and saved while tasks run. Deleted
 * images are ignored.
 */
export type Effect =
  /** The staged data becomes the data of the image, which becomes active. */
  | { readonly kind: 'activate'; readonly imageId: string; readonly stores?: readonly string[] }
  /** The image gets these attributes and properties; `null` removes a property. */
  | {
      readonly kind: 'change';
      readonly imageId: string;
      readonly changes: Omit<Partial<Image>, 'id' | 'data' | 'staged' | 'properties'>;
      readonly properties?: Readonly<Record<string, string | null>>;
      /** Discards the staged data. */
      readonly unstage?: true;
    }
  /** The image is deleted. */
  | { readonly kind: 'remove'; readonly imageId: string }
  /** The staged data is complete, or lost; an image that no longer waits for it is ignored. */
  | { readonly kind: 'staged'; readonly imageId: string; readonly isLost?: true }
  /** The image is cached. */
  | { readonly kind: 'cache'; readonly imageId: string }
  /** Sets what a server is doing (`null` for nothing), and its status. */
  | {
      readonly kind: 'server';
      readonly serverId: string;
      readonly taskState: string | null;
      readonly status?: 'ACTIVE' | 'ERROR';
    }
  /** Stores an object. */
  | { readonly kind: 'put-object'; readonly object: StoredObject }
  /** Stores a backup of a server. */
  | { readonly kind: 'put-backup'; readonly backup: Backup }
  /** Sets the status of a member of an image: offered, accepted or rejected; `null` removes the member. */
  | {
      readonly kind: 'member';
      readonly imageId: string;
      readonly memberId: string;
      readonly status: MemberStatus | null;
    };

/** Something that takes time: an import, an export, a snapshot of a server, a job. Immutable. */
export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  /** Dialect that started the task and shows it. */
  readonly api: string;
  /** Name of the task in that dialect. */
  readonly type: string;
  readonly status: TaskStatus;
  /** Project id. */
  readonly owner: string;
  readonly userId: string;
  readonly imageId: string | null;
  readonly input: JsonObject | null;
  /** Result of the task; set from the start, before it has succeeded. */
  readonly result: JsonObject | null;
  readonly message: string;
  /** Message once it has succeeded. */
  readonly successMessage: string;
  /** Code of the failure, for services with codes. */
  readonly code: string | null;
  /** Id of the request that started the task. */
  readonly requestId: string | null;
  /** Higher than that of every earlier task: orders tasks of one moment. */
  readonly ordinal: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Milliseconds since 1970; set once the task has ended. */
  readonly expiresAt: number | null;
  readonly pace: Pace;
  /** Number of reads that found the task running. */
  readonly polls: number;
  /** How the task fails; `null` if it succeeds. */
  readonly failure: Failure | null;
  /** Message of a failure that has none of its own. */
  readonly failureMessage?: string;
  /** Hides the task from every API; it shows only in its image. */
  readonly isUnseen?: true;
  /** Effects when the task is processing, has succeeded, and has failed. */
  readonly onProcessing: readonly Effect[];
  readonly onSuccess: readonly Effect[];
  readonly onFailure: readonly Effect[];
  /** Ids of the parts of the task, which end with it. */
  readonly parts?: readonly string[];
  /** Id of the task that this is a part of, which moves it. */
  readonly partOf?: string;
}

/** Whether a task has succeeded or failed. */
export const hasEnded = ({ status }: Pick<Task, 'status'>): boolean => status === 'success' || status === 'failure';

/** Percentage of its pace at which a task ends. */
const endOf = ({ failure }: Pick<Task, 'failure'>): number => failure?.at ?? 100;

/** Number of reads that find a task running that polls move. */
export const pollsOf = (task: Pick<Task, 'failure'>, polls: number): number => Math.floor((polls * endOf(task)) / 100);

/** Milliseconds since 1970 at which a task ends that the clock moves. */
export const dueAt = (task: Pick<Task, 'failure' | 'createdAt'>, seconds: number): number =>
  task.createdAt + Math.round(seconds * 10 * endOf(task));

/** Progress of a task in percent: 100 once it has succeeded, less before that, and the point of failure once it has failed. */
export function percentOf(task: Task, now: number): number {
  const { status, pace, polls, createdAt, updatedAt } = task;
  if (status === 'pending') return 0;
  if (status === 'success') return 100;
  if (status === 'failure' && task.failure?.at !== undefined) return task.failure.at;
  const until = hasEnded(task) ? updatedAt : now;
  return Math.round(Math.min(Math.max(100 * shareOf(pace, polls, until - createdAt), 0), 99));
}

/** Share of its pace that a task has completed; one half if only its end is known. */
function shareOf(pace: Pace, polls: number, milliseconds: number): number {
  if (pace.by === 'polls') return polls / (pace.polls + 1);
  return pace.by === 'clock' && pace.seconds > 0 ? milliseconds / (pace.seconds * 1000) : 0.5;
}

/** Whether a task has expired at a time. */
export const isExpired = ({ expiresAt }: Pick<Task, 'expiresAt'>, now: number): boolean =>
  expiresAt !== null && expiresAt <= now;
