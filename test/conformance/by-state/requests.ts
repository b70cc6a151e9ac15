import request, { type Test } from 'supertest';
import type { How } from '../by-state.ts';
import type { Client } from '../support.ts';

export type Params = Readonly<Record<string, string>>;

/** An id that no image, task or server has. */
export const NOWHERE = '5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77';

export const world = (client: Client) => client.emulator.worlds.default;

/** Id of a server of the fixtures, of the client's project. */
export function serverId(client: Client, name: string): string {
  const found = world(client)
    .servers.list(client)
    .find((server) => server.name === name);
  if (found === undefined) throw new Error(`the fixtures hold no server ${name}`);
  return found.id;
}

/** Ways that the operations of one dialect have in common. */
export const waysOf = (dialect: string) => {
  const send = (client: Client, operation: string, params: Params = {}): Test =>
    client.send(`${dialect}.${operation}`, params);
  const withBody = (test: Test, body: object | undefined): Test => (body === undefined ? test : test.send(body));

  /** As it is, with that body. */
  const plain =
    (operation: string, params: Params = {}, body?: object): How =>
    (client) =>
      withBody(send(client, operation, params), body);

  /** By another user of the fixtures. */
  const as =
    (user: string, operation: string, params: (client: Client) => Params = () => ({}), body?: object): How =>
    async (client) =>
      withBody(send(await client.as(user), operation, params(client)), body);

  const wrongToken =
    (operation: string): How =>
    (client) =>
      send(client, operation).set('X-Auth-Token', 'no-such-token');

  /** The same address with a method that nothing offers there. */
  const otherMethod =
    (operation: string, params: Params = {}, method: 'options' | 'patch' = 'options'): How =>
    (client) => {
      const { pathname } = new URL(send(client, operation, params).url);
      return request(client.emulator.url)[method](pathname).set('X-Auth-Token', client.token);
    };

  /** Past the calls that an account may make in a minute. */
  const overLimit =
    (operation: string): How =>
    (client) => {
      world(client).setLimits({ callsPerMinute: 0 });
      return send(client, operation);
    };

  /** With a token that is good for no project, and so for no role. */
  const withoutRole =
    (operation: string, body?: object): How =>
    async (client) => {
      const user = { name: 'demo', domain: { id: 'default' }, password: 'secret' };
      const answer = await request(client.emulator.url)
        .post('/identity/v3/auth/tokens')
        .send({ auth: { identity: { methods: ['password'], password: { user } }, scope: 'unscoped' } });
      const test = send(client, operation).set('X-Auth-Token', String(answer.headers['x-subject-token']));
      return withBody(test, body);
    };

  /** In a world that took these choices. */
  const choosing =
    (choices: Readonly<Record<string, string>>, how: How): How =>
    (client) => {
      world(client).setProfiles({ [dialect]: choices });
      return how(client);
    };

  return { send, plain, as, wrongToken, otherMethod, overLimit, withoutRole, choosing };
};
