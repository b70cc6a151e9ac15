import { toSeconds } from '../../../domain/clock.ts';
import type { Image } from '../../../domain/image.ts';
import { ImageViews } from '../../nova/image-views.ts';

/** Presents images: every property is metadata, and a failed image has a fault. */
export const views = new ImageViews((properties) => properties, asynchronousFault);

/** The fault of an image that failed in the background. */
function asynchronousFault({ status, updatedAt }: Image): object {
  if (status !== 'killed') return {};
  return { fault: { code: 500, message: 'The image could not be made.', created: toSeconds(updatedAt) } };
}
