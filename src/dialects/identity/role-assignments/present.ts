import type { Json } from '../../../base/json.ts';
import type { EntityRecord } from '../../../identity/records/record.ts';
import type { Records } from '../../../identity/records/records.ts';
import type { RoleAssignment } from '../../../identity/records/role-assignments.ts';
import { findProject } from '../projects/domain-as-project.ts';
import { notFound } from '../request-error.ts';

/** How assignments are presented. */
export interface AssignmentView {
  readonly records: Records;
  /** URL of version 3 of the API. */
  readonly base: string;
  readonly includesNames: boolean;
}

/** A role assignment as Keystone returns it. @throws RequestError 404 if a name is wanted of something without a domain. */
export function presentAssignment(assignment: RoleAssignment, view: AssignmentView): Json {
  const { grant, memberId, roleId } = assignment;
  const isUser = memberId !== undefined || grant.actor_type === 'user';
  const kind = isUser ? 'user' : 'group';
  const actorId = memberId ?? grant.actor_id;
  return {
    links: linksOf(assignment, view.base),
    scope: scopeOf(assignment, view),
    [kind]: withName(actorId, view.records.get(kind, actorId), view),
    role: roleOf(roleId, view),
  };
}

/** URLs of the grant and the membership that an assignment comes from, and of the role that implies its role. */
function linksOf({ grant, memberId, roleId, priorRoleId }: RoleAssignment, base: string): Json {
  const { actor_type: actorType, actor_id: actorId, target_type: type, target_id: targetId, inherited } = grant;
  const target = type === 'system' ? 'system' : `${type}s/${targetId}`;
  const path = `${target}/${actorType}s/${actorId}/roles/${priorRoleId ?? roleId}`;
  return {
    ...(memberId !== undefined && { membership: `${base}/groups/${actorId}/users/${memberId}` }),
    assignment: inherited ? `${base}/OS-INHERIT/${path}/inherited_to_projects` : `${base}/${path}`,
    // The service swaps the two roles.
    ...(priorRoleId !== undefined && { prior_role: `${base}/prior_role/${roleId}/implies/${priorRoleId}` }),
  };
}

function scopeOf({ grant, projectId }: RoleAssignment, view: AssignmentView): Json {
  const inherited = grant.inherited ? { 'OS-INHERIT:inherited_to': 'projects' } : {};
  if (projectId !== undefined || grant.target_type === 'project') {
    const id = projectId ?? grant.target_id;
    return { project: withName(id, findProject(view.records, id), view), ...inherited };
  }
  if (grant.target_type === 'system') return { system: { all: true } };
  const { target_id: id } = grant;
  return { domain: view.includesNames ? domainName(id, view.records) : { id }, ...inherited };
}

/** A user, group or project, with its name and domain if names are wanted. */
function withName(id: string, record: EntityRecord | undefined, { includesNames, records }: AssignmentView): Json {
  if (!includesNames) return { id };
  return { id, name: record?.['name'] ?? '', domain: domainName(record?.['domain_id'], records) };
}

/** A role, with its name if names are wanted; roles of a domain also have the domain. */
function roleOf(id: string, { includesNames, records }: AssignmentView): Json {
  const role = includesNames ? records.get('role', id) : undefined;
  if (role === undefined) return { id };
  return { id, name: role.name, ...(role.domain_id !== null && { domain: domainName(role.domain_id, records) }) };
}

/** @throws RequestError 404; the service says `None` for a project that is a domain itself. */
function domainName(id: unknown, records: Records): Json {
  const domain = typeof id === 'string' ? records.get('domain', id) : undefined;
  return domain === undefined
    ? notFound(`Could not find domain: ${typeof id === 'string' ? id : 'None'}.`)
    : { id: domain.id, name: domain.name };
}
