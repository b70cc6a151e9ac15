import type { Image, Visibility } from '../image.ts';
import type { MemberStatus } from '../member.ts';

/** Attributes that images can be sorted by. */
export const SORT_KEYS = [
  'name',
  'status',
  'containerFormat',
  'diskFormat',
  'sizeBytes',
  'id',
  'createdAt',
  'updatedAt',
  'owner',
] as const;
/** Attribute that images can be sorted by. */
export type SortKey = (typeof SORT_KEYS)[number];

/** One key of a sort order. */
export interface Sort {
  readonly key: SortKey;
  readonly direction: 'asc' | 'desc';
}

/** Comparison of a time with a value. */
export type Comparison = 'gt' | 'gte' | 'eq' | 'neq' | 'lt' | 'lte';

/** Attributes that a query can compare for equality. */
export type EqualityKey =
  | 'id'
  | 'name'
  | 'owner'
  | 'status'
  | 'visibility'
  | 'isProtected'
  | 'isHidden'
  | 'containerFormat'
  | 'diskFormat'
  | 'minDisk'
  | 'minRam'
  | 'sizeBytes'
  | 'virtualSizeBytes'
  | 'checksum'
  | 'hashAlgorithm'
  | 'hashValue';

/** A query for a list of images. */
export interface ImageQuery {
  /** Whose view of the images the list gives. */
  readonly audience: Audience;
  /** Values of attributes; an image matches any value of each list. */
  readonly equal?: Partial<Readonly<Record<EqualityKey, readonly (string | number | boolean | null)[]>>>;
  /** Tags that an image must all have. */
  readonly tags?: readonly string[];
  /** Values of properties; an image matches any value of each list. */
  readonly properties?: Readonly<Record<string, readonly string[]>>;
  readonly sizeAtLeast?: number;
  readonly sizeAtMost?: number;
  readonly times?: readonly {
    readonly key: 'createdAt' | 'updatedAt';
    readonly comparison: Comparison;
    /** Milliseconds since 1970. */
    readonly time: number;
  }[];
  /** Deleted images. Default: `exclude`. */
  readonly deleted?: 'exclude' | 'include' | 'only';
  /**
   * Sort order, the first key first. Default: `createdAt`, newest first. `null` comes before every value, and texts compare
   * by code point. `createdAt` and `id` follow if they are absent: in the direction of a single key, descending after
   * several.
   */
  readonly sort?: readonly Sort[];
  /** Id of the last image of the previous page. The page starts after its position, whether or not it matches the query. */
  readonly marker?: string;
  readonly limit: number;
}

/** Whose view of the images a list gives. */
export type Audience =
  /** All images. */
  | { readonly kind: 'everyone' }
  /** The union of the sets below. */
  | {
      readonly kind: 'project';
      readonly projectId: string;
      /** Images that the project owns. */
      readonly own: boolean;
      readonly visibilities: readonly Visibility[];
      /** Shared images that the project is a member of with one of these statuses. */
      readonly sharedAs: readonly MemberStatus[];
      /** Shared images that have any members. */
      readonly sharedWithAny?: true;
      /** For administrators: any image can be the marker, including deleted ones. */
      readonly seesEverything?: boolean;
    };

/** One page of images. */
export interface ImagePage {
  readonly images: readonly Image[];
  /** Whether further images follow. */
  readonly hasMore: boolean;
}
