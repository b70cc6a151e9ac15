import type { Json } from '../../../base/json.ts';
import type { Call, Reply } from '../../../contract/contract.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { collectionLinks, pathBytes } from '../links.ts';
import { reply } from '../service-handler.ts';
import type { Page } from './pages.ts';
import { presentRecord } from './present.ts';
import { type RecordRequest, without } from './record-request.ts';
import type { Resource } from './resource.ts';

/**
 * The reply to a list.
 * @param many - member that holds the items.
 * @param path - path of the list, where its link does not repeat that of the request, decoded byte by byte.
 */
export const listReply = (
  many: string,
  items: readonly Json[],
  { call }: RecordRequest,
  path = pathBytes(call),
): Reply => reply(200, { [many]: items, links: collectionLinks(call, path) });

/** The reply to a list with pages. */
export function pageReply(many: string, { items, isTruncated }: Page<Json>, call: Call): Reply {
  const last = isTruncated ? items.at(-1)?.['id'] : undefined;
  const links = collectionLinks(call, pathBytes(call), last === undefined ? undefined : String(last));
  return reply(200, { [many]: items, links, ...(isTruncated && { truncated: true }) });
}

/** The reply to a list of records. */
export const recordsReply = (
  resource: Resource,
  records: readonly EntityRecord[],
  request: RecordRequest,
  path?: string,
): Reply => listReply(resource.many, presentItems(resource, records, request), request, path);

/** The reply to a list of records with pages. */
export const recordPageReply = (
  resource: Resource,
  { items, isTruncated }: Page<EntityRecord>,
  request: RecordRequest,
): Reply => pageReply(resource.many, { items: presentItems(resource, items, request), isTruncated }, request.call);

function presentItems(resource: Resource, records: readonly EntityRecord[], request: RecordRequest): readonly Json[] {
  const { omittedInLists } = resource;
  const items = records.map((record) => presentRecord(resource, record, request));
  return omittedInLists === undefined ? items : items.map((item) => without(item, omittedInLists));
}
