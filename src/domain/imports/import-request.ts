/** Ways in which data comes into an image that is there. */
export const IMPORT_METHODS = ['glance-direct', 'web-download', 'copy-image'] as const;

export type ImportMethod = (typeof IMPORT_METHODS)[number];

/** What a client says of an import. */
export interface ImportRequest {
  readonly method: ImportMethod;
  /** Where a web download reads from, as the client gave it. */
  readonly uri?: string;
  /** Ids of stores, the default one for `undefined`; asked for once the image is known to take an import. */
  readonly stores?: () => readonly string[] | undefined;
  /** Into every store that can be written. */
  readonly allStores?: boolean;
  /** Whether one store that fails makes the whole import fail; true when left out. */
  readonly mustAllSucceed?: boolean;
  /** The request as it was, for the task to show. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly requestId?: string;
}

/** What a task shows of how it began. */
export interface TaskOrigin {
  readonly input: Readonly<Record<string, unknown>> | null;
  readonly requestId: string;
}
