import type { Express } from 'express';
import request, { type Test } from 'supertest';
import type { World } from '../../../src/world/world.ts';
import { createTestEmulator, login, type TestOptions } from '../../support/emulator.ts';

/** One user of the service. */
export interface Session {
  readonly app: Express;
  readonly world: World;
  readonly token: string;
  readonly projectId: string;
  /** Returns the id of an image of the fixtures by its name. */
  idOf(name: string): string;
  /** Sends a request below the mount with the token. */
  send(method: 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete', path: string, body?: unknown): Test;
  /** Logs in another user of the same service. */
  as(user: string): Promise<Session>;
  /** Creates a private image without data. */
  createImage(body?: object): Promise<string>;
}

export async function start(options: TestOptions = {}): Promise<Session> {
  const { app, worlds } = createTestEmulator(options);
  const world = worlds.get('default');
  if (world === undefined) throw new Error('no default world');
  return sessionOf(app, world, 'demo');
}

async function sessionOf(app: Express, world: World, user: string): Promise<Session> {
  const token = await login(app, { user });
  const session: Session = {
    app,
    world,
    token,
    projectId: world.identity.callerOf(token)?.projectId ?? '',
    idOf: (name) => {
      const { images } = world.images.list({ audience: { kind: 'everyone' }, equal: { name: [name] }, limit: 1 });
      if (images[0] === undefined) throw new Error(`no image ${name}`);
      return images[0].id;
    },
    send: (method, path, body) => {
      const test = request(app)[method](`/ims${path}`).set('X-Auth-Token', token).set('Accept', 'application/json');
      return body === undefined ? test : test.send(body as object);
    },
    as: (other) => sessionOf(app, world, other),
    createImage: async (body = {}) => {
      const response = await session.send('post', '/v2/images', { name: 'created', ...body });
      if (response.status !== 201) throw new Error(`create returned ${response.status}: ${response.text}`);
      return response.body.id;
    },
  };
  return session;
}
