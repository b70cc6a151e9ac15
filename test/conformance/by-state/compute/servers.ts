import type { Client } from '../../support.ts';
import { type Params, serverId, UNKNOWN_ID, world } from '../requests.ts';
import type { Recipe, RecipeTable } from '../table.ts';
import { after, by, byAdmin, commonErrors, notUtf8, type Recipes, type Request } from './recipes.ts';

const server =
  (name: string) =>
  (client: Client): Params => ({ server_id: serverId(client, name) });
const UNKNOWN = { server_id: UNKNOWN_ID };

const newServer = (client: Client) => ({
  server: { name: 'new', imageRef: client.imageId('demo-private'), flavorRef: '2' },
});

/** Sends a request about a server of another project that Nova has not scheduled yet. */
const ofUnscheduled =
  (request: Request): Recipe =>
  async (client) => {
    world(client).setProgress({ build: { pace: { by: 'hand' } } });
    const { status } = await by({ operation: 'createServer', body: publicServer, user: 'alt_demo' })(client);
    const [unscheduled] = world(client).servers.list(await client.as('alt_demo'));
    if (status !== 202 || unscheduled === undefined) throw new Error(`No server was created: ${status}.`);
    return by({ ...request, params: { server_id: unscheduled.id } })(client);
  };

const publicServer = (client: Client) => ({
  server: { name: 'new', imageRef: client.imageId('cirros-0.6.2-x86_64-disk'), flavorRef: '2' },
});

const list = (operation: string): Recipes => ({
  ...commonErrors({ operation }),
  200: by({ operation }),
  400: by({ operation, query: { limit: 'many' } }),
  403: by({ operation, query: { all_tenants: '1' } }),
});

const one = (request: Request): Recipes => ({
  ...commonErrors(request),
  403: ofUnscheduled(request),
  404: by({ ...request, params: UNKNOWN }),
});

interface Action {
  readonly operation: string;
  readonly body: object;
  /** Servers that accept the action and that do not. */
  readonly accepts: string;
  readonly rejects: string;
  /** Actions that come before. */
  readonly before?: readonly Recipe[];
}

function action({ operation, body, accepts, rejects, before = [] }: Action): Recipes {
  const request = { operation, body, params: server(accepts) };
  return {
    ...one(request),
    202: after(before, by(request)),
    409: by({ ...request, params: server(rejects) }),
  };
}

const pause = { operation: 'pauseServer', body: { pause: null }, params: server('db-1') };
const suspend = { operation: 'suspendServer', body: { suspend: null }, params: server('db-1') };
const inCell = (recipes: Recipes): Recipes => {
  const { 403: _unreachable, ...others } = recipes;
  return others;
};
const locking = (operation: string, body: object): Recipes => {
  const { 409: _unreachable, ...others } = action({ operation, body, accepts: 'db-1', rejects: 'building-1' });
  return others;
};

/** Recipes for servers. */
export const servers: RecipeTable = {
  listServers: list('listServers'),
  listServersDetail: list('listServersDetail'),
  createServer: {
    ...commonErrors({ operation: 'createServer', body: newServer }),
    202: by({ operation: 'createServer', body: newServer }),
    400: by({
      operation: 'createServer',
      body: { server: { name: 'new', imageRef: UNKNOWN_ID, flavorRef: '2' } },
    }),
    403: async (client) => {
      const quota = { quota_set: { instances: 0, force: true } };
      const params = ({ projectId }: Client): Params => ({ project_id: projectId });
      await byAdmin({ operation: 'updateQuotaSet', params, body: quota })(client);
      return by({ operation: 'createServer', body: newServer })(client);
    },
    500: notUtf8({ operation: 'createServer' }),
  },
  showServer: {
    ...one({ operation: 'showServer', params: server('db-1') }),
    200: by({ operation: 'showServer', params: server('db-1') }),
  },
  updateServer: {
    ...one({ operation: 'updateServer', params: server('db-1'), body: { server: { name: 'other' } } }),
    200: by({ operation: 'updateServer', params: server('db-1'), body: { server: { name: 'other' } } }),
    400: by({ operation: 'updateServer', params: server('db-1'), body: {} }),
    500: notUtf8({ operation: 'updateServer', params: server('db-1') }),
  },
  deleteServer: {
    ...one({ operation: 'deleteServer', params: server('db-1') }),
    204: by({ operation: 'deleteServer', params: server('db-1') }),
    409: by({ operation: 'deleteServer', params: server('locked-1') }),
  },
  startServer: inCell(
    action({ operation: 'startServer', body: { 'os-start': null }, accepts: 'stopped-1', rejects: 'db-1' }),
  ),
  stopServer: inCell(
    action({ operation: 'stopServer', body: { 'os-stop': null }, accepts: 'db-1', rejects: 'building-1' }),
  ),
  pauseServer: action({ ...pause, accepts: 'db-1', rejects: 'building-1' }),
  unpauseServer: action({
    operation: 'unpauseServer',
    body: { unpause: null },
    accepts: 'db-1',
    rejects: 'db-1',
    before: [by(pause)],
  }),
  suspendServer: action({ ...suspend, accepts: 'db-1', rejects: 'building-1' }),
  resumeServer: action({
    operation: 'resumeServer',
    body: { resume: null },
    accepts: 'db-1',
    rejects: 'db-1',
    before: [by(suspend)],
  }),
  rebootServer: action({
    operation: 'rebootServer',
    body: { reboot: { type: 'HARD' } },
    accepts: 'db-1',
    rejects: 'building-1',
  }),
  lockServer: locking('lockServer', { lock: null }),
  unlockServer: {
    ...locking('unlockServer', { unlock: null }),
    403: after(
      [byAdmin({ operation: 'lockServer', params: server('db-1'), body: { lock: null } })],
      by({ operation: 'unlockServer', params: server('db-1'), body: { unlock: null } }),
    ),
  },
};
