import type { Cloud } from '../../../cloud.ts';
import type { Caller } from '../../../domain/caller.ts';
import { maxImageMetadata } from '../../nova/metadata-quota.ts';

/** Limits of an account; -1 means unlimited. */
export const ABSOLUTE = {
  imageMetadata: 40,
  serverMetadata: 40,
  instances: 100,
  cores: -1,
  ramMebibytes: 131_072,
  personality: 5,
  personalityBytes: 1000,
  personalityPathBytes: 255,
  privateNetworks: 10,
  addresses: -1,
  securityGroups: -1,
  keyPairs: 100,
} as const;

/** Maximum number of metadata items of an image. */
export const imageMetadataQuota = (cloud: Pick<Cloud, 'limits'>): number =>
  maxImageMetadata(ABSOLUTE.imageMetadata, cloud);

/** The absolute limits and their use, as the body of `showLimits` contains them. */
export function presentAbsolute(cloud: Cloud, caller: Pick<Caller, 'projectId'>): object {
  const servers = cloud.servers.list(caller);
  const sum = (of: 'vcpus' | 'ramMebibytes'): number => servers.reduce((total, { flavor }) => total + flavor[of], 0);
  return {
    maxImageMeta: imageMetadataQuota(cloud),
    maxServerMeta: ABSOLUTE.serverMetadata,
    maxPersonality: ABSOLUTE.personality,
    maxPersonalitySize: ABSOLUTE.personalityBytes,
    maxTotalInstances: ABSOLUTE.instances,
    maxTotalCores: ABSOLUTE.cores,
    maxTotalRAMSize: ABSOLUTE.ramMebibytes,
    maxTotalPrivateNetworks: ABSOLUTE.privateNetworks,
    totalInstancesUsed: servers.length,
    totalCoresUsed: sum('vcpus'),
    totalRAMUsed: sum('ramMebibytes'),
  };
}

/** The body of `showQuotas`. */
export const presentQuotas = (cloud: Cloud, tenantId: string): object => ({
  quota_set: {
    id: tenantId,
    instances: ABSOLUTE.instances,
    cores: ABSOLUTE.cores,
    ram: ABSOLUTE.ramMebibytes,
    metadata_items: imageMetadataQuota(cloud),
    key_pairs: ABSOLUTE.keyPairs,
    networks: ABSOLUTE.privateNetworks,
    injected_files: ABSOLUTE.personality,
    injected_file_content_bytes: ABSOLUTE.personalityBytes,
    injected_file_path_bytes: ABSOLUTE.personalityPathBytes,
    fixed_ips: ABSOLUTE.addresses,
    floating_ips: ABSOLUTE.addresses,
    security_groups: ABSOLUTE.securityGroups,
    security_group_rules: ABSOLUTE.securityGroups,
  },
});
