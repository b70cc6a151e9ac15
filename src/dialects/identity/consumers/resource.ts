import { isObject } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { defineResource, type Verb } from '../records/resource.ts';
import { TEXT_OR_NULL } from '../records/schema-parts.ts';
import { unexpected } from '../request-error.ts';

const PROPERTIES = { description: TEXT_OR_NULL } as const;

/** OAuth1 consumers. The service generates their secrets, and shows them once. */
export const consumers = defineResource({
  kind: 'consumer',
  title: { one: 'Consumer', many: 'Consumers' },
  one: 'consumer',
  many: 'consumers',
  path: '/v3/OS-OAUTH1/consumers',
  idParam: 'consumer_id',
  section: 'OS-OAUTH1',
  notFound: () => 'Consumer not found',
  members: ['id', 'description'],
  defaults: { description: null },
  schemas: {
    create: { type: 'object', properties: PROPERTIES, additionalProperties: true },
    update: {
      type: 'object',
      properties: PROPERTIES,
      not: { required: ['secret'] },
      minProperties: 1,
      additionalProperties: true,
    },
  },
  columns: { description: 64 },
  filters: {},
  policy: { list: SYSTEM_READ, create: ADMIN, show: SYSTEM_READ, update: ADMIN, delete: ADMIN },
  rules: { checkBody: assertObject, create: withSecret },
  presentCreated: ({ links, ...reply }, { secret }) => ({ ...reply, secret, links }),
  sample: {},
});

/** The service fails on a new consumer that is no object. */
function assertObject(body: unknown, verb: Verb): void {
  if (verb === 'create' && !isObject(body)) unexpected();
}

function withSecret(draft: EntityRecord, { context }: RecordRequest): EntityRecord {
  return { ...draft, secret: context.cloud.ids.nextHex('consumer secret', draft.id) };
}
