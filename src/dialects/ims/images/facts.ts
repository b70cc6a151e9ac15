import type { Image, Visibility } from '../../../domain/image.ts';
import type { ImagePage } from '../../../domain/image-store/image-query.ts';
import { pythonJson, pythonString } from '../../glance/python-json.ts';
import { pageLinks } from '../../shared/paging.ts';
import { osVersionOf } from '../os-versions/os-versions.ts';

/** Statuses of this API for those that only later services have. */
const STATUS: Readonly<Partial<Record<Image['status'], string>>> = {
  uploading: 'queued',
  importing: 'saving',
  deactivated: 'killed',
  pending_delete: 'deleted',
};

/** The status of an image, as it shows. */
export const shownStatus = ({ status }: Image): string => STATUS[status] ?? status;

// Community images came after this API; sharing is the nearest that it has.
const VISIBILITY: Readonly<Record<Visibility, string>> = {
  public: 'public',
  private: 'private',
  shared: 'shared',
  community: 'shared',
};
const IMAGE_TYPE: Readonly<Record<Visibility, string>> = {
  public: 'gold',
  private: 'private',
  shared: 'shared',
  community: 'shared',
};

/** Names of operating systems here, by the names that other clouds put into `os_distro`. */
const PLATFORMS: Readonly<Record<string, string>> = {
  windows: 'Windows',
  ubuntu: 'Ubuntu',
  rhel: 'Red Hat',
  sles: 'SUSE',
  sled: 'SUSE',
  centos: 'CentOS',
  debian: 'Debian',
  opensuse: 'OpenSUSE',
  oraclelinux: 'Oracle Linux',
  ol: 'Oracle Linux',
  fedora: 'Fedora',
  coreos: 'CoreOS',
  euleros: 'EulerOS',
};

const platformOf = ({ properties }: Image): string => {
  const version = properties['__os_version'];
  if (version !== undefined) return osVersionOf(version).platform;
  const distribution = properties['os_distro']?.toLowerCase() ?? '';
  return Object.hasOwn(PLATFORMS, distribution) ? (PLATFORMS[distribution] as string) : 'Other';
};

const osTypeOf = (image: Image): string => {
  const version = image.properties['__os_version'];
  if (version !== undefined) return osVersionOf(version).type;
  const said = image.properties['os_type']?.toLowerCase();
  if (said === 'windows' || said === 'linux') return said === 'windows' ? 'Windows' : 'Linux';
  if (said !== undefined) return 'Other';
  return shownFact(image, '__platform') === 'Windows' ? 'Windows' : 'Linux';
};

const fullVersionOf = (image: Image): string =>
  [shownFact(image, '__platform'), image.properties['os_version'], `${shownFact(image, '__os_bit')}bit`]
    .filter((part) => part !== undefined)
    .join(' ');

const bitOf = ({ properties }: Image): string => {
  const version = properties['__os_version'];
  if (version !== undefined) return String(osVersionOf(version).bit);
  return IS_32_BIT.test(properties['architecture'] ?? '') ? '32' : '64';
};

const IS_32_BIT = /^(?:i[3-6]86|x86|armv[67].*)$/;

/** What the service says of every image of its own accord. */
const FACTS = {
  __imagetype: ({ visibility }: Image) => IMAGE_TYPE[visibility],
  __isregistered: () => 'true',
  __image_source_type: () => 'uds',
  __image_size: ({ sizeBytes }: Image) => String(sizeBytes ?? 0),
  __os_type: osTypeOf,
  __os_bit: bitOf,
  __platform: platformOf,
  __os_version: fullVersionOf,
  virtual_env_type: ({ diskFormat }: Image) => (diskFormat === 'iso' ? 'IsoImage' : 'FusionCompute'),
} as const satisfies Readonly<Record<string, (image: Image) => string>>;

/** Name of something that the service says of every image. */
export type FactName = keyof typeof FACTS;

/** Whether a name is one of the facts. */
export const isFactName = (name: string): name is FactName => Object.hasOwn(FACTS, name);

/** A fact as it shows: the image's property of that name wins over what follows from the image. */
export function shownFact(image: Image, name: FactName): string {
  return image.properties[name] ?? FACTS[name](image);
}

const time = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

const texts = new WeakMap<Image, string>();

/** The JSON text of an image; made once for each image value. */
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
  const facts = Object.keys(FACTS).map((name) => [name, shownFact(image, name as FactName)] as const);
  return {
    ...image.properties,
    ...flags(image.properties),
    ...Object.fromEntries(facts),
    schema: '/v2/schemas/image',
    id: image.id,
    name: image.name ?? '',
    status: shownStatus(image),
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

/** Properties that are no texts here. */
function flags({ __whole_image: isWhole }: Image['properties']): Readonly<Record<string, boolean>> {
  return isWhole === 'true' || isWhole === 'false' ? { __whole_image: isWhole === 'true' } : {};
}

/** The JSON text of a page of the native list, with paths to the first page and to the next while there is one. */
export function imageListText(page: ImagePage, parameters: URLSearchParams): string {
  const { first, next } = pageLinks('/v2/images', parameters, page.hasMore ? page.images.at(-1)?.id : undefined);
  const links = `"first": ${pythonString(first)}${next === undefined ? '' : `, "next": ${pythonString(next)}`}`;
  return `{"images": [${page.images.map(imageText).join(', ')}], ${links}, "schema": "/v2/schemas/images"}`;
}

/** The JSON text of a page of the service's own list: images alone. */
export const cloudImageListText = (page: ImagePage): string => `{"images": [${page.images.map(imageText).join(', ')}]}`;

const VERSIONS = [
  { id: 'v2.2', status: 'CURRENT', path: '/v2/' },
  { id: 'v2.1', status: 'SUPPORTED', path: '/v2/' },
  { id: 'v2.0', status: 'SUPPORTED', path: '/v2/' },
  { id: 'v1.1', status: 'DEPRECATED', path: '/v1/' },
  { id: 'v1.0', status: 'DEPRECATED', path: '/v1/' },
] as const;

/**
 * The version list, or the one version of it that is asked for.
 * @param base - absolute address of the service.
 * @returns `undefined` for a version that there is not.
 */
export function versionsText(base: string, id?: string): string | undefined {
  const asked = id === undefined ? VERSIONS : VERSIONS.filter((version) => version.id === id);
  if (asked.length === 0) return undefined;
  return JSON.stringify({
    versions: asked.map(({ id, status, path }) => ({ status, id, links: [{ href: base + path, rel: 'self' }] })),
  });
}
