import type { Visibility } from '../image.ts';

/** What a client may say of an image that it makes. */
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

/** What a client may change of an image. */
export type ImageChanges = Omit<NewImage, 'id'>;

/**
 * Asks whether one attribute may be changed; a change that is made of several steps asks before each, so that the first
 * step at fault decides what is answered.
 * @param manner - `give` for an owner handed the image: allowed while the giver still sees it afterwards. `reformat` where an
 *   image that has data may get other formats.
 * @throws DomainError `image-not-owned`, `not-allowed`, `too-many`, `invalid-value`.
 */
export type Permit = (changes: ImageChanges | undefined, manner?: 'give' | 'reformat') => void;
