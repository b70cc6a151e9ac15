import type { OfferedFlavor } from '../../../domain/servers/flavors.ts';
import type { Addresses } from '../../nova/image-views.ts';

/** The first microversions with a description, with extra specs, and with a number for no swap space. */
const FIRST_WITH_DESCRIPTION = 55;
const FIRST_WITH_EXTRA_SPECS = 61;
const FIRST_WITH_SWAP_NUMBER = 75;

const presentBrief = ({ id, name, description }: OfferedFlavor, at: Addresses, minor: number): object => ({
  id,
  name,
  links: [
    { rel: 'self', href: `${at.self}/flavors/${id}` },
    { rel: 'bookmark', href: `${at.bookmark}/flavors/${id}` },
  ],
  ...(minor >= FIRST_WITH_DESCRIPTION && { description }),
});

/** A flavor in full. @param minor - microversion. */
export const presentFlavor = (flavor: OfferedFlavor, at: Addresses, minor: number): object => ({
  ...presentBrief(flavor, at, minor),
  ram: flavor.ramMebibytes,
  disk: flavor.diskGibibytes,
  swap: flavor.swapMebibytes === 0 && minor < FIRST_WITH_SWAP_NUMBER ? '' : flavor.swapMebibytes,
  'OS-FLV-EXT-DATA:ephemeral': flavor.ephemeralGibibytes,
  'OS-FLV-DISABLED:disabled': flavor.isDisabled,
  vcpus: flavor.vcpus,
  'os-flavor-access:is_public': flavor.isPublic,
  rxtx_factor: flavor.rxtxFactor,
  ...(minor >= FIRST_WITH_EXTRA_SPECS && { extra_specs: flavor.extraSpecs }),
});

/** A page of a list. */
export interface FlavorPage {
  readonly flavors: readonly OfferedFlavor[];
  /** Whether flavors are shown in full. */
  readonly isDetail: boolean;
  /** Address of the next page, if there is one. */
  readonly next?: string | undefined;
}

/** `{flavors, flavors_links}`. @param minor - microversion. */
export const presentFlavorPage = ({ flavors, isDetail, next }: FlavorPage, at: Addresses, minor: number): object => ({
  flavors: flavors.map((flavor) => (isDetail ? presentFlavor : presentBrief)(flavor, at, minor)),
  ...(next !== undefined && { flavors_links: [{ rel: 'next', href: next }] }),
});

/** `{flavor_access}`: the projects that may use a flavor, by id. */
export const presentAccess = ({ id, access }: OfferedFlavor): object => ({
  flavor_access: [...access].sort().map((projectId) => ({ flavor_id: id, tenant_id: projectId })),
});
