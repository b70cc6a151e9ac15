import request, { type Test } from 'supertest';
import type { Cell } from '../../src/coverage/report.ts';
import type { OperationRef } from '../../src/dialects/dialect.ts';
import { KEEP_ALIVE, login, type StartedEmulator } from '../support/emulator.ts';

/** A client of an emulator that is logged in as a user. */
export interface Client {
  readonly emulator: StartedEmulator;
  readonly token: string;
  readonly projectId: string;
  /** Returns the id of an image of the fixtures. */
  imageId(name: string): string;
  /** Finds an operation, such as `image-v2.showImage`. */
  operation(name: string): OperationRef;
  /** Sends a request with the token. `params` fill the path; other path parameters get values of the fixtures. */
  send(name: string, params?: Readonly<Record<string, string>>): Test;
  /** Logs in as another user: `admin`, `alt_demo`, `demo_reader`. */
  as(user: string): Promise<Client>;
  /** Sends a request to the admin API; throws when it fails. */
  admin(method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object): Promise<Body>;
  /** Returns how often an operation returned a status, as the admin API reports it. */
  cellOf(name: string, status: number): Promise<Cell>;
}

/** A parsed response body. */
// biome-ignore lint/suspicious/noExplicitAny: responses are checked member by member
export type Body = any;

/** Logs a client in. */
export async function clientOf(emulator: StartedEmulator, user = 'demo'): Promise<Client> {
  const { url } = emulator;
  const token = await login(url, { user });
  const world = emulator.worlds.default;
  const projectId = world.identity.callerOf(token)?.projectId ?? '';
  const { images } = world.images.list({ audience: { kind: 'everyone' }, deleted: 'include', limit: 1000 });
  const ids = new Map(images.map(({ name, id }) => [name, id]));
  const imageId = (name: string): string => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`The fixtures have no image "${name}".`);
    return id;
  };
  const operation = (name: string): OperationRef => {
    const ref = emulator.routes.operation(name);
    if (ref === undefined) throw new Error(`Operation "${name}" does not exist.`);
    return ref;
  };
  const defaults: Readonly<Record<string, string>> = {
    image_id: imageId('demo-private'),
    tenant_id: projectId,
    project_id: projectId,
    version: 'v2',
    token_id: token,
  };
  const admin: Client['admin'] = async (method, path, body) => {
    const response = await request(url)[method](`/__admin${path}`).agent(KEEP_ALIVE).send(body);
    if (response.status >= 300) throw new Error(`${method} ${path} returned ${response.status}: ${response.text}`);
    return response.body as Body;
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
      const path = known.path.replaceAll(/\{(\w+)\}/g, (_, param: string) => params[param] ?? defaults[param] ?? 'x');
      const test = request(url)
        [known.method](`${known.mount ?? dialect.contract.mount}${path}`)
        .agent(KEEP_ALIVE)
        .redirects(0);
      return known.auth === 'none' ? test : test.set('X-Auth-Token', token);
    },
    cellOf: async (name, status) => {
      const { dialect, id } = operation(name);
      const cells = emulator.worlds.default.coverage.cellsOf(dialect.name, id);
      const cell = cells.find((each) => each.status === status);
      if (cell === undefined) throw new Error(`${name} has no documented ${status}`);
      return cell;
    },
  };
}
