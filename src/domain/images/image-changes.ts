import type { ImageData } from '../data/image-data.ts';
import type { Location, Visibility } from '../image.ts';

/** A request to create an image. */
export interface NewImage {
  readonly id?: string;
  readonly name?: string | null;
  readonly owner?: string | null;
  readonly visibility?: Visibility;
  readonly isProtected?: boolean;
  readonly isHidden?: boolean;
  readonly containerFormat?: string | null;
  readonly diskFormat?: string | null;
  readonly minDisk?: number;
  readonly minRam?: number;
  readonly tags?: readonly string[];
  readonly properties?: Readonly<Record<string, string>>;
}

/** New locations of an image. */
export interface NewLocations {
  readonly locations: readonly Location[];
  /** Data at the first address, for an image that had none: it becomes active. */
  readonly data?: { readonly data: ImageData; readonly sizeBytes: number } | undefined;
  /** Digests that the client says the data has. */
  readonly digests?:
    | {
        readonly checksum: string | null;
        readonly hashAlgorithm: string | null;
        readonly hashValue: string | null;
      }
    | undefined;
}

/** A request to change an image; absent attributes stay unchanged. */
export type ImageChanges = Omit<NewImage, 'id'> & { readonly locations?: NewLocations };

/** `give` allows the caller to hand an image to another owner; `reformat` allows new formats for an image with data. */
export type ChangeMode = 'give' | 'reformat';

/**
 * Checks whether the caller may make these changes. A change that consists of several steps calls this before each step,
 * so that the first step that is not allowed decides the error.
 * @throws DomainError `image-not-owned`, `not-allowed`, `too-many`, `invalid-value`.
 */
export type Permit = (changes: ImageChanges | undefined, mode?: ChangeMode) => void;
