import type { Operation } from '../../../contract/contract.ts';
import { PROJECT_REPLY, PROJECTS_REPLY } from '../response-schemas.ts';

const SOURCE = 'Identity API v3 reference';

/** Operations on projects. */
export const projectOperations = {
  listProjects: {
    method: 'get',
    path: '/v3/projects',
    summary: 'Lists projects (administrators).',
    success: 200,
    statuses: [200, 400, 401, 403],
    alsoSeen: [404, 405, 409, 413],
    response: PROJECTS_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
  listUserProjects: {
    method: 'get',
    path: '/v3/users/{user_id}/projects',
    summary: 'Lists the projects in which a user has a role.',
    success: 200,
    statuses: [200, 400, 401, 403, 404],
    response: PROJECTS_REPLY,
    source: `${SOURCE}, "List projects for user"`,
    confidence: 'documented',
    annex: 'other requests of clients',
  },
  showProject: {
    method: 'get',
    path: '/v3/projects/{project_id}',
    summary: 'Returns one project.',
    success: 200,
    statuses: [200, 400, 401, 403, 404],
    alsoSeen: [405, 409, 413],
    response: PROJECT_REPLY,
    source: SOURCE,
    confidence: 'documented',
  },
} as const satisfies Readonly<Record<string, Operation>>;
