import type { Cloud } from '../../../cloud.ts';
import type { QuotaName } from '../../../domain/servers/quotas.ts';

/** The quotas that are used up by what a project has. */
export type CountedQuota = Extract<QuotaName, 'instances' | 'cores' | 'ram' | 'server_groups'>;

/** What a project or one of its users has. */
export type QuotaUse = Readonly<Record<CountedQuota, number>>;

/** Returns what a project uses, or what one of its users does. */
export function quotaUseOf(cloud: Cloud, projectId: string, userId?: string): QuotaUse {
  const isCounted = (owned: { readonly userId: string }): boolean => userId === undefined || owned.userId === userId;
  const use = { instances: 0, cores: 0, ram: 0, server_groups: 0 };
  for (const server of cloud.servers.list({ projectId })) {
    if (!isCounted(server)) continue;
    use.instances += 1;
    use.cores += server.flavor.vcpus;
    use.ram += server.flavor.ramMebibytes;
  }
  use.server_groups = cloud.serverGroups.list(projectId).filter(isCounted).length;
  return use;
}
