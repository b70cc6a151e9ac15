import type { Json } from '../../base/json.ts';
import type { JsonSchema } from '../../contract/schema.ts';
import { HASH_ALGORITHMS } from '../../domain/data/image-data.ts';
import { IMAGE_STATUSES, VISIBILITIES } from '../../domain/image.ts';
import { IMAGE_SCHEMA } from '../../fixtures/sections/images/schema.ts';
import type { ImageFixture } from '../../input/types/fixtures.ts';
import { type DigestRequest, digestImage } from '../digests.ts';
import { type DataRange, MAX_DATA, readImageData } from '../image-data.ts';
import {
  changeImage,
  existingImage,
  type ImageFilter,
  listImageChanges,
  listImages,
  placeImage,
  presentImage,
  removeImage,
} from '../images.ts';
import { operation } from '../operation.ts';
import { boolean, integer, LIMIT, listOf, requestBody, responseBody, text, textOrNull } from '../schema-helpers.ts';

/** Members of an image to change, as in fixtures; the id stays. */
export type ImageChanges = Omit<ImageFixture, 'id'>;

const { id: _id, ...CHANGEABLE } = IMAGE_SCHEMA['properties'] as Readonly<Record<string, JsonSchema>>;
const IMAGE_CHANGE: JsonSchema = { ...IMAGE_SCHEMA, properties: CHANGEABLE, minProperties: 1 };

/** An image. */
export const IMAGE: JsonSchema = {
  title: 'StoredImage',
  ...responseBody({
    id: text('UUID.'),
    name: textOrNull('Its name.'),
    owner: textOrNull('Project id.'),
    status: text('Status of the image.'),
    visibility: text('Who sees it.'),
    protected: boolean('Whether it cannot be deleted.'),
    hidden: boolean('Whether lists leave it out.'),
    containerFormat: textOrNull('Container format.'),
    diskFormat: textOrNull('Disk format.'),
    minDisk: integer('GiB.'),
    minRam: integer('MiB.'),
    size: { type: ['integer', 'null'], description: 'Bytes.' },
    virtualSize: { type: ['integer', 'null'], description: 'Bytes.' },
    checksum: textOrNull('MD5 of its data.'),
    hashAlgorithm: textOrNull('Algorithm of hashValue.'),
    hashValue: textOrNull('Digest of its data.'),
    createdAt: text('ISO 8601.'),
    updatedAt: text('ISO 8601.'),
    deletedAt: textOrNull('ISO 8601.'),
    tags: listOf(text('A tag.')),
    properties: { type: 'object', additionalProperties: { type: 'string' }, description: 'Further properties.' },
    members: listOf(responseBody({ project: text('Project id.'), status: text('Status of the membership.') })),
    usedBy: listOf(text('Id of a server.')),
  }),
};

const DIGEST_REQUEST = requestBody({
  algorithms: {
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: { enum: HASH_ALGORITHMS },
    description: 'Which digests to compute; md5, sha256 and sha512 when omitted.',
  },
  set: boolean('Whether to store the MD5 and the other digest in the image.'),
});

const DIGESTS = responseBody({
  image: text('UUID.'),
  size: integer('Bytes.'),
  digests: { type: 'object', additionalProperties: { type: 'string' }, description: 'Hexadecimal, by algorithm.' },
});

/** Operations on the images of a world, without the checks of the doubled APIs. */
export const imageOperations = {
  /** Lists images of all projects, in the order of their ids. */
  list: operation({
    id: 'listImages',
    method: 'get',
    path: '/images',
    summary:
      'Lists the images of a world, of all projects, in the order of their ids; deleted ones only with `status=deleted`',
    success: 200,
    statuses: [200, 400],
    query: {
      name: text('Only images with this name.'),
      status: { enum: IMAGE_STATUSES, description: 'Only images with this status.' },
      owner: text('Only images of the project with this id or name.'),
      visibility: { enum: VISIBILITIES, description: 'Only images with this visibility.' },
      after: text('Only images with a higher id: the `next` of the page before.'),
      limit: LIMIT,
    },
    response: responseBody({ images: listOf(IMAGE), next: textOrNull('The `after` of the next page; null for none.') }),
    call: (filter: ImageFilter = {}) => ({ query: filter }),
    run: ({ query }, { world }) => listImages(world, query),
    result: ({ images }) => images,
  }),
  /** Returns an image, even a deleted one. */
  get: operation({
    id: 'showImage',
    method: 'get',
    path: '/images/{image_id}',
    summary: 'Returns an image, even a deleted one',
    success: 200,
    statuses: [200, 404],
    response: IMAGE,
    call: (imageId: string) => ({ params: { image_id: imageId } }),
    run: ({ params }, { world }) => presentImage(existingImage(world, params.image_id)),
  }),
  /** Lists what has changed since the world started. */
  changes: operation({
    id: 'listImageChanges',
    method: 'get',
    path: '/images/changes',
    summary:
      'Lists the images that differ from those with which the world started; deleted ones have the status deleted',
    success: 200,
    statuses: [200],
    response: responseBody({
      changes: listOf(responseBody({ before: { anyOf: [IMAGE, { type: 'null' }] }, after: IMAGE })),
    }),
    call: () => ({}),
    run: (_input, { world }) => listImageChanges(world),
    result: ({ changes }) => changes,
  }),
  /** Adds an image with any status. */
  place: operation({
    id: 'placeImage',
    method: 'post',
    path: '/images',
    summary: 'Adds an image with any status, without the checks of the doubled APIs',
    success: 201,
    statuses: [201, 400, 409],
    request: IMAGE_SCHEMA,
    response: IMAGE,
    call: (image: ImageFixture) => ({ body: image }),
    run: ({ body }, { world }) => presentImage(placeImage(world, body as Json)),
  }),
  /** Changes the given members of an image. */
  change: operation({
    id: 'changeImage',
    method: 'patch',
    path: '/images/{image_id}',
    summary: 'Changes the given members of an image that is not deleted, without the checks of the doubled APIs',
    success: 200,
    statuses: [200, 400, 404],
    request: IMAGE_CHANGE,
    response: IMAGE,
    call: (imageId: string, changes: ImageChanges) => ({ params: { image_id: imageId }, body: changes }),
    run: ({ params, body }, { world }) => presentImage(changeImage(world, params.image_id, body as Json)),
  }),
  /** Removes an image, even when it is protected or in use. */
  remove: operation({
    id: 'removeImage',
    method: 'delete',
    path: '/images/{image_id}',
    summary: 'Removes an image, even when it is protected or in use; its id is free again for `POST`',
    success: 204,
    statuses: [204, 404],
    call: (imageId: string) => ({ params: { image_id: imageId } }),
    run: ({ params }, { world }) => removeImage(world, params.image_id),
  }),
  /** Returns a part of the data of an image, and the format that is detected in it. */
  data: operation({
    id: 'readImageData',
    method: 'get',
    path: '/images/{image_id}/data',
    summary: 'Returns a part of the data of an image, and the format that is detected in it',
    success: 200,
    statuses: [200, 400, 404, 409],
    query: {
      start: { type: 'integer', minimum: 0, description: 'Offset of the first byte; 0 when omitted.' },
      length: { type: 'integer', minimum: 1, maximum: MAX_DATA, description: 'Number of bytes; 512 when omitted.' },
    },
    response: responseBody({
      image: text('Image id.'),
      size: integer('Bytes of all data.'),
      start: integer('Offset of the first byte.'),
      base64: text('The bytes.'),
      format: text('Format of the disk in the data, as qemu-img names it; raw for data of no known format.'),
      virtualSize: integer('Bytes of that disk.'),
    }),
    call: (imageId: string, range: DataRange = {}) => ({ params: { image_id: imageId }, query: range }),
    run: ({ params, query }, { world }) => readImageData(world, params.image_id, query),
  }),
  /** Computes digests of the data of an image. This takes seconds for each GiB. */
  digest: operation({
    id: 'digestImage',
    method: 'post',
    path: '/images/{image_id}/digest',
    summary: 'Computes digests of the data of an image, and stores them in the image when `set` is true',
    success: 200,
    statuses: [200, 400, 404, 409],
    request: DIGEST_REQUEST,
    isBodyOptional: true,
    response: DIGESTS,
    call: (imageId: string, request: DigestRequest = {}) => ({ params: { image_id: imageId }, body: request }),
    run: ({ params, body }, { world }) => digestImage(world, params.image_id, body),
  }),
};
