import { QuietError } from '../base/quiet-error.ts';
import type { ImageStatus, Visibility } from './image.ts';

/** Errors of the domain, independent of the API. The `problems.ts` of each dialect converts them to status and message. */
export type Problem =
  | {
      readonly kind: 'image-not-found';
      readonly imageId: string;
      readonly purpose: 'show' | 'delete' | 'change' | 'part' | 'store';
    }
  | { readonly kind: 'image-protected'; readonly imageId: string }
  /** The caller can see the image and may not change it. */
  | { readonly kind: 'image-not-owned'; readonly imageId: string }
  /** A server uses the data. */
  | { readonly kind: 'image-in-use'; readonly imageId: string; readonly usedBy: readonly string[] }
  /** The image is being created; only some APIs reject changes then. */
  | { readonly kind: 'image-busy'; readonly imageId: string; readonly status: ImageStatus }
  | { readonly kind: 'image-exists'; readonly imageId: string }
  | { readonly kind: 'image-deactivated'; readonly imageId: string }
  /** An invalid status transition, such as an upload to an active image. */
  | { readonly kind: 'wrong-status'; readonly imageId: string; readonly from: ImageStatus; readonly to: ImageStatus }
  /** Data needs a container format and a disk format. */
  | {
      readonly kind: 'formats-missing';
      readonly imageId: string;
      readonly missing: readonly ('diskFormat' | 'containerFormat')[];
    }
  /** The image was deleted while its data arrived. */
  | { readonly kind: 'image-gone'; readonly imageId: string }
  | { readonly kind: 'read-only'; readonly attribute: string }
  | { readonly kind: 'reserved'; readonly attribute: string }
  | { readonly kind: 'attribute-missing'; readonly attribute: string }
  | { readonly kind: 'attribute-required'; readonly attribute: string }
  /**
   * The caller's role does not allow the action. `subject` is the image, the requested owner or the
   * attribute.
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
      /** For project quotas: the project, its usage, and the requested addition. */
      readonly of?: { readonly projectId: string; readonly usage: number; readonly delta: number };
      /** The image that would get one more. */
      readonly imageId?: string;
    }
  | { readonly kind: 'too-large'; readonly sizeBytes: number; readonly maximum: number }
  | { readonly kind: 'over-quota'; readonly sizeBytes: number; readonly remaining: number }
  /** The medium that image data is written to is full. */
  | { readonly kind: 'storage-full' }
  /** The data is shorter or longer than announced. */
  | { readonly kind: 'wrong-size'; readonly expected: number; readonly actual: number }
  /** `exists` if the image exists, but the caller may not see it. */
  | { readonly kind: 'marker-not-found'; readonly marker: string; readonly exists?: true }
  | { readonly kind: 'member-not-found'; readonly imageId: string; readonly memberId: string }
  | { readonly kind: 'member-exists'; readonly imageId: string; readonly memberId: string }
  /** Only shared images have members. */
  | { readonly kind: 'not-shared'; readonly imageId: string; readonly visibility: Visibility }
  | { readonly kind: 'tag-not-found'; readonly imageId: string; readonly tag: string }
  | { readonly kind: 'property-not-found'; readonly imageId: string; readonly key: string }
  | { readonly kind: 'task-not-found'; readonly taskId: string }
  | { readonly kind: 'store-not-found'; readonly store: string }
  /** `subject` names the store, address or attribute at fault. */
  | {
      readonly kind: 'import-rejected';
      readonly imageId: string;
      readonly reason: ImportObstacle;
      readonly subject?: string;
    }
  /** Data cannot be removed from the store. */
  | {
      readonly kind: 'store-rejected';
      readonly imageId: string;
      readonly store: string;
      readonly reason: 'unknown-store' | 'not-active' | 'only-copy' | 'not-there';
    }
  /** Only active images can be cached. */
  | { readonly kind: 'not-cacheable'; readonly imageId: string }
  | { readonly kind: 'location-rejected'; readonly imageId: string; readonly reason: 'address' | 'hash' | 'unreadable' }
  | { readonly kind: 'server-not-found'; readonly serverId: string }
  /** The status of the server, its current action or its lock prevents this; `status` names the first two. */
  | {
      readonly kind: 'server-busy';
      readonly serverId: string;
      readonly action: string;
      readonly reason: 'status' | 'task' | 'locked';
      readonly status: string;
    }
  | { readonly kind: 'invalid-value'; readonly attribute: string; readonly value: unknown; readonly reason: string };

/** Why an import is rejected. */
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
  /** Data of a failed import is still staged. */
  | 'still-staged';

/** Problems for which most APIs have the same message. */
export type CommonProblem = Extract<
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
      | 'import-rejected'
      | 'store-rejected'
      | 'not-cacheable'
      | 'location-rejected'
      | 'server-not-found'
      | 'server-busy'
      | 'storage-full';
  }
>;

/** Thrown by the domain; the dialect turns its problem into a response. */
export class DomainError extends QuietError {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.kind);
    this.name = 'DomainError';
    this.problem = problem;
  }
}
