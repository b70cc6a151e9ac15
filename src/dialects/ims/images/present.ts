import type { Image, Visibility } from '../../../domain/image.ts';
import { imageTexts } from '../../glance/image-texts.ts';
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

/** JSON texts of images and of pages of images. */
export const { imageText, imageListText } = imageTexts(presentImage);

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
