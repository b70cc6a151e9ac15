/** The operations, handlers and sample replies of resources. */
import type { Operation } from '../../../contract/contract.ts';
import type { JsonSchema } from '../../../contract/schema.ts';
import type { SampleReply } from '../../shared/sample-replies.ts';
import { collection, createdList, recordWith, wrapped } from '../response-schemas.ts';
import { NO_CONTENT, reply, type ServiceHandler } from '../service-handler.ts';
import { recordHandler, VERB_HANDLERS } from './handlers.ts';
import { presentRecord } from './present.ts';
import { openRequest } from './record-request.ts';
import { operationId, pathOf, type Resource, type Verb, verbsOf } from './resource.ts';

/** Theme of the operations that administrators of Keystone use. */
export const ANNEX = 'identity administration';

const SOURCE = 'Identity API v3 reference';

/** What the operations of a verb have in common. */
const VERB_OPERATIONS: Readonly<
  Record<Verb, Pick<Operation, 'method' | 'success' | 'statuses'> & { readonly summary: string }>
> = {
  list: { method: 'get', success: 200, statuses: [200, 401, 403], summary: 'List' },
  create: { method: 'post', success: 201, statuses: [201, 400, 401, 403, 409], summary: 'Create' },
  show: { method: 'get', success: 200, statuses: [200, 401, 403, 404], summary: 'Show' },
  update: { method: 'patch', success: 200, statuses: [200, 400, 401, 403, 404, 409], summary: 'Update' },
  delete: { method: 'delete', success: 204, statuses: [204, 401, 403, 404], summary: 'Delete' },
};

/** Statuses that operations on records also return: for malformed bodies, unknown references and uncaught exceptions. */
const ALSO_SEEN = [400, 404, 500];

/** An operation on records that a resource does not define. */
export interface SpecialOperation
  extends Pick<Operation, 'method' | 'path' | 'summary' | 'success' | 'statuses' | 'response'> {
  readonly section: string;
}

/** Completes an operation with the members that all operations on records have. */
export const recordOperation = ({ section, ...operation }: SpecialOperation): Operation => ({
  ...operation,
  alsoSeen: ALSO_SEEN.filter((status) => !operation.statuses.includes(status)),
  source: `${SOURCE}, "${section}"`,
  confidence: 'documented',
  annex: ANNEX,
});

/** The operations of a resource by id. */
export function operationsOf(resource: Resource): Readonly<Record<string, Operation>> {
  const words = resource.one.replaceAll('_', ' ');
  const operation = (verb: Verb): Operation => {
    const { summary, ...common } = VERB_OPERATIONS[verb];
    return recordOperation({
      ...common,
      ...(verb === 'create' && resource.createBy === 'put' && { method: 'put' }),
      path: pathOf(resource, verb),
      summary: `${summary} ${verb === 'list' ? resource.many.replaceAll('_', ' ') : withArticle(words)}.`,
      section: resource.section,
      ...(verb !== 'delete' && { response: responseOf(resource, verb) }),
    });
  };
  return Object.fromEntries(verbsOf(resource).map((verb) => [operationId(resource, verb), operation(verb)]));
}

/** The schema of a success: a list of records, or one record. Every record has its id, the members with defaults, and links. */
function responseOf(resource: Resource, verb: Verb): JsonSchema {
  const { one, many, members, defaults, omittedInLists = [] } = resource;
  const kept = members.filter((name) => name === 'id' || name in defaults);
  // A resource with `presentOne` leaves members out of replies for one record.
  const single = recordWith([...(resource.presentOne === undefined ? kept : ['id']), 'links']);
  if (verb === 'create' && resource.createWrapper === many) return createdList(many, single);
  if (verb !== 'list') return wrapped(one, single);
  return collection(many, recordWith([...kept.filter((name) => !omittedInLists.includes(name)), 'links']));
}

const withArticle = (noun: string): string => `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** The handlers of the operations of a resource by id. */
export const handlersOf = (resource: Resource): Readonly<Record<string, ServiceHandler>> =>
  Object.fromEntries(
    verbsOf(resource).map((verb) => [
      operationId(resource, verb),
      recordHandler((request) => VERB_HANDLERS[verb](resource, request)),
    ]),
  );

/** The sample replies of the operations of a resource by id. */
export const samplesOf = (resource: Resource): Readonly<Record<string, SampleReply>> =>
  Object.fromEntries(verbsOf(resource).map((verb) => [operationId(resource, verb), sampleOf(resource, verb)]));

const sampleOf =
  (resource: Resource, verb: Verb): SampleReply =>
  ({ call, context, status }) => {
    if (verb === 'delete' || status === 204) return NO_CONTENT;
    const record = { ...resource.defaults, ...resource.sample, id: context.cloud.ids.uuid('sample', resource.kind) };
    const sample = presentRecord(resource, record, openRequest(call, context));
    return reply(status, verb === 'list' ? { [resource.many]: [sample] } : { [resource.one]: sample });
  };

/** The sample reply of an operation that lists records of a resource in another place. */
export const sampleList = (resource: Resource): SampleReply => sampleOf(resource, 'list');
