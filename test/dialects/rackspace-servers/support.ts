import request, { type Test } from 'supertest';
import type { Server } from '../../../src/domain/servers/server.ts';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, NOON, type TestOptions } from '../../support/emulator.ts';

type Method = 'get' | 'post' | 'put' | 'delete';

/** A logged-in Rackspace account and its tenant. */
export interface Account {
  readonly emulator: Emulator;
  readonly token: string;
  readonly tenant: string;
  /** Sends a request below the tenant. */
  send(method: Method, rest: string): Test;
  server(name: string): Server;
  /** Returns the id of an image of any account by its name. */
  imageId(name: string): string;
}

/** Starts an emulator with its clock frozen at noon, and logs in the account of demo. */
export async function openAccount(options: TestOptions = {}): Promise<Account> {
  const emulator = createTestEmulator({ frozenAt: NOON, ...options });
  const { token, tenant } = await logIn(emulator);
  const world = emulator.worlds.default;
  return {
    emulator,
    token,
    tenant,
    send: (method, rest) =>
      request(emulator.app)
        [method](`/rackspace/servers/v2/${tenant}${rest}`)
        .set({ Host: 'cloud', 'X-Auth-Token': token }),
    server: (name) => {
      const found = world.servers.list({ projectId: tenant }).find((server) => server.name === name);
      if (found === undefined) throw new Error(`no server ${name}`);
      return found;
    },
    imageId: (name) => {
      const query = { audience: { kind: 'everyone' }, equal: { name: [name] }, limit: 1 } as const;
      const [image] = world.images.list(query).images;
      if (image === undefined) throw new Error(`no image ${name}`);
      return image.id;
    },
  };
}

/** Logs in with an API key. */
export async function logIn(
  emulator: Emulator,
  username = 'demo',
): Promise<{ readonly token: string; readonly tenant: string }> {
  const response = await request(emulator.app)
    .post('/rackspace/identity/v2.0/tokens')
    .send({ auth: { 'RAX-KSKEY:apiKeyCredentials': { username, apiKey: `${username.replace('_', '-')}-api-key` } } });
  const { token } = response.body.access;
  return { token: token.id, tenant: token.tenant.id };
}
