import { jsonReply, type OperationHandlers } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { pageOf } from '../../glance/image-list/pages.ts';
import { applyPatch } from '../../glance/image-patch/patch.ts';
import { textReply } from '../../glance/wire.ts';
import { notActive } from '../images/own-image.ts';
import { PATCH_RULES, parseList } from '../images/parse.ts';
import { imageText, presentStatus } from '../images/present.ts';
import { ImsError, imsChangeHandler, imsHandler, parseJsonBody } from '../wire.ts';
import { checkExclusive } from './attributes.ts';
import type { cloudImageOperations } from './contract.ts';
import { ownFilters } from './list-filters.ts';
import { CLOUD_IMAGE_PAGE, parseChanges } from './parse.ts';
import { cloudImageListText } from './present.ts';

/** Range of the quota of private images. */
const QUOTA = { min: 1, max: 1000 };

/** Handlers of the IMS operations on images that complete before they reply. */
export const cloudImageHandlers: OperationHandlers<typeof cloudImageOperations, Context> = {
  listCloudImages: imsHandler(({ query }, { cloud, caller }) => {
    const list = parseList(query, caller, CLOUD_IMAGE_PAGE, ownFilters(cloud));
    if (typeof list === 'string') throw new ImsError('IMG.0017', list);
    return textReply(200, cloudImageListText(pageOf(cloud.images, list, caller)));
  }),

  updateCloudImage: imsChangeHandler((call, { cloud, caller }) => {
    const changes = parseChanges(parseJsonBody(call));
    const image = cloud.images.change(caller, call.params.image_id, (current, permit) => {
      permit({});
      if (current.status !== 'active') throw notActive(current.id, presentStatus(current));
      const changed = applyPatch(changes, { image: current }, PATCH_RULES);
      checkExclusive(changed.properties ?? {});
      return changed;
    });
    return textReply(200, imageText(image));
  }),

  showQuota: imsHandler((_call, { cloud, caller }) => {
    const { images: used } = cloud.images.usage(caller.projectId);
    // A world without a limit has the highest quota that the service allows.
    const quota = cloud.limits.imageCountTotal ?? QUOTA.max;
    return jsonReply(200, { quotas: { resources: [{ type: 'image', used, quota, ...QUOTA }] } });
  }),
};
