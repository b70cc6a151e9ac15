import type { Cloud } from '../../../cloud.ts';
import { metadataQuota } from '../metadata/quota.ts';
import { QUOTAS, serverUseOf } from './quotas.ts';

/** The first microversions without the limits of networks, image metadata and personality. */
const FIRST_WITHOUT_NETWORKS = 36;
const FIRST_WITHOUT_IMAGE_METADATA = 39;
const FIRST_WITHOUT_PERSONALITY = 57;

/** `{limits}` of a project: Nova's default quotas, and what the project uses. @param minor - microversion. */
export function presentLimits(cloud: Cloud, projectId: string, minor: number): object {
  const hasNetworks = minor < FIRST_WITHOUT_NETWORKS;
  return {
    limits: {
      rate: [],
      absolute: {
        maxTotalInstances: QUOTAS.instances,
        maxTotalCores: QUOTAS.cores,
        maxTotalRAMSize: QUOTAS.ram,
        maxServerMeta: QUOTAS.metadata_items,
        ...(minor < FIRST_WITHOUT_IMAGE_METADATA && { maxImageMeta: metadataQuota(cloud) }),
        ...(minor < FIRST_WITHOUT_PERSONALITY && { maxPersonality: 5, maxPersonalitySize: 10_240 }),
        maxTotalKeypairs: QUOTAS.key_pairs,
        maxServerGroups: QUOTAS.server_groups,
        maxServerGroupMembers: QUOTAS.server_group_members,
        ...(hasNetworks && { maxTotalFloatingIps: -1, maxSecurityGroups: -1, maxSecurityGroupRules: -1 }),
        ...presentServerUse(cloud, projectId),
        ...(hasNetworks && { totalFloatingIpsUsed: 0, totalSecurityGroupsUsed: 0 }),
        totalServerGroupsUsed: 0,
      },
    },
  };
}

function presentServerUse(cloud: Cloud, projectId: string): object {
  const { instances, cores, ram } = serverUseOf(cloud, projectId);
  return { totalRAMUsed: ram, totalCoresUsed: cores, totalInstancesUsed: instances };
}
