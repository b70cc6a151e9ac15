/** Reasons for errors about servers, for the tables of natural problems. */
import type { Problem } from '../../domain/problem.ts';
import type { ProblemsByName } from '../dialect.ts';
import { param } from './request-values.ts';

/** The server of the path does not exist. */
export const SERVER_NOT_FOUND: ProblemsByName = {
  'server-not-found': (request) => ({ kind: 'server-not-found', serverId: param(request, 'server_id') }),
};

type ServerBusy = Extract<Problem, { readonly kind: 'server-busy' }>;

/** Names of the reasons, by what prevents the action. */
const NAMES: Readonly<Record<ServerBusy['reason'], string>> = {
  status: 'server-status',
  task: 'server-busy',
  locked: 'server-locked',
};

/** The status of the server, its current task or its lock prevents an action. */
export const serverBusy = (action: string, reason: ServerBusy['reason'], status: string): ProblemsByName => ({
  [NAMES[reason]]: (request) => ({
    kind: 'server-busy',
    serverId: param(request, 'server_id'),
    action,
    reason,
    status,
  }),
});
