import type { Client } from '../../support.ts';
import { type Params, recipesFor, UNKNOWN_ID, world } from '../requests.ts';
import type { RecipeTable } from '../table.ts';
import { after, by, byAdmin, commonErrors, type Recipes, type Request } from './recipes.ts';

const FOREIGN_USER = { user_id: UNKNOWN_ID };
const KEYPAIR = { keypair: { name: 'key' } };
const createKeypair = (minor: number): Request => ({ operation: 'createKeypair', body: KEYPAIR, minor });

const keypair = (operation: string): Recipes => ({
  ...commonErrors({ operation, params: { keypair_name: 'key' } }),
  403: by({ operation, params: { keypair_name: 'key' }, query: FOREIGN_USER, minor: 10 }),
  404: by({ operation, params: { keypair_name: 'key' } }),
});

const named = (operation: string, minor: number) =>
  after([by(createKeypair(minor))], by({ operation, params: { keypair_name: 'key' }, minor }));

const GROUP = { server_group: { name: 'group', policies: ['affinity'] } };
const createGroup: Request = { operation: 'createServerGroup', body: GROUP };

/** Follows a request about the first server group of the project. */
const ofGroup = (operation: string) => async (client: Client) => {
  await by(createGroup)(client);
  const [group] = world(client).serverGroups.list(client.projectId);
  return by({ operation, params: { server_group_id: group?.id ?? '' } })(client);
};

const group = (operation: string): Recipes => ({
  ...commonErrors({ operation, params: { server_group_id: UNKNOWN_ID } }),
  404: by({ operation, params: { server_group_id: UNKNOWN_ID } }),
});

const limitedTo = (quota: object, request: Request) => async (client: Client) => {
  const params = (): Params => ({ project_id: client.projectId });
  await byAdmin({ operation: 'updateQuotaSet', params, body: { quota_set: { ...quota, force: true } } })(client);
  return by(request)(client);
};

const read = (request: Request): Recipes => ({ ...commonErrors(request), 200: by(request) });

/** Recipes for key pairs, server groups, availability zones, extensions and limits. */
export const resources: RecipeTable = {
  listKeypairs: {
    ...read({ operation: 'listKeypairs' }),
    400: by({ operation: 'listKeypairs', query: { limit: 'many' }, minor: 35 }),
    403: by({ operation: 'listKeypairs', query: FOREIGN_USER, minor: 10 }),
  },
  createKeypair: {
    ...commonErrors({ operation: 'createKeypair', body: KEYPAIR }),
    200: by(createKeypair(1)),
    201: by(createKeypair(2)),
    400: by({ operation: 'createKeypair', body: { keypair: { name: 'a/b' } } }),
    403: limitedTo({ key_pairs: 0 }, createKeypair(1)),
    409: after([by(createKeypair(1))], by(createKeypair(1))),
  },
  showKeypair: { ...keypair('showKeypair'), 200: named('showKeypair', 2) },
  deleteKeypair: { ...keypair('deleteKeypair'), 202: named('deleteKeypair', 1), 204: named('deleteKeypair', 2) },
  listServerGroups: {
    ...read({ operation: 'listServerGroups' }),
    400: by({ operation: 'listServerGroups', query: { limit: 'many' } }),
  },
  createServerGroup: {
    ...commonErrors(createGroup),
    200: by(createGroup),
    400: by({ ...createGroup, body: {} }),
    403: limitedTo({ server_groups: 0 }, createGroup),
    409: by({
      ...createGroup,
      body: { server_group: { name: 'group', policy: 'anti-affinity', rules: { max_server_per_host: 2 } } },
      minor: 64,
    }),
  },
  showServerGroup: { ...group('showServerGroup'), 200: ofGroup('showServerGroup') },
  deleteServerGroup: { ...group('deleteServerGroup'), 204: ofGroup('deleteServerGroup') },
  listAvailabilityZones: read({ operation: 'listAvailabilityZones' }),
  listAvailabilityZonesDetail: {
    ...commonErrors({ operation: 'listAvailabilityZonesDetail', user: 'admin' }),
    200: byAdmin({ operation: 'listAvailabilityZonesDetail' }),
    403: by({ operation: 'listAvailabilityZonesDetail' }),
  },
  listExtensions: read({ operation: 'listExtensions' }),
  showExtension: {
    ...read({ operation: 'showExtension', params: { alias: 'os-keypairs' } }),
    404: by({ operation: 'showExtension', params: { alias: 'unknown' } }),
  },
  showLimits: {
    ...read({ operation: 'showLimits' }),
    403: by({ operation: 'showLimits', query: { tenant_id: UNKNOWN_ID } }),
    405: recipesFor('compute-v2.1').otherMethod('showLimits', {}, 'patch'),
  },
};
