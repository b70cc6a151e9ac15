import type { EntityRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import { ADMIN } from '../records/policy.ts';
import type { RecordRequest } from '../records/record-request.ts';
import { defineResource } from '../records/resource.ts';
import { createSchema, TEXT, TEXT_OR_NULL, updateSchema } from '../records/schema-parts.ts';
import { badRequest, conflict, forbidden, notFound } from '../request-error.ts';

const MEMBERS = { description: TEXT_OR_NULL, id: TEXT, parent_region_id: TEXT_OR_NULL } as const;

/** Regions of the catalog, which form a tree. */
export const regions = defineResource({
  kind: 'region',
  title: { one: 'Region', many: 'Regions' },
  one: 'region',
  many: 'regions',
  path: '/v3/regions',
  idParam: 'region_id',
  section: 'Regions',
  members: ['id', 'description', 'parent_region_id'],
  defaults: { description: '', parent_region_id: null },
  schemas: { create: createSchema(MEMBERS), update: updateSchema(MEMBERS) },
  missingWrapper: null,
  acceptsId: true,
  columns: { id: 255, description: 255 },
  filters: { parent_region_id: 'text' },
  filterIndexes: { parent_region_id: 'parent' },
  policy: { list: ['anyone'], create: ADMIN, show: ['anyone'], update: ADMIN, delete: ADMIN },
  rules: {
    create: completeRegion,
    beforeUpdate: ({ parent_region_id: parent }, { records }) => assertParent(parent, records),
    update: (region, _before, _body, { records }) => assertTree(withDescription(region), records),
    delete: assertUnused,
  },
  sample: { description: 'sample' },
});

const withDescription = (region: EntityRecord): EntityRecord => ({
  ...region,
  description: region['description'] ?? '',
});

/** Completes a new region, whose id the client may choose. */
function completeRegion(draft: EntityRecord, { records }: RecordRequest): EntityRecord {
  if (records.has('region', draft.id)) conflict('region', `Duplicate ID, ${draft.id}..`);
  assertParent(draft['parent_region_id'], records);
  return withDescription(draft);
}

function assertParent(parent: unknown, records: Records): void {
  if (typeof parent === 'string' && !records.has('region', parent)) notFound(`Could not find region: ${parent}.`);
}

/** Rejects a region that would be its own ancestor. @throws RequestError 400. */
function assertTree(region: EntityRecord, records: Records): EntityRecord {
  for (let parent = region['parent_region_id']; typeof parent === 'string'; ) {
    if (parent === region.id) {
      badRequest(`The specified parent region ${region.id} would create a circular region hierarchy.`);
    }
    parent = records.get('region', parent)?.parent_region_id;
  }
  return region;
}

/** Rejects the deletion of a region whose endpoints, or those of regions below it, are there. @throws RequestError 403. */
function assertUnused({ id }: EntityRecord, { records }: RecordRequest): void {
  if (!isUsed(id, records)) return;
  forbidden(`Unable to delete region ${id} because it or its child regions have associated endpoints.`);
}

const isUsed = (id: string, records: Records): boolean =>
  records.first('endpoint', 'region', id) !== undefined ||
  records.by('region', 'parent', id).some((child) => isUsed(child.id, records));
