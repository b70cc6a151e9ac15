/** The handlers of resources. Each checks the policy, then the body, then the rules of the resource. */

import { isObject, type Json } from '../../../base/json.ts';
import type { Reply } from '../../../contract/contract.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { notFound } from '../request-error.ts';
import { NO_CONTENT, reply, type ServiceHandler } from '../service-handler.ts';
import { createRecord, createRecords, updatedRecord } from './change-record.ts';
import { assertValid } from './check-body.ts';
import { assertStorable, isCheckedEarly } from './early-bodies.ts';
import { assertMutable } from './immutable.ts';
import { selectPage } from './list.ts';
import { recordPageReply } from './list-reply.ts';
import type { PolicyTarget } from './policy.ts';
import { presentOne, presentRecord, presentUpdated } from './present.ts';
import { authorize, openRequest, pathId, type RecordRequest, wrappedBody } from './record-request.ts';
import { actionOf, notFoundMessage, type Resource, type Verb } from './resource.ts';
import { findRecord, removeRecord, storeRecord } from './storage.ts';

/** A handler of an operation on records. */
export type RecordHandler = (request: RecordRequest) => Reply;

/** Turns a handler of records into one of the dialect. */
export const recordHandler =
  (handle: RecordHandler): ServiceHandler =>
  (call, context) =>
    handle(openRequest(call, context));

type VerbHandler = (resource: Resource, request: RecordRequest) => Reply;

/** The handlers of all verbs. */
export const VERB_HANDLERS: Readonly<Record<Verb, VerbHandler>> = {
  list: listRecords,
  create: createOne,
  show: showRecord,
  update: updateRecord,
  delete: deleteRecord,
};

/**
 * Checks whether the policy of a verb permits it.
 * @param target - the record, or the members of a new one; empty for a list and for a record that does not exist.
 * @throws IdentityError `not-allowed`.
 */
export function authorizeVerb(resource: Resource, request: RecordRequest, verb: Verb, target: Json = {}): void {
  const action = resource.actionFor?.(verb, target, request) ?? actionOf(resource, verb);
  const { targeted = [], targetedLater = [] } = resource;
  const hasTarget = targeted.includes(verb) || (request.requester.hasManagers && targetedLater.includes(verb));
  authorize(request, action, {
    policy: resource.policyFor?.(verb, target, request) ?? resource.policy[verb],
    target: hasTarget ? targetOf(resource, target, request) : undefined,
  });
}

/** What policies look at in a record. */
const targetOf = ({ target = defaultTarget }: Resource, record: Json, { records }: RecordRequest): PolicyTarget =>
  target(record, records);

const defaultTarget = ({ id, domain_id: domainId, user_id: userId }: Json): PolicyTarget => ({
  ...(typeof id === 'string' && { id }),
  ...(typeof domainId === 'string' && { domainId }),
  ...(typeof userId === 'string' && { userId }),
});

/**
 * Returns the record of the path, once the policy permits the verb; `undefined` if there is none.
 * @throws RequestError 404 if the verb looks the record up first; IdentityError `not-allowed`.
 */
export function findRequested(resource: Resource, request: RecordRequest, verb: Verb): EntityRecord | undefined {
  const id = pathId(request, resource.idParam);
  const record = findRecord(resource, id, request);
  if (record === undefined && resource.lookupFirst?.includes(verb)) notFound(notFoundMessage(resource, id, request));
  authorizeVerb(resource, request, verb, record);
  if (record !== undefined) resource.rules?.requested?.(request);
  return record;
}

/** Returns the record of the path, once the policy permits the verb. @throws RequestError 404; IdentityError `not-allowed`. */
export const requestedRecord = (resource: Resource, request: RecordRequest, verb: Verb): EntityRecord =>
  findRequested(resource, request, verb) ??
  notFound(notFoundMessage(resource, pathId(request, resource.idParam), request));

/** Lists records. */
export function listRecords(resource: Resource, request: RecordRequest): Reply {
  authorizeVerb(resource, request, 'list');
  resource.rules?.list?.(request);
  return recordPageReply(resource, selectPage(resource, request), request);
}

/** Shows one record. */
export function showRecord(resource: Resource, request: RecordRequest): Reply {
  const record = requestedRecord(resource, request, 'show');
  const shown = presentOne(resource, record, request);
  return reply(200, { [resource.one]: resource.presentShown?.(shown) ?? shown });
}

function createOne(resource: Resource, request: RecordRequest): Reply {
  if (resource.createWrapper !== undefined) return createMany(resource, resource.createWrapper, request);
  const body = bodyOf(resource, request);
  resource.rules?.checkBody?.(body, 'create');
  authorizeVerb(resource, request, 'create', isObject(body) ? body : {});
  checkSchema(resource, 'create', body, request);
  return replyCreated(resource, body as Json, request);
}

/** Creates all records of a list, or none of them. */
function createMany(resource: Resource, wrapper: string, request: RecordRequest): Reply {
  authorizeVerb(resource, request, 'create');
  const bodies = wrappedBody(request, wrapper);
  checkSchema(resource, 'create', bodies, request);
  const records = createRecords(resource, bodies as readonly Json[], request);
  return reply(201, { [wrapper]: records.map((record) => presentRecord(resource, record, request)) });
}

function checkSchema(resource: Resource, verb: 'create' | 'update', body: unknown, request: RecordRequest): void {
  const { rules, schemas } = resource;
  if (isCheckedEarly(resource, request)) assertStorable(resource, verb, body);
  else if (rules?.validate === undefined) assertValid(body, schemas[verb]);
  else rules.validate(body);
}

/** Creates a record of a valid body, and shows it. @throws RequestError if a rule of the resource forbids it. */
export function replyCreated(resource: Resource, body: Json, request: RecordRequest): Reply {
  const record = createRecord(resource, body, request);
  const created = presentOne(resource, record, request);
  return reply(201, { [resource.one]: resource.presentCreated?.(created, record) ?? created });
}

function updateRecord(resource: Resource, request: RecordRequest): Reply {
  const find = resource.findsBeforeBody === true ? requestedRecord : findRequested;
  const before = find(resource, request, 'update');
  const body = bodyOf(resource, request);
  resource.rules?.checkBody?.(body, 'update');
  checkSchema(resource, 'update', body, request);
  const after = updatedRecord(resource, { before, body: body as Json }, request);
  storeRecord(resource, request.records, after);
  if (before !== undefined) resource.rules?.changed?.(after, before, request);
  return reply(200, { [resource.one]: presentUpdated(resource, after, request) });
}

/** What the body holds under the wrapper of the resource. */
export const bodyOf = ({ one, missingWrapper }: Resource, request: RecordRequest): unknown =>
  wrappedBody(request, one, missingWrapper === null ? null : {});

function deleteRecord(resource: Resource, request: RecordRequest): Reply {
  const record = requestedRecord(resource, request, 'delete');
  if (resource.immutable !== undefined) assertMutable(resource, record, 'delete');
  resource.rules?.delete?.(record, request);
  removeRecord(resource, request.records, record);
  return NO_CONTENT;
}
