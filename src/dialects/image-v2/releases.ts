import { ALL_RELEASES, type AnyRelease } from '../../base/release.ts';
import type { ProfiledCloud } from '../shared/profile-choice.ts';
import { noteRelease } from '../shared/release-choice.ts';

/** What images of a release have. */
export interface ImageForm {
  /** Whether images have `os_hidden`, `os_hash_algo`, `os_hash_value` and stores. */
  readonly hasHidden: boolean;
  /** Whether images can be shared and community images, not only public and private. */
  readonly hasShared: boolean;
}

/** The form of images since Zed. */
export const CURRENT: ImageForm = { hasHidden: true, hasShared: true };

const OLDER: Readonly<Partial<Record<AnyRelease, ImageForm>>> = {
  queens: { hasHidden: false, hasShared: true },
  newton: { hasHidden: false, hasShared: false },
  mitaka: { hasHidden: false, hasShared: false },
};

/** The forms by rank. */
const FORMS = ALL_RELEASES.map((release) => OLDER[release] ?? CURRENT);

/** Returns the form of images in a world. */
export function imageFormOf(cloud: ProfiledCloud): ImageForm {
  const { releases } = cloud;
  const form = FORMS[releases['image-v2']] as ImageForm;
  if (form !== FORMS[releases.world]) noteRelease(cloud, 'image-v2');
  return form;
}
