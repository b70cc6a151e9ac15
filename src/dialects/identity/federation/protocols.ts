import type { Json } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import { pathId, type RecordRequest, without } from '../records/record-request.ts';
import { defineResource, type RecordStorage } from '../records/resource.ts';
import { badRequest, conflict, notFound, unexpected } from '../request-error.ts';
import { CREATE_PROTOCOL, UPDATE_PROTOCOL } from './schemas.ts';

/** The id of the record of a protocol, whose own id is unique for its provider alone. */
const recordId = (providerId: string, id: string): string => `${providerId}:${id}`;

const toProtocol = ({ protocol_id: id, ...protocol }: EntityRecord): EntityRecord => ({ ...protocol, id: String(id) });

const STORAGE: RecordStorage = {
  get: (records, id, request) => {
    const protocol = records.get('protocol', recordId(pathId(request, 'idp_id'), id));
    return protocol && toProtocol(protocol);
  },
  put: (records, protocol) => {
    const id = recordId(String(protocol['idp_id']), protocol.id);
    records.put('protocol', { ...protocol, protocol_id: protocol.id, id });
  },
  delete: (records, protocol) => {
    records.delete('protocol', recordId(String(protocol['idp_id']), protocol.id));
  },
  list: (request) => request.records.by('protocol', 'provider', pathId(request, 'idp_id')).map(toProtocol),
};

/** The protocols of identity providers. */
export const protocols = defineResource({
  kind: 'protocol',
  storage: STORAGE,
  title: { one: 'Protocol', many: 'Protocols' },
  one: 'protocol',
  many: 'protocols',
  path: '/v3/OS-FEDERATION/identity_providers/{idp_id}/protocols',
  idParam: 'protocol_id',
  createBy: 'put',
  section: 'Federation protocols',
  notFound: (id, request) =>
    `Could not find federated protocol ${id} for Identity Provider: ${pathId(request, 'idp_id')}.`,
  members: ['id', 'idp_id', 'mapping_id', 'remote_id_attribute'],
  defaults: { remote_id_attribute: null },
  schemas: { create: CREATE_PROTOCOL, update: UPDATE_PROTOCOL },
  columns: { id: 64 },
  filters: {},
  policy: { list: SYSTEM_READ, create: ADMIN, show: SYSTEM_READ, update: ADMIN, delete: ADMIN },
  rules: { create: completeProtocol, beforeUpdate: assertNewMapping },
  // The links of the service lead nowhere.
  links: ({ id, idp_id: providerId }, base) => ({
    self: `${base}/protocols/${id}`,
    identity_provider: `${base}/${String(providerId)}`,
  }),
  presentOne: (reply) => without(reply, ['idp_id', 'remote_id_attribute']),
  sample: { mapping_id: 'sample', idp_id: 'sample' },
});

function completeProtocol(draft: EntityRecord, request: RecordRequest): EntityRecord {
  const { records } = request;
  const providerId = pathId(request, 'idp_id');
  assertMapping(draft, records);
  if (!records.has('identity-provider', providerId)) notFound(`Could not find Identity Provider: ${providerId}.`);
  if (records.has('protocol', recordId(providerId, draft.id))) {
    conflict('federation_protocol', `Duplicate entry found with ID ${draft.id}.`);
  }
  return { ...draft, idp_id: providerId };
}

function assertMapping({ mapping_id: mappingId }: Json, records: Records): void {
  if (!records.has('mapping', String(mappingId))) badRequest(`Invalid mapping id: ${String(mappingId)}`);
}

/** The service fails on an update without a mapping, before it looks for the protocol. */
function assertNewMapping(body: Json, { records }: RecordRequest): void {
  if (!('mapping_id' in body)) unexpected();
  assertMapping(body, records);
}
