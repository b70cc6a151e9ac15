import { DEFAULT_QUOTAS, type QuotaName } from '../../../domain/servers/quotas.ts';

const ALL = Object.keys(DEFAULT_QUOTAS) as readonly QuotaName[];

const NETWORK: ReadonlySet<QuotaName> = new Set([
  'fixed_ips',
  'floating_ips',
  'security_groups',
  'security_group_rules',
]);
const INJECTED: ReadonlySet<QuotaName> = new Set([
  'injected_files',
  'injected_file_content_bytes',
  'injected_file_path_bytes',
]);
const GROUPS: ReadonlySet<QuotaName> = new Set(['server_groups', 'server_group_members']);

/** The first microversions of quota sets and of class sets without quotas of networks. */
const FIRST_WITHOUT_NETWORKS = 36;
const FIRST_CLASS_WITHOUT_NETWORKS = 50;
/** The first microversion without quotas of injected files. */
const FIRST_WITHOUT_FILES = 57;

const without = (names: ReadonlySet<QuotaName>, isLeftOut: boolean) => (name: QuotaName) =>
  !(isLeftOut && names.has(name));

/** Names of the quotas of a project. @param minor - microversion. */
export const quotaNames = (minor: number): readonly QuotaName[] =>
  ALL.filter(without(NETWORK, minor >= FIRST_WITHOUT_NETWORKS)).filter(without(INJECTED, minor >= FIRST_WITHOUT_FILES));

/** Names of the quotas that a class shows. @param minor - microversion. */
export const classQuotaNames = (minor: number): readonly QuotaName[] =>
  ALL.filter(without(NETWORK, minor >= FIRST_CLASS_WITHOUT_NETWORKS))
    .filter(without(INJECTED, minor >= FIRST_WITHOUT_FILES))
    .filter(without(GROUPS, minor < FIRST_CLASS_WITHOUT_NETWORKS));

/** Names that a change of a class accepts, which are more than it shows. @param minor - microversion. */
export const classQuotaNamesInRequests = (minor: number): readonly string[] =>
  minor < FIRST_CLASS_WITHOUT_NETWORKS ? [...ALL, NETWORKS_QUOTA] : classQuotaNames(minor);

/** A quota of earlier releases, which requests can name below the microversion that removes quotas of networks. */
export const NETWORKS_QUOTA = 'networks';

/** Names that a change of a project accepts. @param minor - microversion. */
export const quotaNamesInRequests = (minor: number): readonly string[] =>
  minor < FIRST_WITHOUT_NETWORKS ? [...ALL, NETWORKS_QUOTA] : quotaNames(minor);
