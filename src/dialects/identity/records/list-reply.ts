import type { Json } from '../../../base/json.ts';
import type { Reply } from '../../../contract/contract.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { collectionLinks, pathBytes } from '../links.ts';
import { reply } from '../service-handler.ts';
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

/** The reply to a list of records. */
export const recordsReply = (
  resource: Resource,
  records: readonly EntityRecord[],
  request: RecordRequest,
  path?: string,
): Reply => {
  const { many, omittedInLists } = resource;
  const items = records.map((record) => presentRecord(resource, record, request));
  return listReply(
    many,
    omittedInLists === undefined ? items : items.map((item) => without(item, omittedInLists)),
    request,
    path,
  );
};
