import type { Call, Reply } from '../../../contract/contract.ts';
import type { Domain, Project } from '../../../identity/directory/directory.ts';
import { mayListProjects, mayReadProject, mayReadUser } from '../../../identity/permissions.ts';
import { IdentityError } from '../../../identity/problem.ts';
import type { Scope } from '../../../identity/scopes/scope.ts';
import { presentDomainAsProject } from '../domains/present.ts';
import { isFalse } from '../filters.ts';
import { collectionLinks } from '../links.ts';
import { reply, requesterOf, requirePermission, type ServiceHandler } from '../service-handler.ts';
import { matchesProject } from './filters.ts';
import { presentProject } from './present.ts';

/** A token for a domain shows what is in that domain; other tokens show all domains. */
const isVisible = (domainId: string, scope: Scope): boolean => scope.kind !== 'domain' || scope.domainId === domainId;

const listOf = (call: Call, projects: readonly object[]): Reply =>
  reply(200, { projects, links: collectionLinks(call, '/v3/projects') });

/** Lists the projects of the cloud, or its domains with `is_domain`. */
export const listProjects: ServiceHandler = (call, context) => {
  const { domains, projects } = context.cloud.identity.directory;
  const { query } = call;
  const requester = requesterOf(context);
  requirePermission(mayListProjects(requester), 'identity:list_projects');
  const { scope } = requester;
  const isDomain = query.get('is_domain');
  if (isDomain !== null && !isFalse(isDomain)) {
    const visible = domains.filter(({ id }) => isVisible(id, scope));
    return listOf(
      call,
      visible.map((domain) => presentDomainAsProject(domain, call)),
    );
  }
  // No project has a tag.
  if (query.has('tags') || query.has('tags-any')) return listOf(call, []);
  const matching = projects.filter(
    (project) =>
      isVisible(project.domainId, scope) && matchesProject(project, query, ['name', 'domain_id', 'parent_id']),
  );
  return listOf(
    call,
    matching.map((project) => presentProject(project, call)),
  );
};

/** Lists the projects in which a user has a role. */
export const listUserProjects: ServiceHandler = (call, context) => {
  const { index } = context.cloud.identity;
  const userId = call.params['user_id'] ?? '';
  const user = index.user(userId);
  requirePermission(mayReadUser(requesterOf(context), user), 'identity:list_user_projects');
  if (user === undefined) throw new IdentityError({ kind: 'user-not-found', userId });
  return reply(200, {
    projects: index
      .projects(userId)
      .filter((project) => matchesProject(project, call.query, ['name', 'domain_id']))
      .map((project) => presentProject(project, call)),
    links: collectionLinks(call, `/v3/users/${userId}/projects`),
  });
};

/** Shows a project, or a domain as a project. */
export const showProject: ServiceHandler = (call, context) => {
  const projectId = call.params['project_id'] ?? '';
  const { index } = context.cloud.identity;
  const project = index.project(projectId);
  const domain = index.domain({ id: projectId });
  requirePermission(mayReadProject(requesterOf(context), project ?? asProject(domain)), 'identity:get_project');
  if (project !== undefined) {
    return reply(200, { project: { ...presentProject(project, call), ...relativesOf(project, call.query) } });
  }
  if (domain === undefined) throw new IdentityError({ kind: 'project-not-found', projectId });
  return reply(200, { project: presentDomainAsProject(domain, call) });
};

/** A domain is also a project that belongs to no domain. */
const asProject = (domain: Domain | undefined) => domain && { id: domain.id, domainId: null };

/** The requested parents and children of a project: its domain is the only parent, and it has no children. */
function relativesOf({ domainId }: Project, query: URLSearchParams): object {
  rejectBoth(query, 'parents_as_list', 'parents_as_ids');
  rejectBoth(query, 'subtree_as_list', 'subtree_as_ids');
  return {
    ...(query.has('parents_as_list') && { parents: [] }),
    ...(query.has('parents_as_ids') && { parents: { [domainId]: null } }),
    ...(query.has('subtree_as_list') && { subtree: [] }),
    ...(query.has('subtree_as_ids') && { subtree: null }),
  };
}

/** @throws IdentityError `invalid` if a query has both parameters. */
function rejectBoth(query: URLSearchParams, one: string, other: string): void {
  if (!query.has(one) || !query.has(other)) return;
  throw new IdentityError({
    kind: 'invalid',
    message: `Cannot use ${one} and ${other} query params at the same time.`,
  });
}
