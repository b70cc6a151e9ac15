/** The endpoint groups that are associated with a project. */

import type { Reply } from '../../../contract/contract.ts';
import { joinIds } from '../../../identity/records/record.ts';
import { endpoints } from '../endpoints/resource.ts';
import { recordsReply } from '../records/list-reply.ts';
import { ADMIN, SYSTEM_READ } from '../records/policy.ts';
import { authorize, pathId, type RecordRequest } from '../records/record-request.ts';
import { conflict, notFound } from '../request-error.ts';
import { NO_CONTENT, reply } from '../service-handler.ts';
import { endpointsOfGroup, groupOf, groupsOfProject, projectOf, projectsReply } from './lookups.ts';
import { endpointGroups } from './resource.ts';

const associationId = (request: RecordRequest): string =>
  joinIds(pathId(request, 'endpoint_group_id'), pathId(request, 'project_id'));

/** Associates an endpoint group with a project. */
export function addProjectGroup(request: RecordRequest): Reply {
  const { records } = request;
  authorize(request, 'add_endpoint_group_to_project', { policy: ADMIN });
  const project = projectOf(request);
  const group = groupOf(request);
  const id = associationId(request);
  if (records.has('project-endpoint-group', id)) conflict('project_endpoint_group', 'Duplicate entry.');
  records.put('project-endpoint-group', { id, project_id: project.id, endpoint_group_id: group.id });
  return NO_CONTENT;
}

/** Shows the association of an endpoint group with a project. */
export function showProjectGroup(request: RecordRequest): Reply {
  authorize(request, 'get_endpoint_group_in_project', { policy: SYSTEM_READ });
  const { id: projectId } = projectOf(request);
  const { id: groupId } = groupOf(request);
  assertAssociated(request);
  return reply(200, {
    project_endpoint_group: {
      endpoint_group_id: groupId,
      project_id: projectId,
      // The service gives no address here.
      links: { self: `/OS-EP-FILTER/endpoint_groups/${groupId}/projects/${projectId}` },
    },
  });
}

/** Ends the association of an endpoint group with a project. */
export function removeProjectGroup(request: RecordRequest): Reply {
  authorize(request, 'remove_endpoint_group_from_project', { policy: ADMIN });
  projectOf(request);
  groupOf(request);
  assertAssociated(request);
  request.records.delete('project-endpoint-group', associationId(request));
  return NO_CONTENT;
}

function assertAssociated(request: RecordRequest): void {
  if (request.records.has('project-endpoint-group', associationId(request))) return;
  notFound('Endpoint Group Project Association not found');
}

/** Lists the endpoint groups of a project. */
export function listProjectGroups(request: RecordRequest): Reply {
  authorize(request, 'list_endpoint_groups_for_project', { policy: SYSTEM_READ });
  const { id } = projectOf(request);
  return recordsReply(endpointGroups, groupsOfProject(id, request.records), request);
}

/** Lists the projects of an endpoint group; none for a group that does not exist. */
export function listGroupProjects(request: RecordRequest): Reply {
  authorize(request, 'list_projects_associated_with_endpoint_group', { policy: SYSTEM_READ });
  const groupId = pathId(request, 'endpoint_group_id');
  return projectsReply(request.records.by('project-endpoint-group', 'group', groupId), request);
}

/** Lists the endpoints that an endpoint group chooses. */
export function listGroupEndpoints(request: RecordRequest): Reply {
  authorize(request, 'list_endpoints_associated_with_endpoint_group', { policy: SYSTEM_READ });
  return recordsReply(endpoints, endpointsOfGroup(groupOf(request), request.records), request);
}
