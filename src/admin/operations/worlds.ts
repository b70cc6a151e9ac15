import type { JsonSchema } from '../../contract/schema.ts';
import { SETTINGS_MEMBERS } from '../../fixtures/settings.ts';
import { CLOCK_CHANGE } from '../clock.ts';
import { operation } from '../operation.ts';
import { listOf, NAME_RULE, requestBody, responseBody, text } from '../schema-helpers.ts';
import {
  createWorld,
  dropWorld,
  listWorlds,
  type NewWorld,
  presentWorld,
  showWorld,
  type WorldQuery,
} from '../worlds.ts';

const WORLD_MEMBERS = {
  name: text('The name, as in /w/<name>/.'),
  url: text('Address of its root.'),
  seed: text('Seed for generated ids and random choices.'),
  release: text('Release of the services of OpenStack.'),
};

const ADDRESSES: JsonSchema = {
  type: 'object',
  additionalProperties: { type: 'string' },
  description: 'Addresses by dialect and identity service: identity, rackspace-identity, iam.',
};

const VARIABLES: JsonSchema = { type: ['object', 'null'], additionalProperties: { type: 'string' } };

/** Client settings; null where a user has no such credentials. */
const SETTINGS: JsonSchema = {
  ...responseBody({
    openstack: { type: 'object', additionalProperties: { type: 'string' }, description: 'Variables: OS_AUTH_URL, ...' },
    clouds: { type: 'object', description: 'The content of clouds.yaml.' },
    rackspace: { ...VARIABLES, description: 'User, API key and address.' },
    huawei: { ...VARIABLES, description: 'Access key, secret key and addresses.' },
  }),
  type: ['object', 'null'],
};

const WORLD = responseBody(WORLD_MEMBERS, {
  admin: text('Address of its admin API.'),
  addresses: ADDRESSES,
  settings: { ...SETTINGS, description: 'Client settings for a user; null for a world without users.' },
  settingsByLogIn: {
    ...SETTINGS,
    description: 'Settings for clients whose login names select the world; null for the default world.',
  },
});

const WORLD_REQUEST = requestBody({
  name: text(NAME_RULE),
  fixtures: {
    type: ['string', 'array', 'object'],
    items: { type: 'string' },
    description: 'Fixture file, directory or "default"; a list of these; or the fixtures themselves.',
  },
  fork: text('World to copy in its current state, instead of loading fixtures.'),
  snapshot: text('Snapshot of that world, or of the default world, to copy instead of the current state.'),
  ...SETTINGS_MEMBERS,
  label: { type: 'string', minLength: 1, maxLength: 256, description: 'Label of its requests in the journal.' },
  scenarios: {
    type: 'array',
    items: { type: ['string', 'object'] },
    description: 'Scenarios to enable from the start: names, or scenarios as in a scenario file.',
  },
  seed: {
    type: ['string', 'integer'],
    description: "Seed for generated ids and random choices; the parent world's when omitted.",
  },
  clock: {
    ...CLOCK_CHANGE,
    type: ['object', 'string'],
    format: 'date-time',
    description: 'A time at which the clock is frozen, or a change as in PUT clock.',
  },
});

/** Operations on all worlds of the process. */
export const worldsOperations = {
  create: operation({
    id: 'createWorld',
    method: 'post',
    path: '/worlds',
    summary: 'Creates a world from fixtures, or as a copy of another world',
    success: 201,
    statuses: [201, 400, 404, 409],
    request: WORLD_REQUEST,
    isBodyOptional: true,
    response: WORLD,
    call: (world: NewWorld = {}) => ({ body: world }),
    run: ({ body }, context) => presentWorld(createWorld(body, context), context),
  }),
  list: operation({
    id: 'listWorlds',
    method: 'get',
    path: '/worlds',
    summary: 'Lists the worlds',
    success: 200,
    statuses: [200],
    response: responseBody({ worlds: listOf(responseBody(WORLD_MEMBERS)) }),
    call: () => ({}),
    run: (_input, context) => ({ worlds: listWorlds(context) }),
    result: ({ worlds }) => worlds,
  }),
  get: operation({
    id: 'showWorld',
    method: 'get',
    path: '/worlds/{name}',
    summary: 'Returns a world with its addresses and client settings',
    success: 200,
    statuses: [200, 404],
    query: { user: text('Name of the user whose settings are returned; the first user when omitted.') },
    response: WORLD,
    call: (name: string, query: WorldQuery = {}) => ({ params: { name }, query }),
    run: ({ params, query }, context) => showWorld(params.name, context, query),
  }),
  drop: operation({
    id: 'dropWorld',
    method: 'delete',
    path: '/worlds/{name}',
    summary: 'Drops a world with everything in it; the default world cannot be dropped',
    success: 204,
    statuses: [204, 400, 404],
    call: (name: string) => ({ params: { name } }),
    run: ({ params }, { host }) => dropWorld(params.name, host.worlds),
  }),
};
