/** What paths of OS-EP-FILTER name. */

import type { Reply } from '../../../contract/contract.ts';
import type { EndpointRecord, EntityRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import { matchesFilters } from '../../../identity/records/service-catalog.ts';
import { findProject } from '../projects/domain-as-project.ts';
import { projects } from '../projects/resource.ts';
import { recordsReply } from '../records/list-reply.ts';
import { pathId, type RecordRequest } from '../records/record-request.ts';
import { notFound } from '../request-error.ts';

/** Returns the project of the path, which may be a domain. @throws RequestError 404. */
export function projectOf(request: RecordRequest): EntityRecord {
  const id = pathId(request, 'project_id');
  return findProject(request.records, id) ?? notFound(`Could not find project: ${id}.`);
}

/** Returns the endpoint of the path. @throws RequestError 404. */
export function endpointOf(request: RecordRequest): EndpointRecord {
  const id = pathId(request, 'endpoint_id');
  return request.records.get('endpoint', id) ?? notFound(`Could not find endpoint: ${id}.`);
}

/** Returns the endpoint group of the path. @throws RequestError 404. */
export function groupOf(request: RecordRequest): EntityRecord {
  const id = pathId(request, 'endpoint_group_id');
  return request.records.get('endpoint-group', id) ?? notFound(`Could not find Endpoint Group: ${id}.`);
}

/** Lists the endpoints that the filters of a group choose. */
export const endpointsOfGroup = (group: EntityRecord, records: Records): readonly EndpointRecord[] =>
  records.all('endpoint').filter((endpoint) => matchesFilters(endpoint, group['filters']));

/** The reply that lists the projects of associations. */
export function projectsReply(associations: readonly EntityRecord[], request: RecordRequest): Reply {
  const found = associations
    .map((association) => findProject(request.records, String(association['project_id'])))
    .filter((project) => project !== undefined);
  return recordsReply(projects, found, request);
}

/** Lists the endpoint groups that are associated with a project. */
export const groupsOfProject = (projectId: string, records: Records): readonly EntityRecord[] =>
  records
    .by('project-endpoint-group', 'project', projectId)
    .map((association) => records.get('endpoint-group', String(association['endpoint_group_id'])))
    .filter((group) => group !== undefined);
