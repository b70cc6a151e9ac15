import type { ProjectRecord } from '../../../identity/records/record.ts';
import { isFalse, matchesQuery } from '../filters.ts';

/** Members that the list of projects of IAM can be filtered by. */
export type ProjectFilter = 'name' | 'domain_id' | 'parent_id';

/** Whether a project matches a query; only `enabled` and the given filters count. */
export function matchesProject(
  project: ProjectRecord,
  query: URLSearchParams,
  filters: readonly ProjectFilter[],
): boolean {
  if (query.getAll('enabled').some((enabled) => project.enabled === isFalse(enabled))) return false;
  return matchesQuery(Object.fromEntries(filters.map((filter) => [filter, project[filter]])), query);
}
