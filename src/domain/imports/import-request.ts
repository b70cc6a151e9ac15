import type { Readable } from 'node:stream';
import type { NewImage } from '../images/image-changes.ts';
import type { Inspection } from '../images/inspect-content.ts';

/** Ways to bring data into an existing image: staged before, downloaded, or copied to further stores. */
export type ImportMethod = 'staged' | 'download' | 'copy';

/** An import into an existing image, as the client requests it. */
export interface ImportRequest {
  readonly method: ImportMethod;
  /** Address that a download reads from. Evaluated after the image and the stores have been checked. */
  readonly uri?: () => string;
  /** Ids of the target stores; `undefined` for the default store. Evaluated after the image has been checked. */
  readonly stores?: () => readonly string[] | undefined;
  /** Targets every writable store. */
  readonly allStores?: boolean;
  /** Whether one failed store fails the entire import. Default: true. */
  readonly mustAllSucceed?: boolean;
  /** How content that is downloaded is compared with the disk format of the image. Default: not at all. */
  readonly inspection?: Inspection | undefined;
  /** The request body, for the task to show. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly requestId?: string;
}

/** The request that started a task, as the task shows it. */
export interface TaskOrigin {
  readonly input: Readonly<Record<string, unknown>> | null;
  readonly requestId: string;
}

/** An import that creates its image. */
export interface ImageTaskRequest {
  readonly address: string;
  /** The image to create; `null` for input that describes no image. */
  readonly image: NewImage | null;
  readonly origin: TaskOrigin;
}

/** A task that fails from the start. */
export interface FailedTaskRequest {
  readonly type: string;
  readonly message: string;
  readonly origin: TaskOrigin;
}

/** A stream of data to stage for a later import. */
export interface StagingRequest {
  readonly imageId: string;
  readonly stream: Readable;
  /** Size that the client announced. */
  readonly announcedBytes?: number | undefined;
  /** How the content is compared with the disk format, once it is imported. Default: not at all. */
  readonly inspection?: Inspection | undefined;
}
