import type { Cloud } from '../../cloud.ts';
import type { Caller } from '../../domain/caller.ts';
import type { User } from '../../identity/directory/directory.ts';

/** A user who can log in: the one with this name, or else the first one with a password and a project. */
export function sampleUser({ identity }: Pick<Cloud, 'identity'>, name?: string): User | undefined {
  const canLogIn = (user: User): boolean =>
    user.password !== null && identity.isActive(user) && identity.index.projects(user.id).length > 0;
  const named = name === undefined ? undefined : identity.index.userOfName(name);
  return named !== undefined && canLogIn(named) ? named : identity.directory.users.find(canLogIn);
}

/** Logs a user in for the first project of the user, in a copy of the world. */
export function sampleCaller({ identity }: Pick<Cloud, 'identity'>, user: User): Caller | undefined {
  const project = identity.index.projects(user.id)[0];
  if (project === undefined) return undefined;
  const { id } = identity.issue({
    user,
    scope: { kind: 'project', projectId: project.id },
    methods: ['password'],
    format: 'fernet',
    program: 'sample',
    includesWorldTag: false,
  });
  return identity.callerOf(id);
}

/** Logs the first administrator in, in a copy of the world. */
export function sampleAdministrator(cloud: Pick<Cloud, 'identity'>): Caller | undefined {
  for (const user of cloud.identity.directory.users) {
    if (!cloud.identity.isActive(user)) continue;
    const caller = sampleCaller(cloud, user);
    if (caller?.isAdmin === true) return caller;
  }
  return undefined;
}
