import type { Image, StagedData } from '../image.ts';
import type { NewImage } from '../images/image-changes.ts';
import type { ImageUpload } from '../images/upload-image.ts';
import type { Failure, TaskKind } from '../progress.ts';
import type { StoredObject } from '../storage/object-store.ts';
import type { Effect, JsonObject } from '../tasks/task.ts';

/** The effect that changes attributes and properties of an image. */
export type ChangeEffect = Extract<Effect, { readonly kind: 'change' }>;

/** How a task is labelled, and what it shows about the request that started it. */
export interface TaskDescription {
  readonly kind: TaskKind;
  /** Dialect that shows the task. */
  readonly api: string;
  /** Name of the task in that dialect. */
  readonly type: string;
  readonly input?: JsonObject;
  readonly requestId?: string;
  /** Failure that the task must end in, for a source that cannot be used. */
  readonly failure?: Failure;
  /** Type of the one part that does the work, for an API that shows it as a task of its own. */
  readonly part?: string;
}

/** What becomes of an image whose creation fails: it is deleted, or its status is `killed`. */
export type FailureOutcome = 'remove' | 'kill';

/** An image to create from existing data. */
export interface ImageTransfer extends TaskDescription {
  readonly image: NewImage;
  readonly content: StagedData;
  /** Project that the image is shared with before the task starts. */
  readonly memberId?: string;
  /** Result that the task shows for its image. */
  readonly result?: (imageId: string) => JsonObject;
  readonly onFailure: FailureOutcome;
  /** Further effects of success. */
  readonly onSuccess?: (imageId: string) => readonly Effect[];
  /** Changes that the image gets when its data arrives. */
  readonly withData?: Pick<ChangeEffect, 'changes' | 'properties'>;
  /** Effects on other objects: when the task starts, when it is processing, and when it has succeeded or failed. */
  readonly sideEffects?: { readonly begin?: Effect; readonly processing?: Effect; readonly end?: Effect };
}

/** One of several images that a single task creates. */
export interface TransferPart {
  /** Name of the part in the API. */
  readonly type: string;
  readonly image: NewImage;
  readonly content: StagedData;
  readonly failure?: Failure;
}

/** Several images to create in a single task; each can fail on its own. */
export interface MultiImageTransfer extends TaskDescription {
  readonly parts: readonly TransferPart[];
  readonly onFailure: FailureOutcome;
  /** Result that the part with this index shows for its image. */
  readonly result: (imageId: string, index: number) => JsonObject;
}

/** Existing data for an image that has none. */
export interface ImageFill extends TaskDescription {
  readonly image: Image;
  readonly content: StagedData;
  readonly result?: JsonObject;
}

/** An image to write into the object store. */
export interface ImageExport extends TaskDescription {
  readonly image: Image;
  readonly object: StoredObject;
  readonly result?: JsonObject;
}

/** An upload that may take time. */
export interface TimedUpload extends Omit<ImageUpload, 'save'> {
  /** Dialect that receives the upload. */
  readonly api: string;
  readonly requestId?: string;
}
