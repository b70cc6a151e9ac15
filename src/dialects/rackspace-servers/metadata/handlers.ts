import { ownMember } from '../../../base/own-member.ts';
import { jsonReply, type OperationHandlers } from '../../../contract/contract.ts';
import type { Image } from '../../../domain/image.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { Context } from '../../dialect.ts';
import { DELETED } from '../../rackspace/replies.ts';
import { requestHandler } from '../../rackspace/requests.ts';
import { IN_CREATION } from '../images/statuses.ts';
import { checkRemover, checks, checkWriter } from '../wire.ts';
import type { metadataOperations } from './contract.ts';
import { type Items, isProviderItem, parseItems, withItems } from './items.ts';

/** Handlers of the operations on the metadata of images. */
export const metadataHandlers: OperationHandlers<typeof metadataOperations, Context> = {
  listImageMetadata: requestHandler((call, { cloud, caller }) => {
    checks.rejectBody(call);
    checks.checkImageId(call.params.image_id);
    return jsonReply(200, { metadata: cloud.images.show(caller, call.params.image_id).properties });
  }),

  updateImageMetadata: requestHandler((call, context) => {
    const items = parseItems(checks.parseObject(call)['metadata'], 'metadata');
    checkWriter(context.caller);
    return jsonReply(200, { metadata: addItems(context, call.params.image_id, items).properties });
  }),

  showImageMetadataItem: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId, key } = call.params;
    checks.rejectBody(call);
    checks.checkImageId(imageId);
    const value = ownMember(cloud.images.show(caller, imageId).properties, key);
    if (value === undefined) throw new DomainError({ kind: 'property-not-found', imageId, key });
    return jsonReply(200, { meta: { [key]: value } });
  }),

  setImageMetadataItem: requestHandler((call, context) => {
    const { image_id: imageId, key } = call.params;
    const items = parseItems(checks.parseObject(call)['meta'], 'meta');
    if (Object.keys(items).length !== 1 || !Object.hasOwn(items, key.toLowerCase())) {
      return checks.reject(400, `meta holds exactly the item of the address, ${key}.`);
    }
    checkWriter(context.caller);
    addItems(context, imageId, items);
    return jsonReply(200, { meta: items });
  }),

  deleteImageMetadataItem: requestHandler((call, { cloud, caller }) => {
    const { image_id: imageId, key } = call.params;
    checks.rejectBody(call);
    checks.checkImageId(imageId);
    checkRemover(caller);
    if (isProviderItem(key)) return checks.reject(403, `The item ${key} is the provider's own.`);
    cloud.images.change(caller, imageId, (image, permit) => {
      permit(undefined);
      checkNotInCreation(image);
      const { [key]: value, ...properties } = image.properties;
      if (value === undefined) throw new DomainError({ kind: 'property-not-found', imageId, key });
      return { properties };
    });
    return DELETED;
  }),
};

/** @throws RequestError 400; DomainError `image-not-found`, `image-not-owned`, `image-busy`, `too-many`. */
function addItems({ cloud, caller }: Context, imageId: string, items: Items): Image {
  checks.checkImageId(imageId);
  return cloud.images.change(caller, imageId, (image, permit) => {
    permit(undefined);
    checkNotInCreation(image);
    return { properties: withItems(cloud, image.properties, items) };
  });
}

/** @throws DomainError `image-busy` while the data of an image is on its way. */
function checkNotInCreation({ id, status }: Image): void {
  if (IN_CREATION.includes(status)) throw new DomainError({ kind: 'image-busy', imageId: id, status });
}
