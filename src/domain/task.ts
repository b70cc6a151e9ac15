import type { Image } from './image.ts';
import type { MemberStatus } from './member.ts';
import type { StoredObject } from './object-store.ts';
import type { Failure, Pace, TaskKind } from './progress.ts';
import type { Backup } from './volume.ts';

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

/** Whether a task is to be forgotten by then. */
export const isExpired = ({ expiresAt }: Pick<Task, 'expiresAt'>, now: number): boolean =>
  expiresAt !== null && expiresAt <= now;
