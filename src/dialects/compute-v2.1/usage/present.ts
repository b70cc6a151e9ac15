import type { Server } from '../../../domain/servers/server.ts';
import { vmStateOf } from '../servers/present.ts';
import type { UsageRequest } from './parse.ts';

const HOUR = 3_600_000;

const toMicroseconds = (time: number): string => `${new Date(time).toISOString().slice(0, -1)}000`;

/** Hours for which a server has run within the period. */
const hoursOf = ({ createdAt }: Server, { start, end }: UsageRequest): number =>
  Math.max(0, end - Math.max(start, createdAt)) / HOUR;

const presentServer = (server: Server, request: UsageRequest, now: number): object => ({
  instance_id: server.id,
  name: server.name,
  hours: hoursOf(server, request),
  flavor: server.flavor.name,
  vcpus: server.flavor.vcpus,
  memory_mb: server.flavor.ramMebibytes,
  local_gb: server.flavor.diskGibibytes,
  tenant_id: server.projectId,
  started_at: toMicroseconds(server.createdAt),
  ended_at: null,
  state: vmStateOf(server.status),
  uptime: Math.floor((now - server.createdAt) / 1000),
});

/** The usage of a project by its servers; an empty object for none. */
export function presentUsage(servers: readonly Server[], request: UsageRequest, now: number): object {
  const [first] = servers;
  if (first === undefined) return {};
  const total = (amount: (server: Server) => number): number =>
    servers.reduce((sum, server) => sum + amount(server) * hoursOf(server, request), 0);
  return {
    tenant_id: first.projectId,
    total_local_gb_usage: total(({ flavor }) => flavor.diskGibibytes),
    total_vcpus_usage: total(({ flavor }) => flavor.vcpus),
    total_memory_mb_usage: total(({ flavor }) => flavor.ramMebibytes),
    total_hours: total(() => 1),
    start: toMicroseconds(request.start),
    stop: toMicroseconds(request.end),
    ...(request.isDetailed && { server_usages: servers.map((server) => presentServer(server, request, now)) }),
  };
}
