import request, { type Test } from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import type { World } from '../../../src/world/world.ts';
import { createTestEmulator, login, NOON, type TestOptions } from '../../support/emulator.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A client with the token of one user. */
export interface Session {
  readonly emulator: Emulator;
  readonly world: World;
  readonly token: string;
  readonly projectId: string;
  /** Sends a request below the project. @param minor - minor number of the microversion. */
  send(method: Method, rest: string, minor?: number | 'latest'): Test;
  /** The id of an image of the fixtures. */
  imageId(name: string): string;
  /** The id of a server of the fixtures. */
  serverId(name: string): string;
  /** A client for another user of the same emulator. */
  as(user: string): Promise<Session>;
}

/** Starts an emulator whose clock is frozen at noon, with a client for demo. */
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

/** The status, name and message of the fault object in a response. */
export async function faultOf(test: Test): Promise<readonly [number, string, string]> {
  const { status, body } = await test;
  const [name = ''] = Object.keys(body);
  return [status, name, body[name]?.message];
}
