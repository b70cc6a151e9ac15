/** An operating system of an image. */
export interface OsVersion {
  /** Vendor or distribution, such as `Ubuntu`. */
  readonly platform: string;
  /** Full name, such as `Ubuntu 18.04 server 64bit`. */
  readonly version: string;
  readonly bit: 32 | 64;
  readonly type: 'Linux' | 'Windows' | 'Other';
}

/** Full names of operating systems, by platform. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  Windows: [
    'Windows 10 64bit',
    'Windows 7 Enterprise 64bit',
    'Windows 7 Professional 64bit',
    'Windows 7 Professional 32bit',
    'Windows Server 2016 Standard 64bit',
    'Windows Server 2016 Datacenter 64bit',
    'Windows Server 2012 R2 Standard 64bit',
    'Windows Server 2012 Essentials R2 64bit',
    'Windows Server 2012 R2 Datacenter 64bit',
    'Windows Server 2012 Datacenter 64bit',
    'Windows Server 2012 Standard 64bit',
    'Windows Server 2008 R2 WEB 64bit',
    'Windows Server 2008 R2 Standard 64bit',
    'Windows Server 2008 R2 Enterprise 64bit',
    'Windows Server 2008 R2 Datacenter 64bit',
  ],
  SUSE: [
    'SUSE Linux Enterprise Server 15 SP1 64bit',
    'SUSE Linux Enterprise Server 15 64bit',
    'SUSE Linux Enterprise Server 12 SP5 64bit',
    'SUSE Linux Enterprise Server 12 SP4 64bit',
    'SUSE Linux Enterprise Server 12 SP3 64bit',
    'SUSE Linux Enterprise Server 12 SP2 64bit',
    'SUSE Linux Enterprise Server 12 SP1 64bit',
    'SUSE Linux Enterprise Server 12 64bit',
    'SUSE Linux Enterprise Server 11 SP4 64bit',
    'SUSE Linux Enterprise Server 11 SP3 64bit',
    'SUSE Linux Enterprise Server 11 SP3 32bit',
    'SUSE Linux Enterprise Server 11 SP1 64bit',
  ],
  'Oracle Linux': [
    'Oracle Linux Server release 7.6 64bit',
    'Oracle Linux Server release 7.5 64bit',
    'Oracle Linux Server release 7.4 64bit',
    'Oracle Linux Server release 7.3 64bit',
    'Oracle Linux Server release 7.2 64bit',
    'Oracle Linux Server release 7.1 64bit',
    'Oracle Linux Server release 7.0 64bit',
    'Oracle Linux Server release 6.10 64bit',
    'Oracle Linux Server release 6.9 64bit',
    'Oracle Linux Server release 6.8 64bit',
    'Oracle Linux Server release 6.7 64bit',
    'Oracle Linux Server release 6.5 64bit',
  ],
  'Red Hat': [
    'Redhat Linux Enterprise 8.0 64bit',
    'Redhat 7.6 64bit',
    'Redhat Linux Enterprise 7.5 64bit',
    'Redhat Linux Enterprise 7.4 64bit',
    'Redhat Linux Enterprise 7.3 64bit',
    'Redhat Linux Enterprise 7.2 64bit',
    'Redhat Linux Enterprise 7.1 64bit',
    'Redhat Linux Enterprise 7.0 64bit',
    'Redhat Linux Enterprise 6.10 64bit',
    'Redhat Linux Enterprise 6.9 64bit',
    'Redhat Linux Enterprise 6.8 64bit',
    'Redhat Linux Enterprise 6.7 64bit',
    'Redhat Linux Enterprise 6.6 64bit',
    'Redhat Linux Enterprise 6.6 32bit',
    'Redhat Linux Enterprise 6.5 64bit',
    'Redhat Linux Enterprise 6.4 64bit',
    'Redhat Linux Enterprise 6.4 32bit',
  ],
  Ubuntu: [
    'Ubuntu 19.04 server 64bit',
    'Ubuntu 18.04 server 64bit',
    'Ubuntu 16.04.3 Server 64bit',
    'Ubuntu 16.04.2 Server 64bit',
    'Ubuntu 16.04 server 64bit',
    'Ubuntu 14.04.5 server 64bit',
    'Ubuntu 14.04.4 server 64bit',
    'Ubuntu 14.04.4 server 32bit',
    'Ubuntu 14.04.3 server 64bit',
    'Ubuntu 14.04.3 server 32bit',
    'Ubuntu 14.04.1 server 64bit',
    'Ubuntu 14.04.1 server 32bit',
    'Ubuntu 14.04 server 64bit',
    'Ubuntu 14.04 server 32bit',
  ],
  OpenSUSE: [
    'openSUSE 42.3 64bit',
    'openSUSE 42.2 64bit',
    'openSUSE 42.1 64bit',
    'openSUSE 15.1 64bit',
    'openSUSE 15.0 64bit',
    'openSUSE 13.2 64bit',
    'openSUSE 11.3 64bit',
  ],
  CentOS: [
    'CentOS 8.0 64bit',
    'CentOS 7.7 64bit',
    'CentOS 7.6 64bit',
    'CentOS 7.5 64bit',
    'CentOS 7.4 64bit',
    'CentOS 7.3 64bit',
    'CentOS 7.2 64bit',
    'CentOS 7.1 64bit',
    'CentOS 7.0 64bit',
    'CentOS 7.0 32bit',
    'CentOS 6.10 64bit',
    'CentOS 6.10 32bit',
    'CentOS 6.9 64bit',
    'CentOS 6.9 32bit',
    'CentOS 6.8 64bit',
    'CentOS 6.7 64bit',
    'CentOS 6.7 32bit',
    'CentOS 6.6 64bit',
    'CentOS 6.6 32bit',
    'CentOS 6.5 64bit',
    'CentOS 6.5 32bit',
    'CentOS 6.4 64bit',
    'CentOS 6.4 32bit',
    'CentOS 6.3 64bit',
    'CentOS 6.3 32bit',
  ],
  Debian: [
    'Debian GNU/Linux 10.0.0 64bit',
    'Debian GNU/Linux 9.3.0 64bit',
    'Debian GNU/Linux 9.0.0 64bit',
    'Debian GNU/Linux 8.10.0 64bit',
    'Debian GNU/Linux 8.8.0 64bit',
    'Debian GNU/Linux 8.7.0 64bit',
    'Debian GNU/Linux 8.6.0 64bit',
    'Debian GNU/Linux 8.5.0 64bit',
    'Debian GNU/Linux 8.4.0 64bit',
    'Debian GNU/Linux 8.2.0 64bit',
    'Debian GNU/Linux 8.1.0 64bit',
  ],
  Fedora: [
    'Fedora 30 64bit',
    'Fedora 29 64bit',
    'Fedora 28 64bit',
    'Fedora 27 64bit',
    'Fedora 26 64bit',
    'Fedora 25 64bit',
    'Fedora 24 64bit',
    'Fedora 23 64bit',
    'Fedora 22 64bit',
  ],
  EulerOS: ['EulerOS 2.9 64bit', 'EulerOS 2.5 64bit', 'EulerOS 2.3 64bit', 'EulerOS 2.2 64bit', 'EulerOS 2.1 64bit'],
  CoreOS: ['CoreOS 1068.10.0', 'CoreOS 1010.5.0', 'CoreOS 1298.6.0'],
  openEuler: ['openEuler 20.03 64bit'],
  Other: ['Other Linux(64 bit)', 'Other Linux(32 bit)', 'Other(64 bit)', 'Other(32 bit)'],
};

/** The version of an image for which the client names none. */
export const DEFAULT_OS_VERSION = 'Other Linux(64 bit)';

const is32Bit = (version: string): boolean => /32 ?bit/.test(version);

const typeOf = (platform: string, version: string): OsVersion['type'] => {
  if (platform === 'Windows') return 'Windows';
  return version.startsWith('Other(') ? 'Other' : 'Linux';
};

/** All listed operating systems, in the order of the reference. */
export const OS_VERSIONS: readonly OsVersion[] = Object.entries(VERSIONS).flatMap(([platform, versions]) =>
  versions.map((version) => ({
    platform,
    version,
    bit: is32Bit(version) ? 32 : 64,
    type: typeOf(platform, version),
  })),
);

const byName = new Map(OS_VERSIONS.map((known) => [known.version.toLowerCase(), known]));
const platforms = Object.keys(VERSIONS).map((platform) => [platform, platform.toLowerCase()] as const);

/** Whether the reference lists an operating system; the case of letters does not count. */
export const isListedOsVersion = (version: string): boolean => byName.has(version.toLowerCase());

/** The operating system of a full name; for an unlisted one, derives the rest from the name. */
export function osVersionOf(version: string): OsVersion {
  const name = version.toLowerCase();
  const known = byName.get(name);
  if (known !== undefined) return known;
  const platform = platforms.find(([, prefix]) => name.startsWith(prefix))?.[0] ?? 'Other';
  return { platform, version, bit: is32Bit(version) ? 32 : 64, type: typeOf(platform, version) };
}

/** Features that the list of operating systems can be filtered by. */
export const OS_FEATURES = ['bms', 'bms_otc', 'uefi', 'arm', 'x86'] as const;
/** A feature that the list of operating systems can be filtered by. */
export type OsFeature = (typeof OS_FEATURES)[number];

/** Whether an operating system has a feature. No document says which has which: this is a guess by age and platform. */
export function hasFeature({ platform, version, bit }: OsVersion, feature: OsFeature): boolean {
  switch (feature) {
    case 'x86':
      return true;
    case 'arm':
      return bit === 64 && ['Ubuntu', 'CentOS', 'EulerOS', 'openEuler', 'Debian', 'OpenSUSE'].includes(platform);
    case 'uefi':
      return bit === 64 && !/Windows 7|2008/.test(version);
    default:
      return bit === 64 && ['SUSE', 'Oracle Linux', 'Red Hat', 'CentOS', 'Ubuntu', 'EulerOS'].includes(platform);
  }
}
