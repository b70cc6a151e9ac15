import type { Cloud } from '../../cloud.ts';
import { mostImageMetadata } from './quotas.ts';

/** The first microversions without limits that other services took over, and without files put into servers. */
const WITHOUT_NETWORKS = 36;
const WITHOUT_IMAGE_METADATA = 39;
const WITHOUT_PERSONALITY = 57;

/** `{limits}` of a project, in a microversion: what it may have as the service is set up, and what it has. */
export function presentLimits(cloud: Cloud, projectId: string, minor: number): object {
  const servers = cloud.servers.list({ projectId });
  const sum = (of: 'vcpus' | 'ramMebibytes'): number => servers.reduce((total, { flavor }) => total + flavor[of], 0);
  const hasNetworks = minor < WITHOUT_NETWORKS;
  return {
    limits: {
      rate: [],
      absolute: {
        maxTotalInstances: 10,
        maxTotalCores: 20,
        maxTotalRAMSize: 51_200,
        maxServerMeta: 128,
        ...(minor < WITHOUT_IMAGE_METADATA && { maxImageMeta: mostImageMetadata(cloud) }),
        ...(minor < WITHOUT_PERSONALITY && { maxPersonality: 5, maxPersonalitySize: 10_240 }),
        maxTotalKeypairs: 100,
        maxServerGroups: 10,
        maxServerGroupMembers: 10,
        ...(hasNetworks && { maxTotalFloatingIps: -1, maxSecurityGroups: -1, maxSecurityGroupRules: -1 }),
        totalRAMUsed: sum('ramMebibytes'),
        totalCoresUsed: sum('vcpus'),
        totalInstancesUsed: servers.length,
        ...(hasNetworks && { totalFloatingIpsUsed: 0, totalSecurityGroupsUsed: 0 }),
        totalServerGroupsUsed: 0,
      },
    },
  };
}
