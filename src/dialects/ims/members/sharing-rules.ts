import type { Cloud } from '../../../cloud.ts';
import type { Image } from '../../../domain/image.ts';
import type { SharingMode } from '../../../domain/images/members.ts';
import type { ProfiledCloud } from '../../shared/profile-choice.ts';
import { isWholeImage } from '../images/whole-image.ts';
import { choiceOf } from '../profiles.ts';

/** Maximum number of projects that an image of a whole server can be shared with. */
const MAX_WHOLE_IMAGE_MEMBERS = 10;

/** Maximum number of projects that an image can be shared with, by the choice of the world. */
const MAX_MEMBERS = { otc: 256, huaweicloud: 128 } as const;

/**
 * The rules for sharing an image: a private image is shared by its first member.
 * @param members - number of its members after the request.
 */
export const sharingRules = (cloud: ProfiledCloud, image?: Image, members = (image?.members.length ?? 0) + 1) => {
  const isDecisive = members > MAX_MEMBERS.huaweicloud;
  const limit = MAX_MEMBERS[isDecisive ? choiceOf(cloud, 'member-limit') : 'otc'];
  return {
    byMembers: true,
    maxMembers: image !== undefined && isWholeImage(image) ? MAX_WHOLE_IMAGE_MEMBERS : limit,
  } as const satisfies SharingMode;
};

/** Whether an image cannot be shared because it is encrypted. */
export const isEncryptionBlocking = (cloud: Pick<Cloud, 'images'> & ProfiledCloud, imageId: string): boolean =>
  cloud.images.peek(imageId)?.properties['__system__cmkid'] !== undefined &&
  choiceOf(cloud, 'encrypted-sharing') === 'huaweicloud';
