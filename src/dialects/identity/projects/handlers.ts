import type { Json } from '../../../base/json.ts';
import type { Reply } from '../../../contract/contract.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import { collectionLinks } from '../links.ts';
import { listRecords, recordHandler, requestedRecord } from '../records/handlers.ts';
import { matchesFilters } from '../records/list.ts';
import { SYSTEM_READ } from '../records/policy.ts';
import { presentRecord } from '../records/present.ts';
import { authorize, pathId, type RecordRequest } from '../records/record-request.ts';
import { badRequest, notFound } from '../request-error.ts';
import { reply } from '../service-handler.ts';
import { domainAsProject } from './domain-as-project.ts';
import { projects } from './resource.ts';
import { ancestorIds, ancestorsOf, subtreeIds, subtreeOf } from './tree.ts';

/** Lists the projects of the cloud, or its domains with `is_domain`. */
export const listProjects = recordHandler((request) => listRecords(projects, request));

/** Lists the projects in which a user has a role. */
export const listUserProjects = recordHandler((request) => {
  const { call, records } = request;
  const userId = pathId(request, 'user_id');
  const user = records.get('user', userId);
  authorize(request, 'list_user_projects', {
    policy: [...SYSTEM_READ, 'domain-reader', 'owner'],
    target: user === undefined ? {} : { domainId: user.domain_id, userId },
  });
  if (user === undefined) notFound(`Could not find user: ${userId}.`);
  const { parent_id: _parent, is_domain: _isDomain, ...filters } = projects.filters;
  return reply(200, {
    projects: projectsOfUser(request, userId)
      .filter((project) => matchesFilters(filters, project, call.query))
      .map((project) => presentRecord(projects, project, request)),
    links: collectionLinks(call, `/v3/users/${userId}/projects`),
  });
});

/** Returns the projects in which a user has a role, and the domains in which it has one as in a project. */
export function projectsOfUser({ context }: RecordRequest, userId: string): readonly EntityRecord[] {
  const { effective } = context.cloud.identity.index;
  return [...effective.projects(userId), ...effective.domainsAsProjects(userId).map(domainAsProject)];
}

/** Shows a project, or a domain as a project, with the projects above and below it that the query asks for. */
export const showProject = recordHandler((request): Reply => {
  const project = requestedRecord(projects, request, 'show');
  const { links, ...reference } = presentRecord(projects, project, request);
  return reply(200, { project: { ...reference, ...relativesOf(project, request), links } });
});

/** The projects above and below a project, as lists of those in which the caller has a role, or as ids. */
function relativesOf(project: EntityRecord, request: RecordRequest): Json {
  const { call, records } = request;
  const asks = (name: string): boolean => call.query.has(name) && call.query.get(name) !== '0';
  rejectBoth(asks, 'parents_as_list', 'parents_as_ids');
  rejectBoth(asks, 'subtree_as_list', 'subtree_as_ids');
  return {
    ...(asks('parents_as_list') && { parents: presentOwn(ancestorsOf(project, records), request) }),
    ...(asks('parents_as_ids') && { parents: ancestorIds(project, records) }),
    ...(asks('subtree_as_list') && { subtree: presentOwn(subtreeOf(project, records), request) }),
    ...(asks('subtree_as_ids') && { subtree: subtreeIds(project, records) }),
  };
}

/** Presents those of some projects in which the caller has a role. */
function presentOwn(relatives: readonly EntityRecord[], request: RecordRequest): readonly Json[] {
  const own = new Set(projectsOfUser(request, request.requester.userId).map(({ id }) => id));
  return relatives
    .filter(({ id }) => own.has(id))
    .map((relative) => ({ project: presentRecord(projects, relative, request) }));
}

/** @throws RequestError 400 if a query asks for both. */
function rejectBoth(asks: (name: string) => boolean, one: string, other: string): void {
  if (asks(one) && asks(other)) badRequest(`Cannot use ${one} and ${other} query params at the same time.`);
}
