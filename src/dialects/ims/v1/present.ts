import { toMicroseconds } from '../../../domain/clock.ts';
import type { Image } from '../../../domain/image.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { presentStatus } from '../images/present.ts';

/** The first API version writes times with microseconds and without a zone. */
const time = (milliseconds: number): string => toMicroseconds(milliseconds).slice(0, -1);

/** The attributes of an image in the first API version, without its properties. */
const attributesOf = (image: Image) => ({
  id: image.id,
  name: image.name ?? '',
  status: presentStatus(image),
  container_format: image.containerFormat,
  disk_format: image.diskFormat,
  size: image.sizeBytes ?? 0,
  virtual_size: image.virtualSizeBytes,
  checksum: image.checksum,
  min_disk: image.minDisk,
  min_ram: image.minRam,
  owner: image.owner,
  is_public: image.visibility === 'public',
  protected: image.isProtected,
  deleted: image.status === 'deleted',
  created_at: time(image.createdAt),
  updated_at: time(image.updatedAt),
  deleted_at: image.deletedAt === null ? null : time(image.deletedAt),
});

/** JSON text of a list of images with all their attributes. */
export const v1ImageListText = (images: readonly Image[]): string =>
  pythonJson({ images: images.map((image) => ({ ...attributesOf(image), properties: image.properties })) });

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** Encodes text as the UTF-8 bytes of a header value, without the control characters that a header cannot contain. */
const headerText = (text: string): string =>
  Buffer.from(text)
    .toString('latin1')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a header cannot contain these
    .replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, '');

const headerValue = (value: string | number | boolean): string => {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return headerText(String(value));
};

/** The attributes of an image as headers; those without a value are omitted. */
export function v1ImageHeaders(image: Image): Readonly<Record<string, string>> {
  const headers: Record<string, string> = { 'Content-Type': 'text/html; charset=UTF-8' };
  for (const [name, value] of Object.entries(attributesOf(image))) {
    if (value !== null) headers[`X-Image-Meta-${name.slice(0, 1).toUpperCase()}${name.slice(1)}`] = headerValue(value);
  }
  for (const [name, value] of Object.entries(image.properties)) {
    if (TOKEN.test(name)) headers[`X-Image-Meta-Property-${name}`] = headerText(value);
  }
  if (image.checksum !== null) headers['Etag'] = image.checksum;
  return headers;
}
