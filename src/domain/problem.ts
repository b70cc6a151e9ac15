import type { ImageStatus, Visibility } from './image.ts';

/** What can go wrong with images, whichever API is asked; each dialect words it in its `problems.ts`. */
export type Problem =
  | {
      readonly kind: 'image-not-found';
      readonly imageId: string;
      readonly purpose: 'show' | 'delete' | 'change' | 'part' | 'store';
    }
  | { readonly kind: 'image-protected'; readonly imageId: string }
  /** The caller can see the image and may not change it. */
  | { readonly kind: 'image-not-owned'; readonly imageId: string }
  /** The data is in use by a server. */
  | { readonly kind: 'image-in-use'; readonly imageId: string; readonly usedBy: readonly string[] }
  /** The image is being made; only some APIs refuse then. */
  | { readonly kind: 'image-busy'; readonly imageId: string; readonly status: ImageStatus }
  | { readonly kind: 'image-exists'; readonly imageId: string }
  | { readonly kind: 'image-deactivated'; readonly imageId: string }
  /** No such transition: uploading to an active image, say. */
  | { readonly kind: 'wrong-status'; readonly imageId: string; readonly from: ImageStatus; readonly to: ImageStatus }
  /** Container or disk format is missing where data needs both. */
  | {
      readonly kind: 'formats-missing';
      readonly imageId: string;
      readonly missing: readonly ('diskFormat' | 'containerFormat')[];
    }
  /** The image vanished while its data came in. */
  | { readonly kind: 'image-gone'; readonly imageId: string }
  | { readonly kind: 'read-only'; readonly attribute: string }
  | { readonly kind: 'reserved'; readonly attribute: string }
  | { readonly kind: 'attribute-missing'; readonly attribute: string }
  | { readonly kind: 'attribute-kept'; readonly attribute: string }
  /**
   * The caller's role does not allow this. `subject` names whom or what it is about: the image, the owner wished for,
   * the attribute.
   */
  | { readonly kind: 'not-allowed'; readonly action: string; readonly subject?: string }
  | {
      readonly kind: 'too-many';
      readonly what:
        | 'tags'
        | 'properties'
        | 'members'
        | 'images'
        | 'locations'
        | 'tasks'
        | 'uploads'
        | 'MiB'
        | 'staged MiB';
      readonly attempted: number;
      readonly maximum: number;
      /** Where it is a project that has too many: which, how many it has, and how many more were asked for. */
      readonly of?: { readonly projectId: string; readonly usage: number; readonly delta: number };
      /** The image that one more was to be put on. */
      readonly imageId?: string;
    }
  | { readonly kind: 'too-large'; readonly sizeBytes: number; readonly maximum: number }
  | { readonly kind: 'over-quota'; readonly sizeBytes: number; readonly remaining: number }
  /** Fewer or more bytes came than were announced. */
  | { readonly kind: 'wrong-size'; readonly expected: number; readonly actual: number }
  /** `exists` where the image is there, but the caller may not see it. */
  | { readonly kind: 'marker-not-found'; readonly marker: string; readonly exists?: true }
  | { readonly kind: 'member-not-found'; readonly imageId: string; readonly memberId: string }
  | { readonly kind: 'member-exists'; readonly imageId: string; readonly memberId: string }
  /** Only shared images have members. */
  | { readonly kind: 'not-shared'; readonly imageId: string; readonly visibility: Visibility }
  | { readonly kind: 'tag-not-found'; readonly imageId: string; readonly tag: string }
  | { readonly kind: 'property-not-found'; readonly imageId: string; readonly key: string }
  | { readonly kind: 'task-not-found'; readonly taskId: string }
  | { readonly kind: 'store-not-found'; readonly store: string }
  /** `subject` names the store, address or attribute that stands in the way. */
  | {
      readonly kind: 'import-refused';
      readonly imageId: string;
      readonly reason: ImportObstacle;
      readonly subject?: string;
    }
  /** Data cannot be removed from that store. */
  | {
      readonly kind: 'store-refused';
      readonly imageId: string;
      readonly store: string;
      readonly reason: 'unknown-store' | 'not-active' | 'only-copy' | 'not-there';
    }
  /** Only images that have their data can be kept in the cache. */
  | { readonly kind: 'not-cacheable'; readonly imageId: string }
  | { readonly kind: 'location-refused'; readonly imageId: string; readonly reason: 'address' | 'hash' | 'unreadable' }
  | { readonly kind: 'server-not-found'; readonly serverId: string }
  /** The state of the server, what it is doing (`status` says what), or its lock rules this out. */
  | {
      readonly kind: 'server-busy';
      readonly serverId: string;
      readonly action: string;
      readonly reason: 'status' | 'task' | 'locked';
      readonly status: string;
    }
  | { readonly kind: 'invalid-value'; readonly attribute: string; readonly value: unknown; readonly reason: string };

/** What stands in the way of an import. */
export type ImportObstacle =
  | 'already-active'
  | 'not-active'
  | 'not-staged'
  | 'not-queued'
  | 'format-missing'
  | 'stores-and-all-stores'
  | 'unknown-store'
  | 'already-there'
  | 'address'
  | 'other-task'
  /** Of an import that failed. */
  | 'still-staged';

/** Problems that most APIs word alike, where they can come about at all. */
export type FurtherProblem = Extract<
  Problem,
  {
    readonly kind:
      | 'member-not-found'
      | 'member-exists'
      | 'not-shared'
      | 'tag-not-found'
      | 'property-not-found'
      | 'task-not-found'
      | 'store-not-found'
      | 'import-refused'
      | 'store-refused'
      | 'not-cacheable'
      | 'location-refused'
      | 'server-not-found'
      | 'server-busy';
  }
>;

/** Thrown by the domain; the pipeline hands its problem to the dialect. */
export class DomainError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.kind);
    this.name = 'DomainError';
    this.problem = problem;
  }
}
