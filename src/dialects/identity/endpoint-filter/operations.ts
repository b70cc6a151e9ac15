import { recordHandler } from '../records/handlers.ts';
import { type OperationShape, specialOperations } from '../records/special-operations.ts';
import { PROJECTS_REPLY } from '../response-schemas.ts';
import { ENDPOINT_GROUPS_REPLY, ENDPOINTS_REPLY, PROJECT_GROUP_REPLY } from '../special-response-schemas.ts';
import {
  addProjectEndpoint,
  checkProjectEndpoint,
  listEndpointProjects,
  listProjectEndpoints,
  removeProjectEndpoint,
} from './project-endpoints.ts';
import {
  addProjectGroup,
  listGroupEndpoints,
  listGroupProjects,
  listProjectGroups,
  removeProjectGroup,
  showProjectGroup,
} from './project-groups.ts';

const FILTER = '/v3/OS-EP-FILTER';
const PROJECT = `${FILTER}/projects/{project_id}`;
const PROJECT_ENDPOINT = `${PROJECT}/endpoints/{endpoint_id}`;
const GROUP = `${FILTER}/endpoint_groups/{endpoint_group_id}`;
const GROUP_PROJECT = `${GROUP}/projects/{project_id}`;

const LIST: OperationShape = { method: 'get', success: 200, errors: [401, 403, 404] };
const CHECK: OperationShape = { method: 'get', success: 204, errors: [401, 403, 404] };
const ADD: OperationShape = { method: 'put', success: 204, errors: [401, 403, 404, 409] };
const REMOVE: OperationShape = { method: 'delete', success: 204, errors: [401, 403, 404] };

/** The operations that associate endpoints and endpoint groups with projects. */
export const endpointFilterOperations = specialOperations('OS-EP-FILTER', {
  listProjectEndpoints: [
    LIST,
    `${PROJECT}/endpoints`,
    'List the endpoints that are associated with a project.',
    ENDPOINTS_REPLY,
  ],
  addProjectEndpoint: [ADD, PROJECT_ENDPOINT, 'Associate an endpoint with a project.'],
  checkProjectEndpoint: [CHECK, PROJECT_ENDPOINT, 'Check whether an endpoint is associated with a project.'],
  removeProjectEndpoint: [REMOVE, PROJECT_ENDPOINT, 'End the association of an endpoint with a project.'],
  listEndpointProjects: [
    LIST,
    `${FILTER}/endpoints/{endpoint_id}/projects`,
    'List the projects of an endpoint.',
    PROJECTS_REPLY,
  ],
  listProjectEndpointGroups: [
    LIST,
    `${PROJECT}/endpoint_groups`,
    'List the endpoint groups of a project.',
    ENDPOINT_GROUPS_REPLY,
  ],
  listEndpointGroupProjects: [LIST, `${GROUP}/projects`, 'List the projects of an endpoint group.', PROJECTS_REPLY],
  listEndpointGroupEndpoints: [
    LIST,
    `${GROUP}/endpoints`,
    'List the endpoints that an endpoint group chooses.',
    ENDPOINTS_REPLY,
  ],
  addEndpointGroupProject: [ADD, GROUP_PROJECT, 'Associate an endpoint group with a project.'],
  showEndpointGroupProject: [
    LIST,
    GROUP_PROJECT,
    'Show the association of an endpoint group with a project.',
    PROJECT_GROUP_REPLY,
  ],
  removeEndpointGroupProject: [REMOVE, GROUP_PROJECT, 'End the association of an endpoint group with a project.'],
});

/** Handlers of `endpointFilterOperations`. */
export const endpointFilterHandlers = {
  listProjectEndpoints: recordHandler(listProjectEndpoints),
  addProjectEndpoint: recordHandler(addProjectEndpoint),
  checkProjectEndpoint: recordHandler(checkProjectEndpoint),
  removeProjectEndpoint: recordHandler(removeProjectEndpoint),
  listEndpointProjects: recordHandler(listEndpointProjects),
  listProjectEndpointGroups: recordHandler(listProjectGroups),
  listEndpointGroupProjects: recordHandler(listGroupProjects),
  listEndpointGroupEndpoints: recordHandler(listGroupEndpoints),
  addEndpointGroupProject: recordHandler(addProjectGroup),
  showEndpointGroupProject: recordHandler(showProjectGroup),
  removeEndpointGroupProject: recordHandler(removeProjectGroup),
};
