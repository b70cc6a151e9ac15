import type { Cloud } from '../../../cloud.ts';
import { metadataQuota } from '../metadata/quota.ts';
import { quotaUseOf } from './quotas.ts';

/** The first microversions without the limits of networks, image metadata and personality. */
const FIRST_WITHOUT_NETWORKS = 36;
const FIRST_WITHOUT_IMAGE_METADATA = 39;
const FIRST_WITHOUT_PERSONALITY = 57;

/** `{limits}` of a project: its quotas, and what it uses. @param minor - microversion. */
export function presentLimits(cloud: Cloud, projectId: string, minor: number): object {
  const hasNetworks = minor < FIRST_WITHOUT_NETWORKS;
  const quotas = cloud.quotas.of({ kind: 'project', projectId });
  const use = quotaUseOf(cloud, projectId);
  return {
    limits: {
      rate: [],
      absolute: {
        maxTotalInstances: quotas.instances,
        maxTotalCores: quotas.cores,
        maxTotalRAMSize: quotas.ram,
        maxServerMeta: quotas.metadata_items,
        ...(minor < FIRST_WITHOUT_IMAGE_METADATA && { maxImageMeta: metadataQuota(cloud) }),
        ...(minor < FIRST_WITHOUT_PERSONALITY && {
          maxPersonality: quotas.injected_files,
          maxPersonalitySize: quotas.injected_file_content_bytes,
        }),
        maxTotalKeypairs: quotas.key_pairs,
        maxServerGroups: quotas.server_groups,
        maxServerGroupMembers: quotas.server_group_members,
        ...(hasNetworks && {
          maxTotalFloatingIps: quotas.floating_ips,
          maxSecurityGroups: quotas.security_groups,
          maxSecurityGroupRules: quotas.security_group_rules,
        }),
        totalRAMUsed: use.ram,
        totalCoresUsed: use.cores,
        totalInstancesUsed: use.instances,
        ...(hasNetworks && { totalFloatingIpsUsed: 0, totalSecurityGroupsUsed: 0 }),
        totalServerGroupsUsed: use.server_groups,
      },
    },
  };
}
