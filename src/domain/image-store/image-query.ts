import type { Visibility } from '../image.ts';
import type { MemberStatus } from '../member.ts';

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
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  readonly key: SortKey;
  readonly direction: 'asc' | 'desc';
}

export type Comparison = 'gt' | 'gte' | 'eq' | 'neq' | 'lt' | 'lte';

/** Attributes that a query can ask equality of. A value list means: any of them. */
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

/** A question for a list of images. */
export interface ImageQuery {
  /** Which images the asker may see in lists. */
  readonly audience: Audience;
  readonly equal?: Partial<Readonly<Record<EqualityKey, readonly (string | number | boolean | null)[]>>>;
  /** The image must carry every one. */
  readonly tags?: readonly string[];
  /** Further properties and their values; any value of each list. */
  readonly properties?: Readonly<Record<string, readonly string[]>>;
  readonly sizeAtLeast?: number;
  readonly sizeAtMost?: number;
  readonly times?: readonly {
    readonly key: 'createdAt' | 'updatedAt';
    readonly comparison: Comparison;
    /** Milliseconds since 1970. */
    readonly time: number;
  }[];
  /** Deleted images: left out unless asked for. */
  readonly deleted?: 'exclude' | 'include' | 'only';
  /**
   * The first key decides first; `createdAt`, newest first, where none is given. Nothing comes before everything, text
   * compares by code point. `createdAt` and `id` follow where they are not given: in the direction of the key where
   * there is only one, descending after several. (A query with several keys in one common direction says both itself.)
   */
  readonly sort?: readonly Sort[];
  /** Id of the last image already seen. The page starts after its place in the order, whether it fits the query or not. */
  readonly marker?: string;
  readonly limit: number;
}

/** Whose view of the images a list gives. */
export type Audience =
  /** Everything there is. */
  | { readonly kind: 'everyone' }
  /** The union of these sets. */
  | {
      readonly kind: 'project';
      readonly projectId: string;
      /** Images that the project owns. */
      readonly own: boolean;
      readonly visibilities: readonly Visibility[];
      /** Images of visibility `shared` of which the project is a member, by the state of its membership. */
      readonly sharedAs: readonly MemberStatus[];
      /** Images of visibility `shared` that have members, whoever they are. */
      readonly sharedWithAny?: true;
      /** The asker is an administrator: any image can be the marker, a deleted one too. */
      readonly seesEverything?: boolean;
    };

export interface ImagePage {
  readonly images: readonly import('../image.ts').Image[];
  /** Whether anything follows the last image of the page. */
  readonly hasMore: boolean;
}
