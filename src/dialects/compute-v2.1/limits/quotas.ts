import type { Cloud } from '../../../cloud.ts';
import type { Server } from '../../../domain/servers/server.ts';

/** Nova's default quotas of a project, in the order in which it shows them. -1 means no limit. */
export const QUOTAS = {
  instances: 10,
  cores: 20,
  ram: 51_200,
  floating_ips: -1,
  fixed_ips: -1,
  metadata_items: 128,
  injected_files: 5,
  injected_file_content_bytes: 10_240,
  injected_file_path_bytes: 255,
  security_groups: -1,
  security_group_rules: -1,
  key_pairs: 100,
  server_groups: 10,
  server_group_members: 10,
} as const;

/** Name of a quota. */
export type QuotaName = keyof typeof QUOTAS;

/** What the servers of a project use: their number, processors and megabytes of memory. */
export interface ServerUse {
  readonly instances: number;
  readonly cores: number;
  readonly ram: number;
}

/** Returns what the servers of a project use. */
export function serverUseOf(cloud: Cloud, projectId: string): ServerUse {
  const servers = cloud.servers.list({ projectId });
  const sum = (amount: (server: Server) => number): number =>
    servers.reduce((total, server) => total + amount(server), 0);
  return {
    instances: servers.length,
    cores: sum(({ flavor }) => flavor.vcpus),
    ram: sum(({ flavor }) => flavor.ramMebibytes),
  };
}
