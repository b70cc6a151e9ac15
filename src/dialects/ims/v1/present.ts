import { toMicroseconds } from '../../../domain/clock.ts';
import type { Image } from '../../../domain/image.ts';
import { pythonJson } from '../../glance/python-json.ts';
import { shownStatus } from '../images/facts.ts';

/** The first API version wrote times with microseconds and without a zone. */
const time = (milliseconds: number): string => toMicroseconds(milliseconds).slice(0, -1);

/** An image in the form of the first API version, properties apart. */
const record = (image: Image) => ({
  id: image.id,
  name: image.name ?? '',
  status: shownStatus(image),
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

/** The JSON text of a list of images in full. */
export const oldImageListText = (images: readonly Image[]): string =>
  pythonJson({ images: images.map((image) => ({ ...record(image), properties: image.properties })) });

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** Text as the bytes that go into a header; what no header can hold is left out. */
const headerText = (text: string): string =>
  Buffer.from(text)
    .toString('latin1')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what no header can hold
    .replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, '');

const shown = (value: string | number | boolean): string => {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return headerText(String(value));
};

/** The record of an image as headers; what it lacks is left out. */
export function oldImageHeaders(image: Image): Readonly<Record<string, string>> {
  const headers: Record<string, string> = { 'Content-Type': 'text/html; charset=UTF-8' };
  for (const [name, value] of Object.entries(record(image))) {
    if (value !== null) headers[`X-Image-Meta-${name.slice(0, 1).toUpperCase()}${name.slice(1)}`] = shown(value);
  }
  for (const [name, value] of Object.entries(image.properties)) {
    if (TOKEN.test(name)) headers[`X-Image-Meta-Property-${name}`] = headerText(value);
  }
  if (image.checksum !== null) headers['Etag'] = image.checksum;
  return headers;
}
