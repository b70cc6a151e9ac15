import type { Visibility } from '../image.ts';

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

/** A request to change an image; absent attributes stay unchanged. */
export type ImageChanges = Omit<NewImage, 'id'>;

/** `give` allows the caller to hand an image to another owner; `reformat` allows new formats for an image with data. */
export type ChangeMode = 'give' | 'reformat';

/**
 * Checks whether the caller may make these changes. A change that consists of several steps calls this before each step,
 * so that the first step that is not allowed decides the error.
 * @throws DomainError `image-not-owned`, `not-allowed`, `too-many`, `invalid-value`.
 */
export type Permit = (changes: ImageChanges | undefined, mode?: ChangeMode) => void;
