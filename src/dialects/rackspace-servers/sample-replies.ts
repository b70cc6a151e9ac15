import type { Reply } from '../../contract/contract.ts';
import type { Image } from '../../domain/image.ts';
import type { FaultRequest } from '../dialect.ts';
import type { Addresses } from '../nova/image-views.ts';
import { DELETED } from '../rackspace/replies.ts';
import { blankImage } from '../shared/placeholder-image.ts';
import { jsonSample, type SampleReplies, sampleReply, textSample } from '../shared/sample-replies.ts';
import type { contract } from './contract.ts';
import { views } from './images/present.ts';
import { presentAbsolute, presentQuotas } from './limits/quotas.ts';
import { presentRates } from './limits/rate-limits.ts';
import { addressesOf } from './wire.ts';

const addresses = ({ call, context: { caller } }: FaultRequest): Addresses => addressesOf(call, caller.projectId);

const imageIdOf = ({ call, context: { cloud } }: FaultRequest): string =>
  call.params['image_id'] ?? cloud.ids.uuid('plausible-image');

/** The requested image, or a placeholder with its id if it does not exist. */
const imageOf = (request: FaultRequest): Image => {
  const { cloud } = request.context;
  const imageId = imageIdOf(request);
  return cloud.images.peek(imageId) ?? blankImage(imageId, cloud.clock.now());
};

const noImages = textSample((request) => views.images({ images: [], isDetail: false }, addresses(request)));
const image = textSample((request) => views.image(imageOf(request), addresses(request)));
const metadata = jsonSample((request) => ({ metadata: imageOf(request).properties }));
const metadataItem = jsonSample((request) => {
  const { key = '' } = request.call.params;
  return { meta: { [key]: imageOf(request).properties[key] ?? '' } };
});
const schedule = jsonSample(() => ({ image_schedule: { retention: 1 } }));

const REPLIES: SampleReplies<typeof contract> = {
  listImages: noImages,
  listImagesDetail: noImages,
  showImage: image,
  deleteImage: image,
  listImageMetadata: metadata,
  updateImageMetadata: metadata,
  showImageMetadataItem: metadataItem,
  setImageMetadataItem: metadataItem,
  deleteImageMetadataItem: image,
  createServerImage: (request) => ({
    status: request.status,
    headers: { Location: `${addresses(request).self}/images/${imageIdOf(request)}` },
  }),
  enableScheduledImages: schedule,
  showScheduledImages: schedule,
  disableScheduledImages: ({ status }) => ({ status }),
  showLimits: jsonSample(({ context: { cloud, caller } }) => ({
    limits: { rate: presentRates(cloud, caller), absolute: presentAbsolute(cloud, caller) },
  })),
  showQuotas: jsonSample(({ call, context: { cloud, caller } }) =>
    presentQuotas(cloud, call.params['target_tenant_id'] ?? caller.projectId),
  ),
  authenticate: jsonSample(() => ({ access: {} })),
};

/** Builds the reply of an injected success. */
export const presentSuccess = (request: FaultRequest): Reply =>
  request.status === 204 ? DELETED : sampleReply(REPLIES, request);
