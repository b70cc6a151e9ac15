import request, { type Test } from 'supertest';
import type { Client } from '../support.ts';
import type { Recipe } from './table.ts';

/** Values of path parameters, by name. */
export type Params = Readonly<Record<string, string>>;

/** A UUID that no image, task or server has. */
export const UNKNOWN_ID = '5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77';

/** Returns the world that a client uses. */
export const world = (client: Client) => client.emulator.worlds.default;

/** Returns the id of a server in the client's project. */
export function serverId(client: Client, name: string): string {
  const found = world(client)
    .servers.list(client)
    .find((server) => server.name === name);
  if (found === undefined) throw new Error(`The fixtures have no server "${name}".`);
  return found.id;
}

/** Creates the recipes that the operations of a dialect share. */
export const recipesFor = (dialect: string) => {
  const send = (client: Client, operation: string, params: Params = {}): Test =>
    client.send(`${dialect}.${operation}`, params);
  const withBody = (test: Test, body: object | undefined): Test => (body === undefined ? test : test.send(body));

  /** Sends the request with this body. */
  const plain =
    (operation: string, params: Params = {}, body?: object): Recipe =>
    (client) =>
      withBody(send(client, operation, params), body);

  /** Sends the request as another user. */
  const as =
    (user: string, operation: string, params: (client: Client) => Params = () => ({}), body?: object): Recipe =>
    async (client) =>
      withBody(send(await client.as(user), operation, params(client)), body);

  /** Sends the request with an invalid token. */
  const wrongToken =
    (operation: string): Recipe =>
    (client) =>
      send(client, operation).set('X-Auth-Token', 'no-such-token');

  /** Sends a method that no operation supports on this path. */
  const otherMethod =
    (operation: string, params: Params = {}, method: 'options' | 'patch' = 'options'): Recipe =>
    (client) => {
      const { pathname } = new URL(send(client, operation, params).url);
      return request(client.emulator.url)[method](pathname).set('X-Auth-Token', client.token);
    };

  /** Sends the request when the rate limit of the account is used up. */
  const overLimit =
    (operation: string): Recipe =>
    (client) => {
      world(client).setLimits({ callsPerMinute: 0 });
      return send(client, operation);
    };

  /** Sends the request with an unscoped token, which has no role. */
  const withoutRole =
    (operation: string, body?: object): Recipe =>
    async (client) => {
      const user = { name: 'demo', domain: { id: 'default' }, password: 'secret' };
      const response = await request(client.emulator.url)
        .post('/identity/v3/auth/tokens')
        .send({ auth: { identity: { methods: ['password'], password: { user } }, scope: 'unscoped' } });
      const test = send(client, operation).set('X-Auth-Token', String(response.headers['x-subject-token']));
      return withBody(test, body);
    };

  /** Selects profiles of the dialect, then follows another recipe. */
  const withProfile =
    (choices: Readonly<Record<string, string>>, recipe: Recipe): Recipe =>
    (client) => {
      world(client).setProfiles({ [dialect]: choices });
      return recipe(client);
    };

  return { send, plain, as, wrongToken, otherMethod, overLimit, withoutRole, withProfile };
};
