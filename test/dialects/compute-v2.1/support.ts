import request, { type Test } from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import type { World } from '../../../src/world/world.ts';
import { createTestEmulator, login, NOON, type TestOptions } from '../../support/emulator.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One user at the service. */
export interface Session {
  readonly emulator: Emulator;
  readonly world: World;
  readonly token: string;
  readonly projectId: string;
  /** A call below the project; `minor` is that of the microversion. */
  send(method: Method, rest: string, minor?: number | 'latest'): Test;
  /** Id of an image of the fixtures. */
  imageId(name: string): string;
  /** Id of a server of the fixtures. */
  serverId(name: string): string;
  /** Another user of the same service. */
  as(user: string): Promise<Session>;
}

/** An emulator whose clock stands at noon, and demo in it. */
export async function openSession(options: TestOptions = {}): Promise<Session> {
  return sessionOf(createTestEmulator({ frozenAt: NOON, ...options }), 'demo');
}

async function sessionOf(emulator: Emulator, user: string): Promise<Session> {
  const token = await login(emulator.app, { user });
  const world = emulator.worlds.default;
  const projectId = world.identity.callerOf(token)?.projectId ?? '';
  return {
    emulator,
    world,
    token,
    projectId,
    send: (method, rest, minor) => {
      const test = request(emulator.app)[method](`/compute/v2.1/${projectId}${rest}`);
      if (minor !== undefined)
        test.set('OpenStack-API-Version', `compute ${minor === 'latest' ? minor : `2.${minor}`}`);
      return test.set({ Host: 'cloud', 'X-Auth-Token': token });
    },
    imageId: (name) => {
      const query = { audience: { kind: 'everyone' }, equal: { name: [name] }, limit: 1 } as const;
      const [image] = world.images.list(query).images;
      if (image === undefined) throw new Error(`no image ${name}`);
      return image.id;
    },
    serverId: (name) => {
      const found = world.servers.listAll().find((server) => server.name === name);
      if (found === undefined) throw new Error(`no server ${name}`);
      return found.id;
    },
    as: (other) => sessionOf(emulator, other),
  };
}

/** The one fault that an answer is: its status, name and message. */
export async function faultOf(test: Test): Promise<readonly [number, string, string]> {
  const { status, body } = await test;
  const [name = ''] = Object.keys(body);
  return [status, name, body[name]?.message];
}
