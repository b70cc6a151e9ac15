import type { DomainRecord, EntityRecord, ProjectRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import { isFalse } from '../filters.ts';
import { indexedRecords } from '../records/list.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { without } from '../records/record-request.ts';
import type { RecordStorage } from '../records/resource.ts';
import { withSortedTags } from '../records/storage.ts';

/** A domain as the project that it is too. */
export const domainAsProject = (domain: EntityRecord): EntityRecord => ({
  ...domain,
  domain_id: null,
  parent_id: null,
  is_domain: true,
});

/** Returns a project, or a domain as a project. */
export function findProject(records: Records, id: string): EntityRecord | undefined {
  const domain = records.get('domain', id);
  return domain === undefined ? records.get('project', id) : domainAsProject(domain);
}

const asDomain = (project: EntityRecord): DomainRecord =>
  ({ ...without(project, ['domain_id', 'parent_id', 'is_domain']), id: project.id }) as DomainRecord;

/** Projects are records of two kinds: those that act as domains are kept as domains. */
export const PROJECT_STORAGE: RecordStorage = {
  get: findProject,
  put: (records, project) => {
    const record = withSortedTags(project);
    if (record['is_domain'] === true) records.put('domain', asDomain(record));
    else records.put('project', record as ProjectRecord);
  },
  delete: (records, { id, is_domain: isDomain }) => {
    records.delete(isDomain === true ? 'domain' : 'project', id);
  },
  list: (request) => (listsDomains(request) ? domainRecords(request) : projectRecords(request)),
};

/** Returns whether a list holds the domains, which it leaves out unless the query asks for them. */
function listsDomains({ call }: RecordRequest): boolean {
  const isDomain = call.query.get('is_domain');
  return isDomain !== null && !isFalse(isDomain);
}

const domainRecords = (request: RecordRequest): readonly EntityRecord[] =>
  (indexedRecords('domain', { name: 'name' }, request) ?? request.records.all('domain')).map(domainAsProject);

const projectRecords = (request: RecordRequest): readonly EntityRecord[] =>
  indexedRecords('project', { name: 'any-name', parent_id: 'parent', domain_id: 'domain' }, request) ??
  request.records.all('project');
