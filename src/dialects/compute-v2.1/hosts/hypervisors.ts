import type { Call, Handler, Operation, Reply } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { fault } from '../protocol/errors.ts';
import { okReply } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { requireAdmin } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { checkEnum, checkLimit, checkNames, isUuid } from '../protocol/query-checks.ts';
import { TRUTH_VALUES } from '../schemas.ts';
import { hypervisorNotFound, hypervisorUnmatched, uuidInvalid } from './errors.ts';
import { FIRST_WITH_IDS } from './schemas.ts';

/** The first microversion with pages. */
const FIRST_WITH_PAGES = 33;

const LIST_PARAMETERS = ['hypervisor_hostname_pattern', 'limit', 'marker', 'with_servers'];

/** Lists the hypervisors. The list is always empty. */
export const listHypervisors = (operation: Operation, rule: 'list' | 'list-detail'): Handler<Context> =>
  withPreconditions(operation, (call, { caller }) => {
    const denied = requireAdmin(caller, `os-hypervisors:${rule}`);
    const error = checkList(call);
    if (error !== undefined || denied !== undefined) return error === undefined ? (denied as Reply) : fault(400, error);
    const minor = minorOf(call);
    const marker = call.query.getAll('marker').at(-1);
    if (minor >= FIRST_WITH_PAGES && marker !== undefined) return fault(400, `marker [${marker}] not found`);
    const pattern = call.query.getAll('hypervisor_hostname_pattern').at(-1);
    return minor >= FIRST_WITH_IDS && pattern !== undefined
      ? hypervisorUnmatched(pattern)
      : okReply(call, { hypervisors: [] });
  });

function checkList(call: Call): string | undefined {
  const minor = minorOf(call);
  if (minor < FIRST_WITH_PAGES) return undefined;
  if (minor < FIRST_WITH_IDS) return checkLimit(call);
  return checkNames(call.query, LIST_PARAMETERS) ?? checkLimit(call) ?? checkWithServers(call);
}

const checkWithServers = ({ query }: Call): string | undefined => checkEnum(query, 'with_servers', TRUTH_VALUES);

/** Returns the sums of all hypervisors. */
export const showStatistics = (operation: Operation): Handler<Context> =>
  withPreconditions(
    operation,
    (call, { caller }) =>
      requireAdmin(caller, 'os-hypervisors:statistics') ?? okReply(call, { hypervisor_statistics: {} }),
  );

/** Returns 404 for a hypervisor. @param acceptsServers - whether the operation has the parameter `with_servers`. */
export const findHypervisor = (
  operation: Operation,
  { rule, acceptsServers }: { readonly rule: string; readonly acceptsServers: boolean },
): Handler<Context, 'hypervisor_id'> =>
  withPreconditions(operation, (call, { caller }) => {
    const { hypervisor_id: id } = call.params;
    const hasIds = minorOf(call) >= FIRST_WITH_IDS;
    const names = acceptsServers ? ['with_servers'] : [];
    const error = hasIds ? (checkNames(call.query, names) ?? checkWithServers(call)) : undefined;
    if (error !== undefined) return fault(400, error);
    const denied = requireAdmin(caller, `os-hypervisors:${rule}`);
    if (denied !== undefined) return denied;
    return hasIds && !isUuid(id) ? uuidInvalid(id) : hypervisorNotFound(id);
  });

/** Returns 404 for a name of hypervisors. */
export const matchHypervisors = (operation: Operation, rule: string): Handler<Context, 'hypervisor_id'> =>
  withPreconditions(
    operation,
    (call, { caller }) =>
      requireAdmin(caller, `os-hypervisors:${rule}`) ?? hypervisorUnmatched(call.params.hypervisor_id),
  );
