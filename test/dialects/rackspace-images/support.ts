import { expect } from '@jest/globals';
import type { Express } from 'express';
import request, { type Test } from 'supertest';
import type { World } from '../../../src/world/world.ts';
import type { Worlds } from '../../../src/world/worlds.ts';
import { createTestEmulator, login, type TestOptions } from '../../support/emulator.ts';

export const MOUNT = '/rackspace/images';

/** An id that nothing has. */
export const UNKNOWN = '5f0c1e9a-1111-4222-8333-444455556666';

/** One user of the service. */
export interface Session {
  readonly app: Express;
  readonly worlds: Worlds;
  /** The default one. */
  readonly world: World;
  readonly token: string;
  readonly projectId: string;
  /** Id of an image of the fixtures. */
  idOf(name: string): string;
  /** A request to that path of the emulator, with the token. */
  sendTo(method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: object): Test;
  /** The same below the mount of the service. */
  send(method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: object): Test;
  /** Another user of the same service. */
  as(user: string, project?: string): Promise<Session>;
}

/** The service of a default world, as the user demo sees it. */
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
    as: (other, theirs) => sessionOf(app, worlds, other, theirs),
  };
}

/** What a fault says, under the name of its kind. */
export const faultOf = (name: string, code: number): object => ({ [name]: { code, message: expect.any(String) } });
