import type { Cloud } from '../../cloud.ts';
import type { Call } from '../../contract/contract.ts';
import { GlanceError, unsupportedMediaType } from '../glance/errors.ts';
import { contentType, mediaType, requireMediaType } from '../glance/wire.ts';
import { choiceOf, since } from './profiles.ts';

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
export function announcedSize(call: Call, cloud: Cloud): Announced {
  const size = call.headers['x-openstack-image-size'];
  const length = call.headers['content-length'];
  const own = length === undefined ? undefined : Number(length);
  if (size === undefined || size === length || choiceOf(cloud, 'size-header') === 'ignored') {
    return { announcedBytes: own };
  }
  if (!/^\s*[+-]?\d+\s*$/.test(String(size)))
    throw new GlanceError(400, 'Invalid or missing image size in request headers.');
  // Zero says nothing.
  return Number(size) === 0 ? { announcedBytes: own } : { announcedBytes: Number(size), isUncapped: true };
}

/** The size that an upload announces. */
export interface Announced {
  readonly announcedBytes: number | undefined;
  /** Whether the size is from a header that is not compared with the maximum size of an image. */
  readonly isUncapped?: true;
}

/**
 * Checks the media type of data.
 * @throws GlanceError 415
 */
export function requireData(call: Call, cloud: Cloud): void {
  if (mediaType(call) === 'application/octet-stream') return;
  const isDetailed = since(cloud, '2026.2');
  throw unsupportedMediaType(
    contentType(call),
    undefined,
    isDetailed ? `Invalid content type ${contentType(call)}` : '',
  );
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
