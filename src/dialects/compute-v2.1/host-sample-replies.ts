import type { Reply } from '../../contract/contract.ts';
import type { Aggregate } from '../../domain/servers/aggregates.ts';
import type { ServerGroup } from '../../domain/servers/server-groups.ts';
import type { FaultRequest } from '../dialect.ts';
import type { SampleReply } from '../shared/sample-replies.ts';
import { presentAggregate, presentNewAggregate } from './aggregates/present.ts';
import { EXTENSIONS } from './extensions/extensions.ts';
import { noContent, typeHeader } from './protocol/media-types.ts';
import { minorOf } from './protocol/microversion.ts';
import { presentGroup } from './server-groups/present.ts';

const json =
  (value: (request: FaultRequest) => unknown): SampleReply =>
  (request): Reply => ({
    status: request.status,
    headers: typeHeader(request.call),
    body: JSON.stringify(value(request)),
  });

const noBody: SampleReply = ({ call, status }) => ({ ...noContent(call), status });

/** The requested server group, or a placeholder with that id. */
function groupOf({ call, context: { cloud, caller } }: FaultRequest): ServerGroup {
  const id = call.params['server_group_id'] ?? '';
  const { projectId, userId } = caller;
  const placeholder = { id, number: 1, name: '', projectId, userId, policy: 'affinity', members: [] } as const;
  return cloud.serverGroups.peek(id) ?? placeholder;
}

/** The requested aggregate, or a placeholder. */
function aggregateOf({ call, context: { cloud } }: FaultRequest): Aggregate {
  const number = Number(call.params['aggregate_id'] ?? 0) || 0;
  return (
    cloud.aggregates.get(number) ?? {
      number,
      uuid: '',
      name: '',
      metadata: {},
      createdAt: cloud.clock.now(),
      updatedAt: null,
    }
  );
}

const group = json((request) => ({
  server_group: presentGroup(groupOf(request), request.context.cloud, minorOf(request.call)),
}));
const aggregate = json((request) => ({ aggregate: presentAggregate(aggregateOf(request), minorOf(request.call)) }));
const noHypervisors = json(() => ({ hypervisors: [] }));

/** The requested hypervisor, which does not exist. */
const hypervisorOf = ({ call }: FaultRequest): object => ({
  id: call.params['hypervisor_id'] ?? '',
  hypervisor_hostname: 'compute-1',
  state: 'up',
  status: 'enabled',
});
const hypervisor = json((request) => ({ hypervisor: hypervisorOf(request) }));
const matching = json((request) => ({ hypervisors: [hypervisorOf(request)] }));

/** The requested service, which does not exist. */
const service = json(({ call }) => ({
  service: {
    id: call.params['service_id'] ?? '',
    host: 'compute-1',
    binary: 'nova-compute',
    status: 'enabled',
    state: 'up',
    disabled_reason: null,
  },
}));

/** Injected successes of extensions, hosts, aggregates and server groups. */
export const HOST_REPLIES = {
  listExtensions: json(() => ({ extensions: [...EXTENSIONS.values()] })),
  showExtension: json(({ call }) => ({
    extension: EXTENSIONS.get(call.params['alias'] ?? '') ?? EXTENSIONS.get('os-extended-volumes'),
  })),
  listHypervisors: noHypervisors,
  listHypervisorsDetail: noHypervisors,
  showHypervisorStatistics: json(() => ({ hypervisor_statistics: {} })),
  showHypervisor: hypervisor,
  showHypervisorUptime: json((request) => ({ hypervisor: { ...hypervisorOf(request), uptime: 'up 1 day' } })),
  searchHypervisors: matching,
  listHypervisorServers: matching,
  listServices: json(() => ({ services: [] })),
  updateService: service,
  deleteService: noBody,
  listAggregates: json(() => ({ aggregates: [] })),
  createAggregate: json((request) => ({
    aggregate: presentNewAggregate(aggregateOf(request), minorOf(request.call)),
  })),
  showAggregate: aggregate,
  updateAggregate: aggregate,
  deleteAggregate: noBody,
  addAggregateHost: aggregate,
  removeAggregateHost: aggregate,
  setAggregateMetadata: aggregate,
  listServerGroups: json(() => ({ server_groups: [] })),
  createServerGroup: group,
  showServerGroup: group,
  deleteServerGroup: noBody,
} satisfies Readonly<Record<string, SampleReply>>;
