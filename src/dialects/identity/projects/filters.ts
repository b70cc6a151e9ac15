import type { Project } from '../../../identity/directory/directory.ts';
import { isFalse, matchesQuery } from '../filters.ts';

/** Members that lists of projects can be filtered by. */
export type ProjectFilter = 'name' | 'domain_id' | 'parent_id';

const memberOf = (project: Project, filter: ProjectFilter): string =>
  filter === 'name' ? project.name : project.domainId;

/** Whether a project matches a query; only `enabled` and the given filters count. */
export function matchesProject(project: Project, query: URLSearchParams, filters: readonly ProjectFilter[]): boolean {
  if (query.getAll('enabled').some((enabled) => project.isEnabled === isFalse(enabled))) return false;
  return matchesQuery(Object.fromEntries(filters.map((filter) => [filter, memberOf(project, filter)])), query);
}
