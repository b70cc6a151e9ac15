import { type Call, type Contract, type Handlers, jsonReply, type Reply } from '../../../contract/contract.ts';
import type { Image, ImageStatus } from '../../../domain/image.ts';
import { DomainError } from '../../../domain/problem.ts';
import type { Context } from '../../dialect.ts';
import { doneWithout, typeOf } from '../media-types.ts';
import { withPreconditions } from '../preconditions.ts';
import { metadataOf } from '../present.ts';
import { fault, NO_RESOURCE, OVER_METADATA } from '../problems.ts';
import { choiceOf } from '../profiles.ts';
import { mostImageMetadata } from '../quotas.ts';
import { changedProperties } from '../service-attributes.ts';
import { metadataOperations } from './contract.ts';

type Items = Readonly<Record<string, string>>;

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
    answer(call, { metadata: metadataOf(cloud.images.show(caller, call.params.image_id).properties) }),
  ),

  updateImageMetadata: withPreconditions(updateImageMetadata, (call, context) => {
    const changed = change(call, context, (properties) => ({ ...properties, ...itemsOf(call, 'metadata') }));
    return changed === undefined ? OVER_METADATA : answer(call, { metadata: metadataOf(changed.properties) });
  }),

  replaceImageMetadata: withPreconditions(replaceImageMetadata, (call, context) => {
    const metadata = itemsOf(call, 'metadata');
    return change(call, context, () => metadata) === undefined ? OVER_METADATA : answer(call, { metadata });
  }),

  showImageMetadataItem: withPreconditions(showImageMetadataItem, (call, { cloud, caller }) => {
    const { image_id: imageId } = call.params;
    const key = keyOf(call);
    const metadata = new Map(Object.entries(metadataOf(cloud.images.show(caller, imageId).properties)));
    return metadata.has(key) ? answer(call, { meta: { [key]: metadata.get(key) } }) : fault(404, NO_RESOURCE);
  }),

  setImageMetadataItem: withPreconditions(setImageMetadataItem, (call, context) => {
    const meta = itemsOf(call, 'meta');
    if (!Object.hasOwn(meta, call.params.key)) return fault(400, 'Request body and URI mismatch');
    const changed = change(call, context, (properties) => ({ ...properties, ...meta }));
    return changed === undefined ? OVER_METADATA : answer(call, { meta });
  }),

  deleteImageMetadataItem: withPreconditions(deleteImageMetadataItem, (call, context) => {
    const { image_id: imageId } = call.params;
    const key = keyOf(call);
    change(call, context, ({ [key]: value, ...properties }) => {
      if (value === undefined) throw new DomainError({ kind: 'property-not-found', imageId, key });
      return properties;
    });
    return doneWithout(call);
  }),
};

const answer = (call: Call, value: object): Reply => jsonReply(200, value, typeOf(call));

/** The key of a path, whose bytes the service reads one by one. */
const keyOf = ({ params: { key } }: Call<'key'>): string => Buffer.from(key).toString('latin1');

/** The items that a body holds, which has passed its schema. */
const itemsOf = (call: Pick<Call, 'json'>, member: 'metadata' | 'meta'): Items =>
  (call.json as Readonly<Record<string, Items>>)[member] as Items;

const SAVING: ReadonlySet<ImageStatus> = new Set(['queued', 'saving']);

/**
 * Gives an image other properties; what changes nothing is allowed to whoever sees it. The service knows images that
 * are public and others, and makes private whatever is not public.
 * @throws ServerError where it cannot read what the image has, or has from now on.
 * @returns nothing where they would be more than an image may have.
 */
function change(
  { params: { image_id: imageId } }: Call<'image_id'>,
  { cloud, caller }: Context,
  next: (properties: Items) => Items,
): Image | undefined {
  const image = cloud.images.show(caller, imageId);
  if (SAVING.has(image.status) && choiceOf(cloud, 'image-being-saved') === 'reference') {
    throw new DomainError({ kind: 'image-busy', imageId, status: image.status });
  }
  metadataOf(image.properties);
  const wanted = next(image.properties);
  if (Object.keys(wanted).length > mostImageMetadata(cloud) && isMore(wanted, image.properties)) return undefined;
  const properties = changedProperties(wanted, imageId, image.status);
  const visibility = image.visibility === 'public' ? 'public' : 'private';
  if (visibility === image.visibility && isSame(properties, image.properties)) return image;
  const changed = cloud.images.change(caller, imageId, () => ({
    properties,
    ...(visibility !== image.visibility && { visibility }),
  }));
  metadataOf(changed.properties);
  return changed;
}

const isMore = (wanted: Items, properties: Items): boolean =>
  Object.keys(wanted).length > Object.keys(properties).length;

const isSame = (one: Items, other: Items): boolean => {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
};
