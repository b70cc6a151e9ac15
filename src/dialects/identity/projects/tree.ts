import type { EntityRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import { findProject } from './domain-as-project.ts';

/** Ids of projects with those above or below them; `null` for a project at the end. */
export type IdTree = { readonly [id: string]: IdTree | null };

/** Returns the projects above a project, the nearest first; the last one is the domain. */
export function ancestorsOf(project: EntityRecord, records: Records): readonly EntityRecord[] {
  const ancestors: EntityRecord[] = [];
  for (let parentId = project['parent_id']; typeof parentId === 'string'; ) {
    const parent = findProject(records, parentId);
    if (parent === undefined) break;
    ancestors.push(parent);
    parentId = parent['parent_id'];
  }
  return ancestors;
}

/** Returns the projects directly below a project. */
export const childrenOf = ({ id }: EntityRecord, records: Records): readonly EntityRecord[] =>
  records.by('project', 'parent', id);

/** Returns all projects below a project, level by level. */
export function subtreeOf(project: EntityRecord, records: Records): readonly EntityRecord[] {
  const found: EntityRecord[] = [];
  for (let level = childrenOf(project, records); level.length > 0; ) {
    found.push(...level);
    level = level.flatMap((each) => childrenOf(each, records));
  }
  return found;
}

/** Returns the ids above a project, each inside the one below it. */
export const ancestorIds = (project: EntityRecord, records: Records): IdTree | null =>
  ancestorsOf(project, records).reduceRight<IdTree | null>((inner, { id }) => ({ [id]: inner }), null);

/** Returns the ids below a project. */
export function subtreeIds(project: EntityRecord, records: Records): IdTree | null {
  const children = childrenOf(project, records);
  if (children.length === 0) return null;
  return Object.fromEntries(children.map((child) => [child.id, subtreeIds(child, records)]));
}
