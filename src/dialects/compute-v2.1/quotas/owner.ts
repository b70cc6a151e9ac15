import type { Call, Reply } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { fault, unknownProject } from '../protocol/errors.ts';
import { minorOf } from '../protocol/microversion.ts';
import { checkNames } from '../protocol/query-checks.ts';

/** The first microversion that rejects unknown parameters. */
const FIRST_STRICT = 75;

/** A 400 for unknown parameters. */
export function checkParameters(call: Call): Reply | undefined {
  const unexpected = minorOf(call) >= FIRST_STRICT ? checkNames(call.query, ['user_id']) : undefined;
  return unexpected === undefined ? undefined : fault(400, unexpected);
}

/** The user whose quotas a request is about; `undefined` for those of the project. */
export const userOf = ({ query }: Call): string | undefined => query.get('user_id') || undefined;

/**
 * Rejects a project that does not exist. Nova asks Keystone for it with the caller's token, and accepts any project for
 * callers who may not ask.
 */
export const checkProject = (projectId: string, { caller, cloud }: Context): Reply | undefined =>
  caller.isAdmin && cloud.identity.index.project(projectId) === undefined ? unknownProject(projectId) : undefined;
