import { type Call, jsonReply, type Operation, type Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { blankImage } from '../shared/placeholder-image.ts';
import { contract } from './contract.ts';
import { addressesOf, DELETED, views } from './images/present.ts';
import { presentAbsolute, presentQuotas } from './limits/quotas.ts';
import { presentRates } from './limits/rate-limits.ts';

const { operations } = contract;

/** A success that nothing brought about. */
export function sampleReply(status: number, call: Call, context: Context, operation: Operation): Reply {
  if (status === 204) return DELETED;
  const { cloud, caller } = context;
  const at = addressesOf(call, caller.projectId);
  const text = (body: string): Reply => ({ status, headers: { 'Content-Type': 'application/json' }, body });
  const imageId = call.params['image_id'] ?? cloud.ids.uuid('plausible-image');
  const image = cloud.images.peek(imageId) ?? blankImage(imageId, cloud.clock.now());
  const key = call.params['key'] ?? '';
  switch (operation) {
    case operations.listImages:
    case operations.listImagesDetail:
      return text(views.images([], at, false, undefined));
    case operations.listImageMetadata:
    case operations.updateImageMetadata:
      return jsonReply(status, { metadata: image.properties });
    case operations.showImageMetadataItem:
    case operations.setImageMetadataItem:
      return jsonReply(status, { meta: { [key]: image.properties[key] ?? '' } });
    case operations.createServerImage:
      return { status, headers: { Location: `${at.self}/images/${imageId}` } };
    case operations.disableScheduledImages:
      return { status };
    case operations.enableScheduledImages:
    case operations.showScheduledImages:
      return jsonReply(status, { image_schedule: { retention: 1 } });
    case operations.showLimits:
      return jsonReply(status, {
        limits: { rate: presentRates(cloud, caller), absolute: presentAbsolute(cloud, caller) },
      });
    case operations.showQuotas:
      return jsonReply(status, presentQuotas(cloud, call.params['target_tenant_id'] ?? caller.projectId));
    case operations.authenticate:
      return jsonReply(status, { access: {} });
    default:
      return text(views.image(image, at));
  }
}
