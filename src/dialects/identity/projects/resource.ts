import type { EntityRecord } from '../../../identity/records/record.ts';
import { indexValue } from '../../../identity/records/record-kinds.ts';
import { DOMAIN_CHANGE, SYSTEM_READ } from '../records/policy.ts';
import { defineResource } from '../records/resource.ts';
import {
  BOOLEAN,
  createSchema,
  ID_OR_NULL,
  IMMUTABLE_OPTIONS,
  SHORT_NAME,
  TAGS,
  TEXT_OR_NULL,
  updateSchema,
} from '../records/schema-parts.ts';
import { unexpected } from '../request-error.ts';
import { PROJECT_STORAGE } from './domain-as-project.ts';
import { assertDeletable, completeProject, completeUpdate } from './rules.ts';
import { matchesTags } from './tags.ts';

const MEMBERS = {
  description: TEXT_OR_NULL,
  domain_id: ID_OR_NULL,
  enabled: BOOLEAN,
  is_domain: BOOLEAN,
  parent_id: ID_OR_NULL,
  name: SHORT_NAME,
  tags: TAGS,
  options: IMMUTABLE_OPTIONS,
} as const;

/** Projects, which form trees below their domains. */
export const projects = defineResource({
  kind: 'project',
  storage: PROJECT_STORAGE,
  title: { one: 'Project', many: 'Projects' },
  one: 'project',
  many: 'projects',
  path: '/v3/projects',
  idParam: 'project_id',
  section: 'Projects',
  // The documented operations `listProjects` and `showProject` are in contract.ts.
  verbs: ['create', 'update', 'delete'],
  members: ['id', 'name', 'domain_id', 'description', 'enabled', 'parent_id', 'is_domain', 'tags', 'options'],
  defaults: { description: '', enabled: true, is_domain: false, tags: [], options: {} },
  schemas: { create: createSchema(MEMBERS, ['name']), update: updateSchema(MEMBERS) },
  trimsName: true,
  filters: { name: 'text', domain_id: 'text', enabled: 'boolean', parent_id: 'text', is_domain: 'boolean' },
  targeted: ['create', 'show', 'update', 'delete'],
  policy: {
    list: [...SYSTEM_READ, 'any-domain-reader'],
    create: DOMAIN_CHANGE,
    show: [...SYSTEM_READ, 'domain-reader', 'own-project'],
    update: DOMAIN_CHANGE,
    delete: DOMAIN_CHANGE,
  },
  target: ({ id, domain_id: domainId }) => ({
    ...(typeof id === 'string' && { id, domainId: null }),
    ...(typeof domainId === 'string' && { domainId }),
  }),
  lists: ({ id, tags, domain_id: domainId }, { call, requester: { scope } }) =>
    (scope.kind !== 'domain' || scope.domainId === (domainId ?? id)) && matchesTags(tags, call.query),
  unique: [
    {
      index: 'name',
      value: ({ name, domain_id: domainId, is_domain: isDomain }) =>
        isDomain === true ? undefined : indexValue(String(name), String(domainId)),
      details: describeDuplicate,
    },
  ],
  immutable: 'until-unset',
  repeatsExtra: true,
  rules: { create: completeProject, update: completeUpdate, delete: assertDeletable },
  sample: { name: 'sample', domain_id: 'default', parent_id: 'default' },
});

/** The service fails on an update to a name that another project has. */
function describeDuplicate({ id, name }: EntityRecord, isNew: boolean): string {
  if (!isNew) unexpected();
  return (
    'it is not permitted to have two projects with either the same name or same id in the same domain: ' +
    `name is ${String(name)}, project id ${id}.`
  );
}
