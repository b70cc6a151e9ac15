import type { Reply } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { fault } from '../protocol/errors.ts';
import { deniedBy } from '../protocol/policies.ts';

/**
 * A 403 for a server of another project that Nova has not scheduled yet. Nova finds such servers for every project, and leaves
 * the rest to its policies; a scheduled one is not found.
 * @param rule - of the policy, such as `servers:show`.
 */
export function denyUnscheduled({ cloud, caller }: Context, serverId: string, rule: string): Reply | undefined {
  const server = cloud.servers.peek(serverId);
  const isDenied =
    server !== undefined &&
    server.status === 'BUILD' &&
    server.taskState === 'scheduling' &&
    server.projectId !== caller.projectId &&
    !caller.isAdmin;
  return isDenied ? fault(403, deniedBy(rule)) : undefined;
}
