import type { Image } from '../../../domain/image.ts';
import type { ImagePage } from '../../../domain/image-store/image-query.ts';
import { pythonJson, pythonString } from '../../glance/python-json.ts';
import { pageLinks } from '../../shared/paging.ts';

/** The statuses of this API for those that only later services have. */
const STATUS: Readonly<Partial<Record<Image['status'], string>>> = { uploading: 'queued', importing: 'saving' };

const time = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

const texts = new WeakMap<Image, string>();

/** JSON text of an image, cached for each image value. */
export function imageText(image: Image): string {
  let text = texts.get(image);
  if (text === undefined) {
    text = pythonJson(presentImage(image));
    texts.set(image, text);
  }
  return text;
}

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

/** JSON text of a page of images, with paths to the first page and, while more images follow, to the next. */
export function imageListText(page: ImagePage, parameters: URLSearchParams): string {
  const { first, next } = pageLinks('/v2/images', parameters, page.hasMore ? page.images.at(-1)?.id : undefined);
  const links = `"first": ${pythonString(first)}${next === undefined ? '' : `, "next": ${pythonString(next)}`}`;
  return `{"images": [${page.images.map(imageText).join(', ')}], ${links}, "schema": "/v2/schemas/images"}`;
}
