import type { Image, Visibility } from '../../../domain/image.ts';
import type { ImagePage } from '../../../domain/image-store/image-query.ts';
import { pythonJson, pythonString } from '../../glance/python-json.ts';
import { pageLinks } from '../../shared/paging.ts';
import { DERIVED_ATTRIBUTES, derivedAttribute } from './derived-attributes.ts';

/** The statuses of this API for those that only later services have. */
const STATUS: Readonly<Partial<Record<Image['status'], string>>> = {
  uploading: 'queued',
  importing: 'saving',
  deactivated: 'killed',
  pending_delete: 'deleted',
};

/** The status of an image in this API. */
export const presentStatus = ({ status }: Image): string => STATUS[status] ?? status;

// Community images are newer than this API; `shared` is the nearest visibility that it has.
const VISIBILITY: Readonly<Record<Visibility, string>> = {
  public: 'public',
  private: 'private',
  shared: 'shared',
  community: 'shared',
};

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

function presentImage(image: Image): Readonly<Record<string, unknown>> {
  const self = `/v2/images/${image.id}`;
  const derived = DERIVED_ATTRIBUTES.map((name) => [name, derivedAttribute(image, name)] as const);
  return {
    ...image.properties,
    ...booleanProperties(image.properties),
    ...Object.fromEntries(derived),
    schema: '/v2/schemas/image',
    id: image.id,
    name: image.name ?? '',
    status: presentStatus(image),
    visibility: VISIBILITY[image.visibility],
    protected: image.isProtected,
    owner: image.owner ?? '',
    tags: image.tags,
    container_format: image.containerFormat ?? 'bare',
    disk_format: image.diskFormat ?? 'zvhd2',
    min_disk: image.minDisk,
    min_ram: image.minRam,
    size: image.sizeBytes ?? 0,
    virtual_size: image.virtualSizeBytes,
    checksum: image.checksum ?? undefined,
    created_at: time(image.createdAt),
    updated_at: time(image.updatedAt),
    self,
    file: `${self}/file`,
  };
}

/** The properties that are booleans in this API. */
function booleanProperties({ __whole_image: flag }: Image['properties']): Readonly<Record<string, boolean>> {
  return flag === 'true' || flag === 'false' ? { __whole_image: flag === 'true' } : {};
}

/** JSON text of a page of the native list, with paths to the first page and, while more images follow, to the next. */
export function imageListText(page: ImagePage, parameters: URLSearchParams): string {
  const { first, next } = pageLinks('/v2/images', parameters, page.hasMore ? page.images.at(-1)?.id : undefined);
  const links = `"first": ${pythonString(first)}${next === undefined ? '' : `, "next": ${pythonString(next)}`}`;
  return `{"images": [${page.images.map(imageText).join(', ')}], ${links}, "schema": "/v2/schemas/images"}`;
}
