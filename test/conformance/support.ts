import request, { type Test } from 'supertest';
import type { OperationRef } from '../../src/dialects/dialect.ts';
import { login, type StartedEmulator } from '../support/emulator.ts';

/** A client of one emulator, logged in as one user. */
export interface Client {
  readonly emulator: StartedEmulator;
  readonly token: string;
  readonly projectId: string;
  /** Id of an image of the fixtures. */
  imageId(name: string): string;
  operation(name: string): OperationRef;
  /** A request to an operation, token and all. `params` fill its path; the rest takes what fits the fixtures. */
  send(name: string, params?: Readonly<Record<string, string>>): Test;
  /** Another user's client: `admin`, `alt_demo`, `demo_reader`. */
  as(user: string): Promise<Client>;
  /** A call of the admin API, which must succeed. */
  admin(method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object): Promise<Body>;
  /** How often an operation gave a status, by the coverage that the admin API reports. */
  met(name: string, status: number): Promise<{ readonly natural: number; readonly injected: number }>;
}

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire is looked at member by member
export type Body = any;

export async function clientOf(emulator: StartedEmulator, user = 'demo'): Promise<Client> {
  const { url } = emulator;
  const token = await login(url, { user });
  const world = emulator.worlds.default;
  const projectId = world.identity.callerOf(token)?.projectId ?? '';
  const { images } = world.images.list({ audience: { kind: 'everyone' }, deleted: 'include', limit: 1000 });
  const ids = new Map(images.map(({ name, id }) => [name, id]));
  const imageId = (name: string): string => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`the fixtures hold no image ${name}`);
    return id;
  };
  const operation = (name: string): OperationRef => {
    const ref = emulator.routes.operation(name);
    if (ref === undefined) throw new Error(`no operation is called ${name}`);
    return ref;
  };
  const usual: Readonly<Record<string, string>> = {
    image_id: imageId('demo-private'),
    tenant_id: projectId,
    project_id: projectId,
    version: 'v2',
    token_id: token,
  };
  const admin: Client['admin'] = async (method, path, body) => {
    const answer = await request(url)[method](`/__admin${path}`).send(body);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body as Body;
  };
  return {
    emulator,
    token,
    projectId,
    imageId,
    operation,
    as: (other) => clientOf(emulator, other),
    admin,
    send: (name, params = {}) => {
      const { operation: known, dialect } = operation(name);
      const path = known.path.replaceAll(/\{(\w+)\}/g, (_, param: string) => params[param] ?? usual[param] ?? 'x');
      const test = request(url)
        [known.method](`${known.mount ?? dialect.contract.mount}${path}`)
        .redirects(0);
      return known.auth === 'none' ? test : test.set('X-Auth-Token', token);
    },
    met: async (name, status) => {
      const { cells } = await admin('get', '/coverage');
      return cells.find((cell: Body) => `${cell.dialect}.${cell.operation}` === name && cell.status === status);
    },
  };
}
