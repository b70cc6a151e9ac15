import type { Cloud } from '../../../cloud.ts';
import type { ServerGroup } from '../../../domain/servers/server-groups.ts';
import { FIRST_WITH_OWNER, FIRST_WITH_RULES } from './schemas.ts';

/** A server group with the servers in it that still exist. @param minor - microversion. */
export function presentGroup(group: ServerGroup, { servers }: Pick<Cloud, 'servers'>, minor: number): object {
  const { id, name, policy, maxServersPerHost, projectId, userId } = group;
  const members = group.members.filter((serverId) => servers.peek(serverId) !== undefined);
  return {
    id,
    name,
    ...(minor < FIRST_WITH_RULES
      ? { policies: [policy], metadata: {} }
      : {
          policy,
          rules: maxServersPerHost === undefined ? {} : { max_server_per_host: maxServersPerHost },
        }),
    members,
    ...(minor >= FIRST_WITH_OWNER && { project_id: projectId, user_id: userId }),
  };
}
