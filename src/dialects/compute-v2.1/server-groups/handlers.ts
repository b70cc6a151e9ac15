import type { Call, Contract, Handler, Handlers, Operation, Reply } from '../../../contract/contract.ts';
import type { ServerGroup } from '../../../domain/servers/server-groups.ts';
import type { Context } from '../../dialect.ts';
import { MAX_PAGE } from '../../nova/list-parameters.ts';
import { quotaUseOf } from '../limits/quotas.ts';
import { versionedBody } from '../protocol/check-body.ts';
import { fault } from '../protocol/errors.ts';
import { noContent, okReply } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { checkLimit, checkNames } from '../protocol/query-checks.ts';
import { serverGroupOperations as operations } from './contract.ts';
import { groupNotFound, groupRuleUnsupported, tooManyGroups } from './errors.ts';
import { presentGroup } from './present.ts';
import { newGroupSchema } from './schemas.ts';

interface GroupsContract extends Contract {
  readonly operations: typeof operations;
}

/** The body of a request, which its schema has checked. */
interface NewGroup {
  readonly name: string;
  readonly policies?: readonly [ServerGroup['policy']];
  readonly policy?: ServerGroup['policy'];
  readonly rules?: { readonly max_server_per_host?: number | string };
}

/** The first microversion that rejects unknown parameters. */
const FIRST_STRICT = 75;

const checkBody = versionedBody(operations.createServerGroup, newGroupSchema);

function list(call: Call, { cloud, caller }: Context): Reply {
  const { query } = call;
  const error =
    (minorOf(call) >= FIRST_STRICT ? checkNames(query, ['all_projects', 'limit', 'offset']) : undefined) ??
    checkLimit(call) ??
    checkLimit(call, 'offset');
  if (error !== undefined) return fault(400, error);
  const { serverGroups } = cloud;
  // Nova looks only for the name of the parameter.
  const isAll = query.has('all_projects') && caller.isAdmin;
  const groups = isAll ? serverGroups.listAll() : serverGroups.list(caller.projectId);
  const number = (name: string): number => Number(query.getAll(name).at(-1) ?? 0);
  const start = number('offset');
  const page = groups.slice(start, start + Math.min(number('limit') || MAX_PAGE, MAX_PAGE));
  return okReply(call, { server_groups: page.map((group) => presentGroup(group, cloud, minorOf(call))) });
}

function create(call: Call, { cloud, caller }: Context): Reply {
  const { projectId, userId } = caller;
  const {
    name,
    policies,
    policy: single,
    rules = {},
  } = (call.json as { readonly server_group: NewGroup }).server_group;
  const policy = (single ?? policies?.[0]) as ServerGroup['policy'];
  const { max_server_per_host: most } = rules;
  if (most !== undefined && policy !== 'anti-affinity') {
    return fault(400, 'Only anti-affinity policy supports rules.');
  }
  // Nova asks its compute hosts, and there are none.
  if (Number(most ?? 1) > 1) return groupRuleUnsupported();
  for (const user of [undefined, userId]) {
    const limit = cloud.quotas.of({ kind: 'project', projectId, userId: user }).server_groups;
    const isFull = limit >= 0 && quotaUseOf(cloud, projectId, user).server_groups >= limit;
    if (isFull) return tooManyGroups();
  }
  const group = cloud.serverGroups.add({
    id: cloud.ids.next('server-group', projectId, name),
    name: name.trim(),
    projectId,
    userId,
    policy,
    ...(most !== undefined && { maxServersPerHost: Number(most) }),
  });
  return okReply(call, { server_group: presentGroup(group, cloud, minorOf(call)) });
}

/** A handler of one group of the caller's project; administrators have those of all projects. */
const withGroup = (
  operation: Operation,
  handle: (group: ServerGroup, call: Call, context: Context) => Reply,
): Handler<Context, 'server_group_id'> =>
  withPreconditions(operation, (call, context) => {
    const { server_group_id: id } = call.params;
    const group = context.cloud.serverGroups.peek(id);
    const { projectId, isAdmin } = context.caller;
    const isVisible = group !== undefined && (isAdmin || group.projectId === projectId);
    return isVisible ? handle(group, call, context) : groupNotFound(id);
  });

/** Handlers of server groups. */
export const serverGroupHandlers: Handlers<GroupsContract, Context> = {
  listServerGroups: withPreconditions(operations.listServerGroups, list),
  createServerGroup: withPreconditions(
    operations.createServerGroup,
    (call, context) => checkBody(call) ?? create(call, context),
  ),
  showServerGroup: withGroup(operations.showServerGroup, (group, call, { cloud }) =>
    okReply(call, { server_group: presentGroup(group, cloud, minorOf(call)) }),
  ),
  deleteServerGroup: withGroup(operations.deleteServerGroup, (group, call, { cloud }) => {
    cloud.serverGroups.remove(group);
    return noContent(call);
  }),
};
