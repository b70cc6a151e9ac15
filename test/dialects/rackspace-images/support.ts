import { expect } from '@jest/globals';
import type { Express } from 'express';
import request, { type Test } from 'supertest';
import type { World } from '../../../src/world/world.ts';
import type { Worlds } from '../../../src/world/worlds.ts';
import { createTestEmulator, login, type TestOptions } from '../../support/emulator.ts';

export const MOUNT = '/rackspace/images';

/** An id that does not exist. */
export const UNKNOWN = '5f0c1e9a-1111-4222-8333-444455556666';

/** One user of the service. */
export interface Session {
  readonly app: Express;
  readonly worlds: Worlds;
  /** The default world. */
  readonly world: World;
  readonly token: string;
  readonly projectId: string;
  /** Returns the id of an image of the fixtures by its name. */
  idOf(name: string): string;
  /** Sends a request to a path of the emulator with the token. */
  sendTo(method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: object): Test;
  /** Sends a request below the mount of the service with the token. */
  send(method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: object): Test;
  /** Logs in another user of the same service. */
  as(user: string, project?: string): Promise<Session>;
}

/** Starts an emulator and logs in the user demo. */
export async function start(options: TestOptions = {}): Promise<Session> {
  const { app, worlds } = createTestEmulator(options);
  return sessionOf(app, worlds, 'demo');
}

async function sessionOf(app: Express, worlds: Worlds, user: string, project?: string): Promise<Session> {
  const world = worlds.default;
  const token = await login(app, { user, ...(project !== undefined && { project }) });
  const sendTo: Session['sendTo'] = (method, path, body) => {
    const test = request(app)[method](path).set('X-Auth-Token', token);
    return body === undefined ? test : test.send(body);
  };
  return {
    app,
    worlds,
    world,
    token,
    projectId: world.identity.callerOf(token)?.projectId ?? '',
    idOf: (name) => {
      const { images } = world.images.list({ audience: { kind: 'everyone' }, equal: { name: [name] }, limit: 1 });
      if (images[0] === undefined) throw new Error(`no image ${name}`);
      return images[0].id;
    },
    sendTo,
    send: (method, path, body) => sendTo(method, `${MOUNT}${path}`, body),
    as: (other, otherProject) => sessionOf(app, worlds, other, otherProject),
  };
}

/** Returns the content of a fault object, keyed by its name. */
export const faultOf = (name: string, code: number): object => ({ [name]: { code, message: expect.any(String) } });
