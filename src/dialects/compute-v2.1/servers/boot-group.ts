import type { Cloud } from '../../../cloud.ts';
import type { Call, Reply } from '../../../contract/contract.ts';
import type { Server } from '../../../domain/servers/server.ts';
import type { ServerGroup } from '../../../domain/servers/server-groups.ts';
import type { Context } from '../../dialect.ts';
import { fault } from '../protocol/errors.ts';

type Hints = { readonly group?: string } | undefined;

/** The server group that a request names, or a 400 for one that the caller cannot see; `undefined` without a group. */
export function requestedGroup(call: Call, { cloud, caller }: Context): ServerGroup | Reply | undefined {
  const body = call.json as Readonly<Record<'os:scheduler_hints' | 'OS-SCH-HNT:scheduler_hints', Hints>>;
  const id = (body['os:scheduler_hints'] ?? body['OS-SCH-HNT:scheduler_hints'])?.group;
  if (id === undefined) return undefined;
  const group = cloud.serverGroups.peek(id);
  const isVisible = group !== undefined && (caller.isAdmin || group.projectId === caller.projectId);
  return isVisible ? group : fault(400, `Instance group ${id} could not be found.`);
}

const existing = ({ servers }: Pick<Cloud, 'servers'>, { members }: ServerGroup): readonly string[] =>
  members.filter((id) => servers.peek(id) !== undefined);

/** A 403 if a group would get more servers than its quota allows. */
export function checkGroupQuota({ cloud, caller }: Context, group: ServerGroup, count: number): Reply | undefined {
  const { projectId, userId } = caller;
  const limit = cloud.quotas.of({ kind: 'project', projectId, userId }).server_group_members;
  return limit >= 0 && existing(cloud, group).length + count > limit
    ? fault(403, 'Quota exceeded, too many servers in group')
    : undefined;
}

/** Adds new servers to a group. */
export const addToGroup = (cloud: Cloud, group: ServerGroup, servers: readonly Server[]): void =>
  cloud.serverGroups.put({ ...group, members: [...existing(cloud, group), ...servers.map(({ id }) => id)] });
