import type { Call, Contract, Handler, Handlers, Operation, Reply } from '../../../contract/contract.ts';
import { type Aggregate, ZONE_ITEM } from '../../../domain/servers/aggregates.ts';
import type { Context } from '../../dialect.ts';
import { fault } from '../protocol/errors.ts';
import { noContent, okReply } from '../protocol/media-types.ts';
import { minorOf } from '../protocol/microversion.ts';
import { requireAdmin } from '../protocol/policies.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { isInteger, NOT_AN_INTEGER } from '../protocol/query-checks.ts';
import { aggregateOperations as operations } from './contract.ts';
import { aggregateExists, aggregateNotFound, hostNotFound, hostNotInAggregate, zoneEmpty } from './errors.ts';
import { presentAggregate, presentNewAggregate } from './present.ts';

interface AggregatesContract extends Contract {
  readonly operations: typeof operations;
}

/** The body of a request, which its schema has checked. */
interface AggregateRequest {
  readonly name?: string;
  readonly availability_zone?: string | null;
}

const requested = ({ json }: Call): AggregateRequest => (json as { readonly aggregate: AggregateRequest }).aggregate;

const withZone = (metadata: Aggregate['metadata'], zone: string | null | undefined): Aggregate['metadata'] =>
  zone === undefined || zone === null ? metadata : { ...metadata, [ZONE_ITEM]: zone };

/** A handler of one number, after the policy. */
const withNumber = (
  operation: Operation,
  rule: string,
  handle: (call: Call<'aggregate_id'>, context: Context) => Reply,
): Handler<Context, 'aggregate_id'> =>
  withPreconditions(operation, (call, context) => {
    const denied = requireAdmin(context.caller, `os-aggregates:${rule}`);
    if (denied !== undefined) return denied;
    return isInteger(call.params.aggregate_id) ? handle(call, context) : fault(400, NOT_AN_INTEGER);
  });

/** A handler of one aggregate. */
const withAggregate = (
  operation: Operation,
  rule: string,
  handle: (aggregate: Aggregate, call: Call, context: Context) => Reply,
): Handler<Context, 'aggregate_id'> =>
  withNumber(operation, rule, (call, context) => {
    const { aggregate_id: id } = call.params;
    const aggregate = context.cloud.aggregates.get(Number(id.replaceAll('_', '')));
    return aggregate === undefined ? aggregateNotFound(id) : handle(aggregate, call, context);
  });

function create(call: Call, { cloud, caller }: Context): Reply {
  const denied = requireAdmin(caller, 'os-aggregates:create');
  if (denied !== undefined) return denied;
  const { name: given = '', availability_zone: zone } = requested(call);
  const name = given.trim();
  if (cloud.aggregates.named(name) !== undefined) return aggregateExists(name);
  const aggregate = cloud.aggregates.add({
    uuid: cloud.ids.next('aggregate', name),
    name,
    metadata: withZone({}, zone),
    createdAt: cloud.clock.now(),
    updatedAt: null,
  });
  return okReply(call, { aggregate: presentNewAggregate(aggregate, minorOf(call)) });
}

function update(aggregate: Aggregate, call: Call, { cloud }: Context): Reply {
  const { name: given, availability_zone: zone } = requested(call);
  const name = given?.trim() ?? aggregate.name;
  const other = cloud.aggregates.named(name);
  if (other !== undefined && other.number !== aggregate.number) return aggregateExists(name);
  if (zone === null) return zoneEmpty('aggregate', aggregate);
  const updatedAt = cloud.clock.now();
  const changed = { ...aggregate, name, metadata: withZone(aggregate.metadata, zone), updatedAt };
  cloud.aggregates.put(changed);
  return okReply(call, { aggregate: presentAggregate(changed, minorOf(call)) });
}

function setMetadata(aggregate: Aggregate, call: Call, { cloud }: Context): Reply {
  const { metadata: changes } = (
    call.json as { readonly set_metadata: { readonly metadata: Readonly<Record<string, string | null>> } }
  ).set_metadata;
  if (Object.hasOwn(changes, ZONE_ITEM) && !changes[ZONE_ITEM]) {
    return zoneEmpty('metadata of aggregate', aggregate);
  }
  const items = Object.entries({ ...aggregate.metadata, ...changes }).filter(([, value]) => value !== null);
  const changed = { ...aggregate, metadata: Object.fromEntries(items) as Aggregate['metadata'] };
  cloud.aggregates.put(changed);
  // The reply has a time of change, which Nova does not store.
  const shown = { ...changed, updatedAt: cloud.clock.now() };
  return okReply(call, { aggregate: presentAggregate(shown, minorOf(call)) });
}

const hostOf = ({ json }: Call, action: 'add_host' | 'remove_host'): string =>
  (json as Readonly<Record<typeof action, { readonly host: string }>>)[action].host;

/** Handlers of aggregates. */
export const aggregateHandlers: Handlers<AggregatesContract, Context> = {
  listAggregates: withPreconditions(operations.listAggregates, (call, { cloud, caller }) => {
    const list = () => cloud.aggregates.list().map((aggregate) => presentAggregate(aggregate, minorOf(call)));
    return requireAdmin(caller, 'os-aggregates:index') ?? okReply(call, { aggregates: list() });
  }),
  createAggregate: withPreconditions(operations.createAggregate, create),
  showAggregate: withAggregate(operations.showAggregate, 'show', (aggregate, call) =>
    okReply(call, { aggregate: presentAggregate(aggregate, minorOf(call)) }),
  ),
  updateAggregate: withAggregate(operations.updateAggregate, 'update', update),
  deleteAggregate: withAggregate(operations.deleteAggregate, 'delete', (aggregate, call, { cloud }) => {
    cloud.aggregates.remove(aggregate);
    return { ...noContent(call), status: 200 };
  }),
  addAggregateHost: withNumber(operations.addAggregateHost, 'add_host', (call) =>
    hostNotFound(hostOf(call, 'add_host')),
  ),
  removeAggregateHost: withNumber(operations.removeAggregateHost, 'remove_host', (call) =>
    hostNotInAggregate(404, hostOf(call, 'remove_host'), call.params.aggregate_id),
  ),
  setAggregateMetadata: withAggregate(operations.setAggregateMetadata, 'set_metadata', setMetadata),
};
