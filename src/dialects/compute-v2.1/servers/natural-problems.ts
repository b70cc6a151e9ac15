import type { FaultRequest, ProblemsByName } from '../../dialect.ts';
import type { NaturalProblemsOf } from '../../natural-problems.ts';
import { wrongRequest } from '../../shared/body-reasons.ts';
import { param } from '../../shared/request-values.ts';
import { SERVER_NOT_FOUND, serverBusy } from '../../shared/server-reasons.ts';
import { quotaUseOf } from '../limits/quotas.ts';
import { fault } from '../protocol/errors.ts';
import {
  BODY_NOT_UTF8,
  badLimit,
  badMarker,
  memberText,
  PROJECT_MISSING,
  policyDenied,
  TENANT_MALFORMED,
} from '../protocol/reasons.ts';
import type { actionOperations } from './action-contract.ts';
import type { serverOperations } from './contract.ts';
import { flavorUnknown, imageUnknown, networkAmbiguous, serverUnmapped, zoneUnavailable } from './errors.ts';

const list = (action: 'index' | 'detail') => ({
  400: { ...badLimit(), ...badMarker('marker=none') },
  403: policyDenied(`servers:${action}:get_all_tenants`),
});

/** A new server with these members. */
const withServer = (members: object) =>
  wrongRequest({ body: { server: { name: 'server', flavorRef: '1', networks: 'auto', ...members } }, isAdmin: true });

/** Reasons for the errors of servers. */
export const serverProblems: NaturalProblemsOf<typeof serverOperations> = {
  listServers: list('index'),
  listServersDetail: list('detail'),
  createServer: {
    400: {
      'image-unknown': imageUnknown,
      'flavor-unknown': (request) => flavorUnknown(memberText(request, 'server', 'flavorRef')),
      'zone-unavailable': zoneUnavailable,
      'image-missing': withServer({}),
      'numbers-reversed': withServer({ min_count: 2, max_count: 1 }),
    },
    403: {
      'over-quota': overQuota,
      'too-much-metadata': ({ context: { cloud, caller } }) => {
        const { metadata_items: items } = cloud.quotas.of({ kind: 'project', projectId: caller.projectId });
        return fault(403, `Maximum number of metadata items exceeds ${items}`);
      },
      ...policyDenied('servers:create'),
    },
    404: TENANT_MALFORMED,
    409: { 'network-ambiguous': networkAmbiguous },
    500: { ...PROJECT_MISSING, ...BODY_NOT_UTF8 },
  },
  updateServer: {
    403: policyDenied('servers:update'),
    404: SERVER_NOT_FOUND,
    500: { ...PROJECT_MISSING, ...BODY_NOT_UTF8 },
  },
  deleteServer: {
    403: policyDenied('servers:delete'),
    404: SERVER_NOT_FOUND,
    409: serverBusy('delete', 'locked', 'ACTIVE'),
    500: PROJECT_MISSING,
  },
  showServer: { 403: policyDenied('servers:show'), 404: SERVER_NOT_FOUND, 500: PROJECT_MISSING },
};

/** The project would have more servers than its quota allows. */
function overQuota({ context: { cloud, caller } }: FaultRequest) {
  const { instances } = cloud.quotas.of({ kind: 'project', projectId: caller.projectId });
  const used = Math.max(quotaUseOf(cloud, caller.projectId).instances, instances);
  return fault(403, `Quota exceeded for instances: Requested 1, but already used ${used} of ${instances} instances`);
}

/** Reasons of an action, by its name in messages, its rule of the policy, and a status that does not allow it. */
const action = (name: string, rule: string, status: 'ACTIVE' | 'BUILD') => ({
  403: policyDenied(rule),
  404: SERVER_NOT_FOUND,
  409: { ...serverBusy(name, 'status', status), ...serverBusy(name, 'locked', 'ACTIVE') },
});

/** Nova looks for the cell of the server first. */
const SERVER_UNMAPPED: ProblemsByName = {
  'server-unmapped': (request) => serverUnmapped(param(request, 'server_id')),
};

const inCell = (name: string, status: 'ACTIVE' | 'BUILD') => {
  const { 403: denied, 409: busy } = action(name, `servers:${name}`, status);
  return { 403: denied, 404: { ...SERVER_UNMAPPED, ...SERVER_NOT_FOUND }, 409: busy };
};

const lock = (denied: ProblemsByName) => ({
  403: denied,
  404: SERVER_NOT_FOUND,
  409: serverBusy('lock', 'locked', 'ACTIVE'),
});

/** Reasons for the errors of actions on servers. */
export const actionProblems: NaturalProblemsOf<typeof actionOperations> = {
  startServer: inCell('start', 'ACTIVE'),
  stopServer: inCell('stop', 'BUILD'),
  pauseServer: action('pause', 'os-pause-server:pause', 'BUILD'),
  unpauseServer: action('unpause', 'os-pause-server:unpause', 'ACTIVE'),
  suspendServer: action('suspend', 'os-suspend-server:suspend', 'BUILD'),
  resumeServer: action('resume', 'os-suspend-server:resume', 'ACTIVE'),
  rebootServer: action('reboot', 'servers:reboot', 'BUILD'),
  lockServer: lock(policyDenied('os-lock-server:lock')),
  unlockServer: lock(policyDenied('os-lock-server:unlock:unlock_override')),
};
