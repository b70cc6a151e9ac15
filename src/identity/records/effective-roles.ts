import type { DomainRecord, GrantRecord, GrantTarget, ProjectRecord, RoleRecord } from './record.ts';
import { indexValue } from './record-kinds.ts';
import type { Records } from './records.ts';

/** Maximum number of cached answers. */
const MAX_CACHED = 4096;

/**
 * The roles that count: those granted to a user and to its groups, on a target or inherited from above it, with the roles that
 * these imply. Answers are cached until a record changes.
 */
export class EffectiveRoles {
  readonly #records: Records;
  #cached = new Map<string, readonly RoleRecord[]>();
  #version = -1;

  constructor(records: Records) {
    this.#records = records;
  }

  /** Returns the roles of a user on a target: first those that are granted on it directly, each followed by those it implies. */
  roles(userId: string, target: GrantTarget, targetId: string): readonly RoleRecord[] {
    if (this.#version !== this.#records.version || this.#cached.size > MAX_CACHED) {
      this.#version = this.#records.version;
      this.#cached = new Map();
    }
    const key = indexValue(userId, target, targetId);
    let roles = this.#cached.get(key);
    if (roles === undefined) {
      const grants = grantsOn(this.#records, userId, { target, id: targetId });
      roles = withImplied(
        this.#records,
        grants.map((grant) => grant.role_id),
      );
      this.#cached.set(key, roles);
    }
    return roles;
  }

  /** Lists the projects in which a user has a role: in order of the grants, those below a target in order of creation. */
  projects(userId: string): readonly ProjectRecord[] {
    const ids = new Set(
      grantsOf(this.#records, userId).flatMap((grant) =>
        grant.inherited ? projectsBelow(this.#records, grant.target_id) : [grant.target_id],
      ),
    );
    return [...ids]
      .map((id) => this.#records.get('project', id))
      .filter((project) => project !== undefined)
      .filter(({ id }) => this.roles(userId, 'project', id).length > 0);
  }

  /** Lists the domains on which a user has a role that is not merely inherited by projects. */
  domains(userId: string): readonly DomainRecord[] {
    return this.#domainsOf(userId, 'domain');
  }

  /** Lists the domains on which a user has a role as on a project; no token can have that scope. */
  domainsAsProjects(userId: string): readonly DomainRecord[] {
    return this.#domainsOf(userId, 'project');
  }

  #domainsOf(userId: string, type: GrantTarget): readonly DomainRecord[] {
    const grants = grantsOf(this.#records, userId).filter((grant) => grant.target_type === type && !grant.inherited);
    return [...new Set(grants.map((grant) => grant.target_id))]
      .map((id) => this.#records.get('domain', id))
      .filter((domain) => domain !== undefined)
      .filter(({ id }) => this.roles(userId, type, id).length > 0);
  }
}

/** Returns a user and the groups that it is in. */
function actorsOf(records: Records, userId: string): readonly string[] {
  return [userId, ...records.by('membership', 'user', userId).map((membership) => membership.group_id)];
}

const grantsOf = (records: Records, userId: string): readonly GrantRecord[] =>
  actorsOf(records, userId).flatMap((actor) => records.by('grant', 'actor', actor));

function grantsOn(
  records: Records,
  userId: string,
  on: { readonly target: GrantTarget; readonly id: string },
): readonly GrantRecord[] {
  const actors = actorsOf(records, userId);
  const grants = (target: GrantTarget, id: string, isInherited: boolean): readonly GrantRecord[] =>
    actors
      .flatMap((actor) => records.by('grant', 'actor-target', indexValue(actor, id)))
      .filter((grant) => grant.target_type === target && grant.inherited === isInherited);
  const direct = grants(on.target, on.id, false);
  const project = on.target === 'project' ? records.get('project', on.id) : undefined;
  if (project === undefined) return direct;
  return [
    ...direct,
    ...ancestorsOf(records, project).flatMap(({ id }) => grants('project', id, true)),
    ...grants('domain', project.domain_id, true),
  ];
}

/** Lists the projects above a project, the nearest first, without its domain. */
export function ancestorsOf(records: Records, project: ProjectRecord): readonly ProjectRecord[] {
  const ancestors: ProjectRecord[] = [];
  let parent = records.get('project', project.parent_id);
  while (parent !== undefined) {
    ancestors.push(parent);
    parent = records.get('project', parent.parent_id);
  }
  return ancestors;
}

/** Lists the projects below a project or domain, each before those below it. */
export function descendantsOf(records: Records, id: string): readonly ProjectRecord[] {
  return records.by('project', 'parent', id).flatMap((child) => [child, ...descendantsOf(records, child.id)]);
}

const projectsBelow = (records: Records, id: string): readonly string[] =>
  descendantsOf(records, id).map((project) => project.id);

/** Roles with those that they imply. A role of a domain counts only by what it implies. */
export function withImplied(records: Records, roleIds: readonly string[]): readonly RoleRecord[] {
  const ids = new Set<string>();
  const add = (id: string): void => {
    if (ids.has(id)) return;
    ids.add(id);
    for (const implied of records.by('implied-role', 'prior', id)) add(implied.implied_role_id);
  };
  for (const id of roleIds) add(id);
  return [...ids]
    .map((id) => records.get('role', id))
    .filter((role) => role !== undefined)
    .filter((role) => role.domain_id === null);
}

/** Returns roles, then those that they imply, as the service finds them: a role once for each role that implies it. */
export function withEachImplied(records: Records, roleIds: readonly string[]): readonly RoleRecord[] {
  const found = [...roleIds];
  const open = [...roleIds];
  const seen = new Set<string>();
  for (let prior = open.pop(); prior !== undefined; prior = open.pop()) {
    for (const { id, implied_role_id: implied } of records.by('implied-role', 'prior', prior)) {
      if (seen.has(id)) continue;
      seen.add(id);
      found.push(implied);
      open.push(implied);
    }
  }
  return found.map((id) => records.get('role', id)).filter((role) => role !== undefined);
}
