import { type Call, type Contract, type Handlers, jsonReply, type Reply } from '../../../contract/contract.ts';
import type { Image, ImageStatus } from '../../../domain/image.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { Context } from '../../dialect.ts';
import { metadataOf } from '../images/present.ts';
import { choiceOf } from '../profiles.ts';
import { fault, KEY_MISMATCH, NO_RESOURCE, OVER_METADATA } from '../protocol/errors.ts';
import { noContent, typeHeader } from '../protocol/media-types.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { changedProperties } from './changed-properties.ts';
import { metadataOperations } from './contract.ts';
import type { Properties } from './glance-attributes.ts';
import { metadataQuota } from './quota.ts';

interface MetadataContract extends Contract {
  readonly operations: typeof metadataOperations;
}

const {
  listImageMetadata,
  updateImageMetadata,
  replaceImageMetadata,
  showImageMetadataItem,
  setImageMetadataItem,
  deleteImageMetadataItem,
} = metadataOperations;

/** Handlers of the metadata of images. */
export const metadataHandlers: Handlers<MetadataContract, Context> = {
  listImageMetadata: withPreconditions(listImageMetadata, (call, { cloud, caller }) =>
    ok(call, { metadata: metadataOf(cloud.images.show(caller, call.params.image_id).properties) }),
  ),

  updateImageMetadata: withPreconditions(updateImageMetadata, (call, context) => {
    const changed = change(call, context, (properties) => ({ ...properties, ...itemsOf(call, 'metadata') }));
    return changed === undefined ? OVER_METADATA : ok(call, { metadata: metadataOf(changed.properties) });
  }),

  replaceImageMetadata: withPreconditions(replaceImageMetadata, (call, context) => {
    const metadata = itemsOf(call, 'metadata');
    return change(call, context, () => metadata) === undefined ? OVER_METADATA : ok(call, { metadata });
  }),

  showImageMetadataItem: withPreconditions(showImageMetadataItem, (call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    const { key } = call.params;
    const metadata = new Map(Object.entries(metadataOf(cloud.images.show(caller, imageId).properties)));
    return metadata.has(key) ? ok(call, { meta: { [key]: metadata.get(key) } }) : fault(404, NO_RESOURCE);
  }),

  setImageMetadataItem: withPreconditions(setImageMetadataItem, (call, context) => {
    const meta = itemsOf(call, 'meta');
    if (!Object.hasOwn(meta, call.params.key)) return fault(400, KEY_MISMATCH);
    const changed = change(call, context, (properties) => ({ ...properties, ...meta }));
    return changed === undefined ? OVER_METADATA : ok(call, { meta });
  }),

  deleteImageMetadataItem: withPreconditions(deleteImageMetadataItem, (call, context) => {
    const { image_id: imageId } = call.params;
    const { key } = call.params;
    change(call, context, (properties) => {
      if (!Object.hasOwn(properties, key)) throw new DomainError({ kind: 'property-not-found', imageId, key });
      return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== key));
    });
    return noContent(call);
  }),
};

const ok = (call: Call, value: object): Reply => jsonReply(200, value, typeHeader(call));

/** The items in the body, which its schema has checked. */
const itemsOf = (call: Pick<Call, 'json'>, member: 'metadata' | 'meta'): Properties =>
  (call.json as Readonly<Record<string, Properties>>)[member] as Properties;

const SAVING: ReadonlySet<ImageStatus> = new Set(['queued', 'saving']);

/**
 * Changes the properties of an image. A caller who can see the image may make a change that changes nothing. Nova knows
 * only public and private images, so the image becomes private unless it is public.
 * @param next - computes the new properties from the current ones.
 * @returns `undefined` if the image would have more properties than allowed.
 * @throws ServerError if Nova fails on the current or the new properties.
 */
function change(
  { params: { image_id: imageId } }: Call<'image_id'>,
  { cloud, caller }: Context,
  next: (properties: Properties) => Properties,
): Image | undefined {
  const image = cloud.images.show(caller, imageId);
  if (SAVING.has(image.status) && choiceOf(cloud, 'image-being-saved') === 'reference') {
    throw new DomainError({ kind: 'image-busy', imageId, status: image.status });
  }
  // Nova reads the JSON properties before and after the change, and fails if it cannot.
  metadataOf(image.properties);
  const requested = next(image.properties);
  const size = sizeOf(requested);
  if (size > metadataQuota(cloud) && size > sizeOf(image.properties)) return undefined;
  const properties = changedProperties(requested, image);
  const visibility = image.visibility === 'public' ? 'public' : 'private';
  if (visibility === image.visibility && isSame(properties, image.properties)) return image;
  const changed = cloud.images.change(caller, imageId, () => ({
    properties,
    ...(visibility !== image.visibility && { visibility }),
  }));
  metadataOf(changed.properties);
  return changed;
}

const sizeOf = (properties: Properties): number => Object.keys(properties).length;

const isSame = (one: Properties, other: Properties): boolean =>
  sizeOf(one) === sizeOf(other) &&
  Object.entries(one).every(([name, value]) => Object.hasOwn(other, name) && value === other[name]);
