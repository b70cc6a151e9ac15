/** The paths of grants: what is granted to whom, and whether projects inherit it. */

/** What has the role. */
export const ACTORS = ['User', 'Group'] as const;
/** What the role is granted on. */
export const TARGETS = ['Project', 'Domain', 'System'] as const;

/** A user or group, as operation ids name it. */
export type Actor = (typeof ACTORS)[number];
/** A target, as operation ids name it. */
export type Target = (typeof TARGETS)[number];

/** The grants of a kind of actor on a kind of target. */
export interface GrantPath {
  readonly actor: Actor;
  readonly target: Target;
  /** Whether the role counts in the projects below the target instead of in the target itself. */
  readonly isInherited: boolean;
}

/** What can be done with grants. */
export const GRANT_VERBS = ['list', 'check', 'assign', 'revoke'] as const;
/** One of `GRANT_VERBS`. */
export type GrantVerb = (typeof GRANT_VERBS)[number];

type Single<Ids extends string> = `${Exclude<GrantVerb, 'list'>}${Ids}`;

/** The ids of all operations on grants, such as `assignProjectUserRole` and `listDomainGroupInheritedRoles`. */
export type GrantOperationId =
  | `list${Target}${Actor}Roles`
  | `listDomain${Actor}InheritedRoles`
  | Single<`${Target}${Actor}Role` | `${Exclude<Target, 'System'>}${Actor}InheritedRole`>;

/** All paths. The system has nothing below it. */
const GRANT_PATHS: readonly GrantPath[] = TARGETS.flatMap((target) =>
  ACTORS.flatMap((actor) =>
    (target === 'System' ? [false] : [false, true]).map((isInherited) => ({ actor, target, isInherited })),
  ),
);

/** Returns whether the service has the operation: it does not list inherited grants on projects. */
const hasVerb = ({ target, isInherited }: GrantPath, verb: GrantVerb): boolean =>
  verb !== 'list' || !isInherited || target === 'Domain';

const idOf = ({ actor, target, isInherited }: GrantPath, verb: GrantVerb): GrantOperationId =>
  `${verb}${target}${actor}${isInherited ? 'Inherited' : ''}Role${verb === 'list' ? 's' : ''}` as GrantOperationId;

/** Builds something for each operation on grants, by its id. */
export const forEachGrantOperation = <T>(
  build: (path: GrantPath, verb: GrantVerb) => T,
): Readonly<Record<GrantOperationId, T>> =>
  Object.fromEntries(
    GRANT_PATHS.flatMap((path) =>
      GRANT_VERBS.filter((verb) => hasVerb(path, verb)).map((verb) => [idOf(path, verb), build(path, verb)]),
    ),
  ) as Record<GrantOperationId, T>;

/** Returns the path template of an operation. */
export function templateOf({ actor, target, isInherited }: GrantPath, verb: GrantVerb): string {
  const [who, what] = [actor.toLowerCase(), target.toLowerCase()];
  const on = target === 'System' ? '/system' : `/${what}s/{${what}_id}`;
  const role = verb === 'list' ? '' : '/{role_id}';
  const roles = `${on}/${who}s/{${who}_id}/roles${role}`;
  return isInherited ? `/v3/OS-INHERIT${roles}/inherited_to_projects` : `/v3${roles}`;
}
