import { CommandError } from '../client.ts';
import type { SuiteRequest } from './suite.ts';

/** A user of the world and the project that it works in. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  readonly domainId: string;
  readonly domainName: string;
  /** The project named like the user, or the first in which the user has a role. */
  readonly project: { readonly id: string; readonly name: string; readonly domainId: string };
}

/**
 * Returns the account of a user.
 * @throws CommandError with exit code 2 for an unknown user and for one without a project.
 */
export function accountOf({ cloud: { directory } }: Pick<SuiteRequest, 'cloud'>, name: string): Account {
  const user = directory.users.find((each) => each.name === name);
  if (user === undefined) {
    const names = directory.users.map((each) => each.name).join(', ');
    throw new CommandError(`the suite logs in as "${name}", which the fixtures do not have; they have ${names}`, 2);
  }
  const assigned = directory.assignments.filter(({ userId }) => userId === user.id).map(({ projectId }) => projectId);
  const projects = directory.projects.filter(({ id }) => assigned.includes(id));
  const project = projects.find((each) => each.name === name) ?? projects[0];
  if (project === undefined) throw new CommandError(`the user "${name}" has no role in a project`, 2);
  const domain = directory.domains.find(({ id }) => id === user.domainId);
  return {
    id: user.id,
    name,
    password: user.password ?? '',
    domainId: user.domainId,
    domainName: domain?.name ?? user.domainId,
    project,
  };
}
