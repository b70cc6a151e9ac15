import type { Image } from '../image.ts';
import type { ImageOrder, Scalar } from './image-order.ts';
import type { EqualityKey } from './image-query.ts';

/** An attribute or property that a query can compare with a value. */
export interface IndexedAttribute {
  /** Attributes with equal signatures are the same. */
  readonly signature: string;
  /** Reads the value; `undefined` for an image without it. */
  readonly read: (image: Image) => Scalar | undefined;
}

/** How an index is sorted and divided. */
export interface IndexDesign {
  /** Indexes with equal signatures serve the same queries. */
  readonly signature: string;
  /** Compared before the order. */
  readonly attributes: readonly IndexedAttribute[];
  /** Whether the index is divided by tag; each image is in it once for each of its tags. */
  readonly byTag: boolean;
  readonly order: ImageOrder;
}

/** The attribute with this key. */
export const attributeOf = (key: EqualityKey): IndexedAttribute => ({
  signature: key,
  read: (image) => image[key],
});

/** The property with this name. */
export const propertyOf = (name: string): IndexedAttribute => ({
  signature: `property ${JSON.stringify(name)}`,
  read: (image) => (Object.hasOwn(image.properties, name) ? image.properties[name] : undefined),
});

/** Names of the views that an image belongs to: that of everyone, of its visibility, of its owner, and of its members. */
export const SCOPE = {
  everyone: '*',
  visibility: (visibility: string): string => `v${visibility}`,
  owner: (projectId: string): string => `o${projectId}`,
  member: (status: string, projectId: string): string => `m${status} ${projectId}`,
} as const;

/** Name of the part of an index for a scope (and tag), deleted images apart from others. */
export const partName = (isDeleted: boolean, scope: string, tag?: string): string =>
  `${isDeleted ? '-' : '+'}${tag === undefined ? '' : `${JSON.stringify(tag)} `}${scope}`;
