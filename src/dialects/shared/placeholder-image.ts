import type { Image } from '../../domain/image.ts';

/** Creates an image with only an id, for sample replies about images that do not exist. */
export const blankImage = (id: string, time: number): Image => ({
  id,
  name: null,
  owner: null,
  status: 'active',
  visibility: 'private',
  isProtected: false,
  isHidden: false,
  containerFormat: null,
  diskFormat: null,
  minDisk: 0,
  minRam: 0,
  sizeBytes: null,
  virtualSizeBytes: null,
  checksum: null,
  hashAlgorithm: null,
  hashValue: null,
  createdAt: time,
  updatedAt: time,
  deletedAt: null,
  tags: [],
  properties: {},
  members: [],
  data: null,
  usedBy: [],
});
