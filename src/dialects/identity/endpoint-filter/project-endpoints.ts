/** The endpoints that are associated with a project, which then sees these alone in its catalog. */

import type { Reply } from '../../../contract/contract.ts';
import { type EndpointRecord, joinIds } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import { endpoints } from '../endpoints/resource.ts';
import { recordsReply } from '../records/list-reply.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import { authorize, pathId, type RecordRequest } from '../records/record-request.ts';
import { conflict, notFound } from '../request-error.ts';
import { NO_CONTENT } from '../service-handler.ts';
import { endpointOf, endpointsOfGroup, groupsOfProject, projectOf, projectsReply } from './lookups.ts';

const associationId = (request: RecordRequest): string =>
  joinIds(pathId(request, 'project_id'), pathId(request, 'endpoint_id'));

/** Associates an endpoint with a project. */
export function addProjectEndpoint(request: RecordRequest): Reply {
  const { records } = request;
  authorize(request, 'add_endpoint_to_project', { policy: ADMIN });
  const endpoint = endpointOf(request);
  const project = projectOf(request);
  const id = associationId(request);
  if (records.has('project-endpoint', id)) conflict('project_endpoint', 'Duplicate entry.');
  records.put('project-endpoint', { id, project_id: project.id, endpoint_id: endpoint.id });
  return NO_CONTENT;
}

/** Checks whether an endpoint is associated with a project. */
export function checkProjectEndpoint(request: RecordRequest): Reply {
  authorize(request, 'check_endpoint_in_project', { policy: SYSTEM_READ });
  endpointOf(request);
  projectOf(request);
  assertAssociated(request);
  return NO_CONTENT;
}

/** Ends the association of an endpoint with a project. */
export function removeProjectEndpoint(request: RecordRequest): Reply {
  authorize(request, 'remove_endpoint_from_project', { policy: ADMIN });
  assertAssociated(request);
  request.records.delete('project-endpoint', associationId(request));
  return NO_CONTENT;
}

function assertAssociated(request: RecordRequest): void {
  if (request.records.has('project-endpoint', associationId(request))) return;
  notFound(`Endpoint ${pathId(request, 'endpoint_id')} not found in project ${pathId(request, 'project_id')}`);
}

/** Lists the endpoints of a project: those associated with it, and those of its endpoint groups. */
export function listProjectEndpoints(request: RecordRequest): Reply {
  authorize(request, 'list_endpoints_for_project', { policy: SYSTEM_READ });
  const { id } = projectOf(request);
  return recordsReply(endpoints, endpointsOfProject(id, request.records), request);
}

function endpointsOfProject(projectId: string, records: Records): readonly EndpointRecord[] {
  const own = records
    .by('project-endpoint', 'project', projectId)
    .map((association) => records.get('endpoint', String(association['endpoint_id'])))
    .filter((endpoint) => endpoint !== undefined);
  const ofGroups = groupsOfProject(projectId, records).flatMap((group) => endpointsOfGroup(group, records));
  return [...new Set([...own, ...ofGroups])];
}

/** Lists the projects that an endpoint is associated with. */
export function listEndpointProjects(request: RecordRequest): Reply {
  authorize(request, 'list_projects_for_endpoint', { policy: SYSTEM_READ });
  const { id } = endpointOf(request);
  return projectsReply(request.records.by('project-endpoint', 'endpoint', id), request);
}
