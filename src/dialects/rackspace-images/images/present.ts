import type { Image } from '../../../domain/image.ts';
import { imageTexts } from '../../glance/image-texts.ts';

/** The statuses of this API for those that only later services have. */
const STATUS: Readonly<Partial<Record<Image['status'], string>>> = { uploading: 'queued', importing: 'saving' };

const time = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** JSON texts of images and of pages of images. */
export const { imageText, imageListText } = imageTexts(presentImage);

/** The body of `showImage`. Attributes that were never set are omitted, as the guide documents. */
function presentImage(image: Image): Readonly<Record<string, unknown>> {
  const self = `/v2/images/${image.id}`;
  return {
    ...image.properties,
    id: image.id,
    name: image.name ?? undefined,
    status: STATUS[image.status] ?? image.status,
    // Community images are newer than this API; `shared` is the nearest visibility that it has.
    visibility: image.visibility === 'community' ? 'shared' : image.visibility,
    protected: image.isProtected,
    tags: image.tags,
    owner: image.owner ?? undefined,
    size: image.sizeBytes ?? undefined,
    min_ram: image.minRam,
    min_disk: image.minDisk,
    container_format: image.containerFormat ?? undefined,
    disk_format: image.diskFormat ?? undefined,
    checksum: image.checksum ?? undefined,
    created_at: time(image.createdAt),
    updated_at: time(image.updatedAt),
    file: `${self}/file`,
    self,
    schema: '/v2/schemas/image',
  };
}
