import type { Image, Visibility } from '../../../domain/image.ts';
import { osVersionOf } from '../os-versions/os-versions.ts';

const IMAGE_TYPE: Readonly<Record<Visibility, string>> = {
  public: 'gold',
  private: 'private',
  shared: 'shared',
  community: 'shared',
};

/** Platform names of this API, by the values that other clouds use for `os_distro`. */
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
  const osType = image.properties['os_type']?.toLowerCase();
  if (osType === 'windows' || osType === 'linux') return osType === 'windows' ? 'Windows' : 'Linux';
  if (osType !== undefined) return 'Other';
  return derivedAttribute(image, '__platform') === 'Windows' ? 'Windows' : 'Linux';
};

const fullVersionOf = (image: Image): string =>
  [derivedAttribute(image, '__platform'), image.properties['os_version'], `${derivedAttribute(image, '__os_bit')}bit`]
    .filter((part) => part !== undefined)
    .join(' ');

const IS_32_BIT = /^(?:i[3-6]86|x86|armv[67].*)$/;

const bitOf = ({ properties }: Image): string => {
  const version = properties['__os_version'];
  if (version !== undefined) return String(osVersionOf(version).bit);
  return IS_32_BIT.test(properties['architecture'] ?? '') ? '32' : '64';
};

const DERIVED = {
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

/** An attribute that the service derives for every image, such as `__os_type`. */
export type DerivedAttribute = keyof typeof DERIVED;

/** All derived attributes, in the order in which an image lists them. */
export const DERIVED_ATTRIBUTES = Object.keys(DERIVED) as readonly DerivedAttribute[];

/** Whether the service derives the attribute of that name. */
export const isDerivedAttribute = (name: string): name is DerivedAttribute => Object.hasOwn(DERIVED, name);

/** The value of a derived attribute; a property of that name takes precedence. */
export function derivedAttribute(image: Image, name: DerivedAttribute): string {
  return image.properties[name] ?? DERIVED[name](image);
}
