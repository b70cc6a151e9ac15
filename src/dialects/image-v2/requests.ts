import type { Cloud } from '../../cloud.ts';
import type { Call } from '../../contract/contract.ts';
import { GlanceError } from '../glance/errors.ts';
import { mediaType, requireMediaType } from '../glance/wire.ts';
import { choiceOf } from './profiles.ts';

/** Returns the error for an action that a policy of the service denies. */
export const notAuthorized = (action: string): GlanceError =>
  new GlanceError(403, `You are not authorized to complete ${action} action.`);

/**
 * Checks the media type of a JSON body, in worlds that check it.
 * @throws GlanceError 415
 */
export function requireJson(call: Call, cloud: Cloud): void {
  const isOther = mediaType(call) !== 'application/json';
  if (isOther && choiceOf(cloud, 'media-type') === 'checked') requireMediaType(call, 'application/json');
}

/**
 * Returns the size that an upload announces, in bytes.
 * @throws GlanceError 400 for an invalid x-openstack-image-size, in worlds that read it.
 */
export function announcedBytes(call: Call, cloud: Cloud): number | undefined {
  const size = call.headers['x-openstack-image-size'];
  const length = call.headers['content-length'];
  if (size !== undefined && size !== length && choiceOf(cloud, 'size-header') === 'checked') {
    if (!/^\d+$/.test(String(size))) throw new GlanceError(400, 'The image size is no number.');
    return Number(size);
  }
  return length === undefined ? undefined : Number(length);
}

/**
 * Returns the stores of the world.
 * @throws GlanceError 404 if it has none.
 */
export function requireStores(cloud: Cloud): Cloud['stores'] {
  if (cloud.stores.length === 0) throw withoutStores();
  return cloud.stores;
}

/** The error of a service with a single store. */
export const withoutStores = (): GlanceError => new GlanceError(404, 'Multi backend is not supported at this site.');
