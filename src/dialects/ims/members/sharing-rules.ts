import type { Cloud } from '../../../cloud.ts';
import type { Image } from '../../../domain/image.ts';
import type { SharingMode } from '../../../domain/images/members.ts';
import { isWholeImage } from '../images/whole-image.ts';
import { choiceOf } from '../profiles.ts';

/** Maximum number of projects that an image of a whole server can be shared with. */
const MAX_WHOLE_IMAGE_MEMBERS = 10;

/** The rules for sharing an image: a private image is shared by its first member. */
export const sharingRules = (cloud: Pick<Cloud, 'profiles'>, image?: Image) => {
  const limit = choiceOf(cloud, 'member-limit') === 'otc' ? 256 : 128;
  return {
    byMembers: true,
    maxMembers: image !== undefined && isWholeImage(image) ? MAX_WHOLE_IMAGE_MEMBERS : limit,
  } as const satisfies SharingMode;
};

/** Whether an image cannot be shared because it is encrypted. */
export const isEncryptionBlocking = (
  { images, profiles }: Pick<Cloud, 'images' | 'profiles'>,
  imageId: string,
): boolean =>
  choiceOf({ profiles }, 'encrypted-sharing') === 'huaweicloud' &&
  images.peek(imageId)?.properties['__system__cmkid'] !== undefined;
