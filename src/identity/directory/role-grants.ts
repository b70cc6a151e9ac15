import type { Role } from './directory.ts';

/** The roles that a role includes, itself first. */
const INCLUDED: Readonly<Record<string, readonly string[]>> = {
  admin: ['admin', 'member', 'reader'],
  member: ['member', 'reader'],
};

/** Joins the parts of a map key. */
export const joinKey = (...parts: readonly string[]): string => parts.join('\u0000');

/** The roles of users in targets of one kind: projects, domains or the system. */
export interface RoleGrants<Target> {
  /** Roles of a user in a target, with the roles that they include, strongest first. */
  roles(userId: string, targetId: string): readonly Role[];
  /** The targets in which a user has a role. */
  targets(userId: string): readonly Target[];
}

/** Role assignments of one kind, with the targets and roles that they refer to. */
export interface GrantSource<Target, Assignment> {
  readonly assignments: readonly Assignment[];
  readonly targetId: (assignment: Assignment) => string;
  readonly targets: ReadonlyMap<string, Target>;
  readonly rolesByName: ReadonlyMap<string, Role>;
}

/** Indexes assignments by user and target. Skips unknown roles and targets. */
export function indexGrants<Target, Assignment extends { readonly userId: string; readonly roles: readonly string[] }>(
  source: GrantSource<Target, Assignment>,
): RoleGrants<Target> {
  const rolesByKey = new Map<string, readonly Role[]>();
  const targetsByUser = new Map<string, readonly Target[]>();
  for (const assignment of source.assignments) {
    const { userId } = assignment;
    const targetId = source.targetId(assignment);
    const names = new Set(assignment.roles.flatMap((role) => INCLUDED[role] ?? [role]));
    const roles = [...names].map((name) => source.rolesByName.get(name)).filter((role) => role !== undefined);
    append(rolesByKey, joinKey(userId, targetId), roles);
    const target = source.targets.get(targetId);
    if (target !== undefined) append(targetsByUser, userId, [target]);
  }
  return {
    roles: (userId, targetId) => rolesByKey.get(joinKey(userId, targetId)) ?? [],
    targets: (userId) => targetsByUser.get(userId) ?? [],
  };
}

/** Adds values to a list without duplicates. */
function append<T>(lists: Map<string, readonly T[]>, key: string, values: readonly T[]): void {
  lists.set(key, [...new Set([...(lists.get(key) ?? []), ...values])]);
}
