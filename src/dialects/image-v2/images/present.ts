import { toSeconds } from '../../../domain/clock.ts';
import type { Image } from '../../../domain/image.ts';
import { cachedByImage } from '../../glance/image-texts.ts';
import { pythonJson, pythonString } from '../../glance/python-json.ts';
import { CURRENT, type ImageForm } from '../releases.ts';
import { type LocationView, locationMembers } from './location-view.ts';

// Image values are immutable, so all responses can share the text of one.
const cachedText = cachedByImage((image) =>
  buildText(image, { showsStores: image.status === 'active' || isRejected(image), form: CURRENT }),
);

/** Whether the content of an image was rejected once it had been stored. */
const isRejected = ({ status, data, checksum }: Image): boolean =>
  status === 'queued' && data === null && checksum !== null;

/** The texts of images in older releases. */
const olderTexts = new Map<ImageForm, (image: Image) => string>();

function olderText(form: ImageForm): (image: Image) => string {
  const text = olderTexts.get(form) ?? cachedByImage((image) => buildText(image, { showsStores: false, form }));
  olderTexts.set(form, text);
  return text;
}

/**
 * Returns the JSON text of an image, created once for each value in worlds that hide locations.
 * @param isAdmin - whether the caller is an administrator, who sees the stores of deactivated images too.
 * @param view - what the world shows of locations.
 */
export function imageText(image: Image, isAdmin = false, form = CURRENT, view?: LocationView): string {
  const isShownToAdmin = isAdmin && image.status === 'deactivated';
  if (view !== undefined) {
    const isShown = isShownToAdmin || image.status === 'active';
    const locations = locationMembers(image, view, isShown);
    return buildText(image, { showsStores: isShown && form === CURRENT, form, locations });
  }
  if (form !== CURRENT) return olderText(form)(image);
  return isShownToAdmin ? buildText(image, { showsStores: true, form }) : cachedText(image);
}

/** The store of data without a named store. */
const DEFAULT_STORE = 'store1';

const textOrNull = (value: string | null): string => (value === null ? 'null' : pythonString(value));

/** The attributes that releases since API 2.7 show. */
const laterAttributes = ({ isHidden, hashAlgorithm, hashValue }: Image): string =>
  `"os_hidden": ${isHidden}, "os_hash_algo": ${textOrNull(hashAlgorithm)}, "os_hash_value": ${textOrNull(hashValue)}, `;

/** The visibility as a form shows it: older ones know public and private images only. */
const visibilityIn = ({ visibility }: Image, { hasShared }: ImageForm): string =>
  hasShared || visibility === 'public' ? visibility : 'private';

/** What the text of an image contains. */
interface TextParts {
  readonly showsStores: boolean;
  readonly form: ImageForm;
  /** The members that show locations. */
  readonly locations?: string;
}

function buildText(image: Image, { showsStores, form, locations = '' }: TextParts): string {
  const id = pythonString(image.id).slice(1, -1);
  // The service shows the store of the data as `stores`, which hides a client's property of that name.
  const stores = showsStores ? (image.stores?.join(',') ?? DEFAULT_STORE) : '';
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
    `"container_format": ${textOrNull(image.containerFormat)}, "visibility": "${visibilityIn(image, form)}", ` +
    `"size": ${image.sizeBytes}, "virtual_size": ${image.virtualSizeBytes}, "status": "${image.status}", ` +
    `"checksum": ${textOrNull(image.checksum)}, "protected": ${image.isProtected}, "min_ram": ${image.minRam}, ` +
    `"min_disk": ${image.minDisk}, "owner": ${textOrNull(image.owner)}, ${form.hasHidden ? laterAttributes(image) : ''}` +
    `"id": "${id}", "created_at": "${toSeconds(image.createdAt)}", "updated_at": "${toSeconds(image.updatedAt)}", ` +
    `${locations}"tags": ${pythonJson(image.tags)}, "self": "/v2/images/${id}", "file": "/v2/images/${id}/file", ` +
    `"schema": "/v2/schemas/image"${store !== undefined && !isStoreShown ? `, "stores": ${pythonString(store)}` : ''}}`
  );
}

/** How a page shows its images. */
export interface PageView {
  readonly isAdmin?: boolean;
  readonly form?: ImageForm;
  readonly locations?: LocationView | undefined;
}

/** A page that was presented, and what it was made of. */
interface Page {
  readonly texts: readonly string[];
  readonly first: string;
  readonly next: string | undefined;
  readonly text: string;
}

/** The latest page that begins with an image. Images change rarely, and clients read the same page again and again. */
const pages = new WeakMap<Image, Page>();

/** Returns the JSON text of a page, created once while its images and its links stay the same. */
export function pageText(
  images: readonly Image[],
  { first, next }: { readonly first: string; readonly next?: string },
  { isAdmin = false, form = CURRENT, locations }: PageView = {},
): string {
  const texts = images.map((image) => imageText(image, isAdmin, form, locations));
  const [beginning] = images;
  const known = beginning && pages.get(beginning);
  if (known !== undefined && known.first === first && known.next === next && isSame(known.texts, texts)) {
    return known.text;
  }
  const link = next === undefined ? '' : `, "next": ${pythonString(next)}`;
  const text = `{"images": [${texts.join(', ')}], "first": ${pythonString(first)}, "schema": "/v2/schemas/images"${link}}`;
  if (beginning !== undefined) pages.set(beginning, { texts, first, next, text });
  return text;
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, at) => text === other[at]);
