import type { Directory } from '../directory/directory.ts';
import type { GrantRecord, GrantTarget, RecordKind } from './record.ts';
import type { Records } from './records.ts';
import { toDomain, toProject, toRole, toUser } from './views.ts';

/** The kinds that a directory shows. */
const KINDS: readonly RecordKind[] = ['domain', 'project', 'user', 'role', 'grant'];

/** The latest directory of each world, with the version of the records that it shows. */
const latest = new WeakMap<Records, { readonly version: number; readonly directory: Directory }>();

/** Returns the present domains, projects, users, roles and direct grants as lists: those of the fixtures until one changes. */
export function directoryOf(records: Records): Directory {
  if (KINDS.every((kind) => records.isUnchanged(kind))) return records.fixtures;
  const known = latest.get(records);
  if (known?.version === records.version) return known.directory;
  const directory = build(records);
  latest.set(records, { version: records.version, directory });
  return directory;
}

function build(records: Records): Directory {
  const { catalogs, regions } = records.fixtures;
  const roleName = new Map(records.all('role').map(({ id, name }) => [id, name]));
  const grants = records.all('grant').filter((grant) => grant.actor_type === 'user' && !grant.inherited);
  const assigned = (target: GrantTarget) =>
    rolesByActor(
      grants.filter((grant) => grant.target_type === target),
      roleName,
    );
  return {
    domains: records.all('domain').map(toDomain),
    projects: records.all('project').map(toProject),
    users: records.all('user').map(toUser),
    roles: records.all('role').map(toRole),
    assignments: assigned('project').map(({ id, ...rest }) => ({ ...rest, projectId: id })),
    domainAssignments: assigned('domain').map(({ id, ...rest }) => ({ ...rest, domainId: id })),
    systemAssignments: assigned('system').map(({ userId, roles }) => ({ userId, roles })),
    catalogs,
    regions,
  };
}

/** The roles of one user on one target. */
interface Assigned {
  readonly userId: string;
  readonly id: string;
  readonly roles: readonly string[];
}

function rolesByActor(grants: readonly GrantRecord[], roleName: ReadonlyMap<string, string>): readonly Assigned[] {
  const byKey = new Map<string, Assigned>();
  for (const { actor_id: userId, target_id: id, role_id: roleId } of grants) {
    const key = `${userId} ${id}`;
    const roles = [...(byKey.get(key)?.roles ?? []), roleName.get(roleId) ?? roleId];
    byKey.set(key, { userId, id, roles });
  }
  return [...byKey.values()];
}
