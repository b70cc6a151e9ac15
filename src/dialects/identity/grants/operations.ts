import type { Operation } from '../../../contract/contract.ts';
import type { SampleReply } from '../../shared/sample-replies.ts';
import { recordHandler } from '../records/handlers.ts';
import { recordOperation, sampleList } from '../records/operations.ts';
import { roles } from '../roles/resource.ts';
import { ROLES_REPLY } from '../special-response-schemas.ts';
import { forEachGrantOperation, type GrantPath, type GrantVerb, templateOf } from './grant-path.ts';
import { GRANT_HANDLERS } from './handlers.ts';

const ERRORS = [401, 403, 404];

/** What the operations of a verb have in common. */
const VERBS: Readonly<Record<GrantVerb, Pick<Operation, 'method' | 'success' | 'statuses' | 'response'>>> = {
  list: { method: 'get', success: 200, statuses: [200, ...ERRORS], response: ROLES_REPLY },
  check: { method: 'get', success: 204, statuses: [204, ...ERRORS] },
  assign: { method: 'put', success: 204, statuses: [204, ...ERRORS] },
  revoke: { method: 'delete', success: 204, statuses: [204, ...ERRORS] },
};

function summaryOf({ actor, target, isInherited }: GrantPath, verb: GrantVerb): string {
  const [who, what] = [`a ${actor.toLowerCase()}`, target === 'System' ? 'the system' : `a ${target.toLowerCase()}`];
  const where = isInherited ? `the projects below ${what}` : what;
  switch (verb) {
    case 'list':
      return `List the roles of ${who} on ${where}.`;
    case 'check':
      return `Check whether ${who} has a role on ${where}.`;
    case 'assign':
      return `Assign a role to ${who} on ${where}.`;
    default:
      return `Revoke a role of ${who} on ${where}.`;
  }
}

/** The operations on grants: roles of users and groups on projects, domains and the system. */
export const grantOperations = forEachGrantOperation((path, verb) =>
  recordOperation({
    ...VERBS[verb],
    path: templateOf(path, verb),
    summary: summaryOf(path, verb),
    section: path.isInherited ? 'OS-INHERIT' : path.target === 'System' ? 'System Role Assignments' : 'Roles',
  }),
);

/** Handlers of `grantOperations`. */
export const grantHandlers = forEachGrantOperation((path, verb) =>
  recordHandler((request) => GRANT_HANDLERS[verb](path, request)),
);

const listSample = sampleList(roles);

/** Sample replies of `grantOperations`. */
export const grantSamples: Readonly<Record<string, SampleReply>> = Object.fromEntries(
  Object.entries(grantOperations)
    .filter(([, { success }]) => success === 200)
    .map(([id]) => [id, listSample]),
);
