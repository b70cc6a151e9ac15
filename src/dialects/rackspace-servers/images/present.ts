import type { Call, Reply } from '../../../contract/contract.ts';
import { toSeconds } from '../../../domain/clock.ts';
import type { Image, ImageStatus } from '../../../domain/image.ts';
import { type Addresses, ImageViews } from '../../nova/image-views.ts';

/** Images as this API shows them: every property is metadata, and one in error says of what. */
export const views = new ImageViews((properties) => properties, asynchronousFault);

/** What went wrong while nobody was there to be told. */
function asynchronousFault({ status, updatedAt }: Image): object {
  if (status !== 'killed') return {};
  return { fault: { code: 500, message: 'The image could not be made.', created: toSeconds(updatedAt) } };
}

/** Where the addresses in answers to this call begin. */
export function addressesOf(call: Call, tenantId: string): Addresses {
  return {
    self: `${call.base}/v2/${tenantId}`,
    bookmark: `${call.base}/${tenantId}`,
    images: call.base,
  };
}

/** What this API calls SAVING, and the other ways in which data can be on its way: nothing is changed then. */
export const SAVING: readonly ImageStatus[] = ['queued', 'saving', 'uploading', 'importing'];

/** Carries the type of an empty page, as the framework behind the service sends it. */
export const DELETED: Reply = { status: 204, headers: { 'Content-Type': 'text/html; charset=UTF-8' } };
