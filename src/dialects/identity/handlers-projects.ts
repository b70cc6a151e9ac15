import type { Domain, Project } from '../../identity/directory/directory.ts';
import { mayListProjects, mayReadProject, mayReadUser } from '../../identity/permissions.ts';
import { IdentityError } from '../../identity/problem.ts';
import { fitsQuery, isNo } from './filters.ts';
import { type FamilyHandler, ok, requesterOf, requirePermission } from './handlers-v3.ts';
import { collectionLinks, presentDomainAsProject, presentProject } from './present.ts';

/** The members that lists can be filtered by. */
type Filter = 'name' | 'domain_id' | 'parent_id';

/** Whether a project is asked for; what is none of `filters` is passed over. */
function isWanted(project: Project, query: URLSearchParams, filters: readonly Filter[]): boolean {
  for (const wanted of query.getAll('enabled')) if (project.isEnabled === isNo(wanted)) return false;
  const memberOf = (filter: Filter): string => (filter === 'name' ? project.name : project.domainId);
  return fitsQuery(Object.fromEntries(filters.map((filter) => [filter, memberOf(filter)])), query);
}

const LIST_FILTERS = ['name', 'domain_id', 'parent_id'] as const;

export const listProjects: FamilyHandler = (call, context, family) => {
  const { index } = context.cloud.identity;
  const { query } = call;
  const links = collectionLinks(call, '/v3/projects');
  if (family === 'iam') {
    // IAM lists the projects of the caller, and takes the name of the region for any of them.
    const isRegion = query.get('name') === index.directory.regions.huawei;
    const own = index.projects(context.caller.userId);
    const wanted = own.filter((each) => isWanted(each, query, isRegion ? ['domain_id', 'parent_id'] : LIST_FILTERS));
    return ok(200, { projects: wanted.map((project) => presentProject(project, call)), links });
  }
  const requester = requesterOf(context);
  requirePermission(mayListProjects(requester), 'identity:list_projects');
  const { scope } = requester;
  const isVisible = (domainId: string): boolean => scope.kind !== 'domain' || scope.domainId === domainId;
  const isDomain = query.get('is_domain');
  if (isDomain !== null && !isNo(isDomain)) {
    const domains = index.directory.domains.filter(({ id }) => isVisible(id));
    return ok(200, { projects: domains.map((domain) => presentDomainAsProject(domain, call)), links });
  }
  // Nothing has a tag here.
  const wantsTags = query.has('tags') || query.has('tags-any');
  const wanted = index.directory.projects.filter(
    (project) => !wantsTags && isVisible(project.domainId) && isWanted(project, query, LIST_FILTERS),
  );
  return ok(200, { projects: wanted.map((project) => presentProject(project, call)), links });
};

export const listUserProjects: FamilyHandler = (call, context) => {
  const { index } = context.cloud.identity;
  const userId = call.params['user_id'] ?? '';
  const user = index.user(userId);
  requirePermission(mayReadUser(requesterOf(context), user), 'identity:list_user_projects');
  if (user === undefined) throw new IdentityError({ kind: 'user-not-found', userId });
  return ok(200, {
    projects: index
      .projects(userId)
      .filter((project) => isWanted(project, call.query, ['name', 'domain_id']))
      .map((project) => presentProject(project, call)),
    links: collectionLinks(call, `/v3/users/${userId}/projects`),
  });
};

/** What is above and below a project, for those who ask: its domain, and nothing. */
function relativesOf({ domainId }: Project, query: URLSearchParams): object {
  const refuseBoth = (one: string, other: string): void => {
    if (!query.has(one) || !query.has(other)) return;
    throw new IdentityError({
      kind: 'invalid',
      message: `Cannot use ${one} and ${other} query params at the same time.`,
    });
  };
  refuseBoth('parents_as_list', 'parents_as_ids');
  refuseBoth('subtree_as_list', 'subtree_as_ids');
  return {
    ...(query.has('parents_as_list') && { parents: [] }),
    ...(query.has('parents_as_ids') && { parents: { [domainId]: null } }),
    ...(query.has('subtree_as_list') && { subtree: [] }),
    ...(query.has('subtree_as_ids') && { subtree: null }),
  };
}

/** A domain is a project, too: one that is in no domain. */
const asTarget = (domain: Domain | undefined) => domain && { id: domain.id, domainId: null };

export const showProject: FamilyHandler = (call, context) => {
  const projectId = call.params['project_id'] ?? '';
  const { index } = context.cloud.identity;
  const project = index.project(projectId);
  const domain = index.domain({ id: projectId });
  requirePermission(mayReadProject(requesterOf(context), project ?? asTarget(domain)), 'identity:get_project');
  if (project !== undefined) {
    return ok(200, { project: { ...presentProject(project, call), ...relativesOf(project, call.query) } });
  }
  if (domain === undefined) throw new IdentityError({ kind: 'project-not-found', projectId });
  return ok(200, { project: presentDomainAsProject(domain, call) });
};
