import { ownMember } from '../../../base/own-member.ts';
import type { Call, Contract, Handlers, Reply } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { versionedBody } from '../protocol/check-body.ts';
import { fault } from '../protocol/errors.ts';
import { okReply } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { requireAdmin } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { checkNames, isInteger, isUuid, NOT_AN_INTEGER } from '../protocol/query-checks.ts';
import { hostOperations as operations } from './contract.ts';
import { deletedServiceNotFound, serviceNotFound, uuidInvalid } from './errors.ts';
import { findHypervisor, listHypervisors, matchHypervisors, showStatistics } from './hypervisors.ts';
import { FIRST_WITH_FORCED_DOWN, FIRST_WITH_IDS, serviceSchema } from './schemas.ts';

interface HostsContract extends Contract {
  readonly operations: typeof operations;
}

/** The first microversion that rejects unknown parameters. */
const FIRST_STRICT = 75;

const checkBody = versionedBody(operations.updateService, serviceSchema);

/** The body of an action on a service, which its schema has checked. */
interface ServiceAction {
  readonly host: string;
  readonly binary: string;
  readonly disabled_reason?: string;
  readonly forced_down?: unknown;
}

/** What each action on a service requires beyond host and program; `undefined` if nothing is missing. */
const ACTIONS: Readonly<Record<string, (action: ServiceAction) => string | undefined>> = {
  enable: () => undefined,
  disable: () => undefined,
  'disable-log-reason': ({ disabled_reason: reason }) =>
    reason === undefined ? 'Missing disabled reason field' : undefined,
  'force-down': ({ forced_down: isDown }) => (isDown === undefined ? 'Missing forced_down field' : undefined),
};

/** Rejects an action on a service: no host exists. @param name - of the action. */
function act(name: string, action: ServiceAction, minor: number): Reply {
  const missing = name === 'force-down' && minor < FIRST_WITH_FORCED_DOWN ? undefined : ownMember(ACTIONS, name);
  if (missing === undefined) return fault(404, 'Unknown action');
  const error = missing(action);
  if (error !== undefined) return fault(400, error);
  const { host, binary } = action;
  return binary === 'nova-compute'
    ? fault(404, `Host '${host}' is not mapped to any cell`)
    : fault(400, `Updating a ${binary} service is not supported. Only nova-compute services can be updated.`);
}

function updateService(call: Call<'service_id'>, { caller }: Context): Reply {
  const { service_id: id } = call.params;
  const hasIds = minorOf(call) >= FIRST_WITH_IDS;
  if (hasIds && !isUuid(id)) return uuidInvalid(id);
  const denied = requireAdmin(caller, 'os-services:update');
  if (denied !== undefined) return denied;
  return hasIds ? serviceNotFound(id) : act(id, call.json as ServiceAction, minorOf(call));
}

/** Handlers of hypervisors and services. */
export const hostHandlers: Handlers<HostsContract, Context> = {
  listHypervisors: listHypervisors(operations.listHypervisors, 'list'),
  listHypervisorsDetail: listHypervisors(operations.listHypervisorsDetail, 'list-detail'),
  showHypervisorStatistics: showStatistics(operations.showHypervisorStatistics),
  showHypervisor: findHypervisor(operations.showHypervisor, { rule: 'show', acceptsServers: true }),
  showHypervisorUptime: findHypervisor(operations.showHypervisorUptime, { rule: 'uptime', acceptsServers: false }),
  searchHypervisors: matchHypervisors(operations.searchHypervisors, 'search'),
  listHypervisorServers: matchHypervisors(operations.listHypervisorServers, 'servers'),

  listServices: withPreconditions(operations.listServices, (call, { caller }) => {
    const error = minorOf(call) >= FIRST_STRICT ? checkNames(call.query, ['host', 'binary']) : undefined;
    if (error !== undefined) return fault(400, error);
    return requireAdmin(caller, 'os-services:list') ?? okReply(call, { services: [] });
  }),

  updateService: withPreconditions(
    operations.updateService,
    (call, context) => checkBody(call) ?? updateService(call, context),
  ),

  deleteService: withPreconditions(operations.deleteService, (call, { caller }) => {
    const denied = requireAdmin(caller, 'os-services:delete');
    if (denied !== undefined) return denied;
    const { service_id: id } = call.params;
    if (minorOf(call) >= FIRST_WITH_IDS && !isUuid(id)) return uuidInvalid(id);
    if (minorOf(call) < FIRST_WITH_IDS && !isInteger(id)) return fault(400, NOT_AN_INTEGER);
    return deletedServiceNotFound(id);
  }),
};
