import type { Excess } from '../images/quotas.ts';
import type { JsonObject } from '../tasks/task.ts';

/** Names and sentences of the image service that imports write into images and tasks. The dialect supplies them. */
export interface ImportConventions {
  /** Dialect that shows the tasks. */
  readonly api: string;
  readonly taskTypes: {
    /** An import into an image that exists. */
    readonly intoImage: string;
    /** An import that creates its image. */
    readonly newImage: string;
  };
  /** Image properties that report the progress of an import. */
  readonly properties: {
    /** Id of the running task. */
    readonly task: string;
    /** Stores that are still to be written, separated by commas. */
    readonly pending: string;
    /** Stores that failed, separated by commas. */
    readonly failed: string;
  };
  /** Message of a failure whose cause the service does not report. */
  readonly internalError: string;
  /** Message of an import that a project quota stops. */
  quotaMessage(excess: Excess): string | null;
  /** Message of an import that wrote this much data. */
  successMessage(sizeBytes: number): string;
  /** Input of the task of an import. */
  taskInput(imageId: string, request: JsonObject, stores: readonly string[]): JsonObject;
  /** Result of the task of an import. */
  taskResult(imageId: string): JsonObject;
}
