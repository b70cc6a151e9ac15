import type { Cloud } from '../../../cloud.ts';
import { type Handlers, jsonReply } from '../../../contract/contract.ts';
import type { Caller } from '../../../domain/caller.ts';
import type { Image } from '../../../domain/image.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { Context } from '../../dialect.ts';
import { refusing } from '../../rackspace/request-rules.ts';
import { DELETED, SAVING } from '../images/present.ts';
import { checkRemover, checkWriter, rules } from '../wire.ts';
import type { metadataOperations } from './contract.ts';
import { isKept, parseItems, withItems } from './items.ts';

interface MetadataContract {
  readonly name: 'rackspace-servers';
  readonly title: string;
  readonly mount: string;
  readonly operations: typeof metadataOperations;
}

/** Handlers of the metadata of images. */
export const metadataHandlers: Handlers<MetadataContract, Context> = {
  listImageMetadata: refusing((call, { cloud, caller }) => {
    rules.refuseBody(call);
    rules.checkImageId(call.params.image_id);
    return jsonReply(200, { metadata: cloud.images.show(caller, call.params.image_id).properties });
  }),

  updateImageMetadata: refusing((call, { cloud, caller }) => {
    const items = parseItems(rules.parseObject(call)['metadata'], 'metadata');
    checkWriter(caller);
    return jsonReply(200, { metadata: change(cloud, caller, call.params.image_id, items).properties });
  }),

  showImageMetadataItem: refusing((call, { cloud, caller }) => {
    const { image_id: imageId, key } = call.params;
    rules.refuseBody(call);
    rules.checkImageId(imageId);
    const value = cloud.images.show(caller, imageId).properties[key];
    if (value === undefined) throw new DomainError({ kind: 'property-not-found', imageId, key });
    return jsonReply(200, { meta: { [key]: value } });
  }),

  setImageMetadataItem: refusing((call, { cloud, caller }) => {
    const { image_id: imageId, key } = call.params;
    const items = parseItems(rules.parseObject(call)['meta'], 'meta');
    const name = key.toLowerCase();
    if (Object.keys(items).length !== 1 || items[name] === undefined) {
      return rules.refuse(400, `meta holds exactly the item of the address, ${key}.`);
    }
    checkWriter(caller);
    change(cloud, caller, imageId, items);
    return jsonReply(200, { meta: items });
  }),

  deleteImageMetadataItem: refusing((call, { cloud, caller }) => {
    const { image_id: imageId, key } = call.params;
    rules.refuseBody(call);
    rules.checkImageId(imageId);
    checkRemover(caller);
    if (isKept(key)) return rules.refuse(403, `The item ${key} is the provider's own.`);
    cloud.images.change(caller, imageId, (image, permit) => {
      permit(undefined);
      checkSaved(image);
      const { [key]: value, ...properties } = image.properties;
      if (value === undefined) throw new DomainError({ kind: 'property-not-found', imageId, key });
      return { properties };
    });
    return DELETED;
  }),
};

function change(cloud: Cloud, caller: Caller, imageId: string, items: Readonly<Record<string, string>>): Image {
  rules.checkImageId(imageId);
  return cloud.images.change(caller, imageId, (image, permit) => {
    permit(undefined);
    checkSaved(image);
    return { properties: withItems(cloud, image.properties, items) };
  });
}

/** @throws DomainError `image-busy` for an image that is being saved. */
function checkSaved({ id, status }: Image): void {
  if (SAVING.includes(status)) throw new DomainError({ kind: 'image-busy', imageId: id, status });
}
