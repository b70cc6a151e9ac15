import { toSeconds } from '../../../domain/clock.ts';
import type { Image } from '../../../domain/image.ts';
import { pythonJson, pythonString } from '../../glance/python-json.ts';

// An image value never changes, so neither does its text: lists and shows of an image share it.
const texts = new WeakMap<Image, string>();

/**
 * The JSON text of an image; made once for each value.
 * @param isAdmin - whether an administrator asks, who is told more of some.
 */
export function imageText(image: Image, isAdmin = false): string {
  if (isAdmin && image.status === 'deactivated') return makeText(image, true);
  let text = texts.get(image);
  if (text === undefined) {
    text = makeText(image, image.status === 'active');
    texts.set(image, text);
  }
  return text;
}

/** Store of data that names none. */
const DEFAULT_STORE = 'store1';

const textOrNull = (value: string | null): string => (value === null ? 'null' : pythonString(value));

function makeText(image: Image, tellsStores: boolean): string {
  const id = pythonString(image.id).slice(1, -1);
  // The store in which the data is shows under the same name as a property that a client may have given.
  const stores = tellsStores ? (image.stores?.join(',') ?? DEFAULT_STORE) : '';
  const store = stores === '' ? undefined : stores;
  let properties = '';
  let isStoreShown = false;
  for (const [name, value] of Object.entries(image.properties)) {
    const isStore = name === 'stores' && store !== undefined;
    isStoreShown ||= isStore;
    properties += `${pythonString(name)}: ${pythonString(isStore ? store : value)}, `;
  }
  return (
    `{${properties}"name": ${textOrNull(image.name)}, "disk_format": ${textOrNull(image.diskFormat)}, ` +
    `"container_format": ${textOrNull(image.containerFormat)}, "visibility": "${image.visibility}", ` +
    `"size": ${image.sizeBytes}, "virtual_size": ${image.virtualSizeBytes}, "status": "${image.status}", ` +
    `"checksum": ${textOrNull(image.checksum)}, "protected": ${image.isProtected}, "min_ram": ${image.minRam}, ` +
    `"min_disk": ${image.minDisk}, "owner": ${textOrNull(image.owner)}, "os_hidden": ${image.isHidden}, ` +
    `"os_hash_algo": ${textOrNull(image.hashAlgorithm)}, "os_hash_value": ${textOrNull(image.hashValue)}, ` +
    `"id": "${id}", "created_at": "${toSeconds(image.createdAt)}", "updated_at": "${toSeconds(image.updatedAt)}", ` +
    `"tags": ${pythonJson(image.tags)}, "self": "/v2/images/${id}", "file": "/v2/images/${id}/file", ` +
    `"schema": "/v2/schemas/image"${store !== undefined && !isStoreShown ? `, "stores": ${pythonString(store)}` : ''}}`
  );
}

/** The JSON text of a page. */
export function pageText(
  images: readonly Image[],
  links: { readonly first: string; readonly next?: string },
  isAdmin = false,
): string {
  const next = links.next === undefined ? '' : `, "next": ${pythonString(links.next)}`;
  return `{"images": [${images.map((image) => imageText(image, isAdmin)).join(', ')}], "first": ${pythonString(links.first)}, "schema": "/v2/schemas/images"${next}}`;
}
