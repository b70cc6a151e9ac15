import request from 'supertest';
import type { Image } from '../../../src/domain/image.ts';
import type { Limits } from '../../../src/domain/limits.ts';
import type { Emulator } from '../../../src/emulator.ts';
import { defaultFixtures } from '../../../src/fixtures/default-fixtures.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

export type User = 'demo' | 'demo2' | 'demo_reader' | 'alt_demo' | 'admin';

/** A cloud without images and metadata definitions, with helpers that send requests of its users to the Image API. */
export interface Cloud {
  readonly emulator: Emulator;
  /** Sends a request to `path` below `/image`, with the token of `user` unless it is null. */
  send(method: string, path: string, options?: SendOptions): Promise<request.Response>;
  /** Creates an image and returns its representation. */
  create(body: object, user?: User): Promise<Body>;
  /** Creates a raw image and uploads its data. */
  createActive(body: object, data: string, user?: User): Promise<Body>;
  patch(id: string, steps: unknown, options?: SendOptions): Promise<request.Response>;
  upload(id: string, data: string, options?: SendOptions): Promise<request.Response>;
  /** Uploads without a Content-Length. */
  uploadChunked(id: string, data: string): Promise<request.Response>;
  names(query: string, user?: User): Promise<readonly (string | null)[]>;
  projectOf(user: User): Promise<string>;
  /** Replaces members of an image without checks. */
  edit(id: string, changes: Partial<Image>): void;
}

export interface SendOptions {
  readonly user?: User | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}

/** A parsed response body. */
// biome-ignore lint/suspicious/noExplicitAny: responses are checked member by member
export type Body = any;

export const V21 = 'application/openstack-images-v2.1-json-patch';
export const V20 = 'application/openstack-images-v2.0-json-patch';

export function createCloud(limits: Partial<Limits> = {}): Cloud {
  const emulator = createTestEmulator({ fixtures: { ...defaultFixtures(), images: [], servers: [], metadefs: [] } });
  const { app, worlds } = emulator;
  worlds.default.setLimits(limits);
  const tokens = new Map<User, Promise<string>>();
  const token = (user: User): Promise<string> => {
    let pendingLogin = tokens.get(user);
    if (pendingLogin === undefined) {
      pendingLogin = login(app, { user });
      tokens.set(user, pendingLogin);
    }
    return pendingLogin;
  };
  const cloud: Cloud = {
    emulator,
    async send(method, path, { user = 'demo', headers = {}, body } = {}) {
      const pending = request(app)[method.toLowerCase() as 'get'](`/image${path}`);
      if (user !== null) pending.set('X-Auth-Token', await token(user));
      for (const [name, value] of Object.entries({ Accept: '*/*', ...headers })) pending.set(name, value);
      if (body === undefined) return pending;
      if (headers['Content-Type'] === undefined) pending.set('Content-Type', 'application/json');
      // Otherwise supertest serializes a string once more.
      return pending
        .serialize((value: unknown) => String(value))
        .send(typeof body === 'string' ? body : JSON.stringify(body));
    },
    async create(body, user = 'demo') {
      const response = await cloud.send('POST', '/v2/images', { user, body });
      if (response.status !== 201) throw new Error(`create returned ${response.status}: ${response.text}`);
      return response.body;
    },
    async createActive(body, data, user = 'demo') {
      const image = await cloud.create({ disk_format: 'raw', container_format: 'bare', ...body }, user);
      const response = await cloud.upload(image.id, data, { user });
      if (response.status !== 204) throw new Error(`upload returned ${response.status}: ${response.text}`);
      return image;
    },
    patch: (id, steps, options = {}) =>
      cloud.send('PATCH', `/v2/images/${id}`, {
        body: steps as object,
        ...options,
        headers: { 'Content-Type': V21, ...options.headers },
      }),
    upload: (id, data, options = {}) =>
      cloud.send('PUT', `/v2/images/${id}/file`, {
        body: data,
        ...options,
        headers: { 'Content-Type': 'application/octet-stream', ...options.headers },
      }),
    async uploadChunked(id, data) {
      const pending = request(app).put(`/image/v2/images/${id}/file`);
      pending.set({ Accept: '*/*', 'X-Auth-Token': await token('demo'), 'Content-Type': 'application/octet-stream' });
      pending.write(data);
      return pending;
    },
    async names(query, user = 'demo') {
      const response = await cloud.send('GET', `/v2/images${query}`, { user });
      if (response.status !== 200) throw new Error(`list returned ${response.status}: ${response.text}`);
      return response.body.images.map((image: Body) => image.name);
    },
    async projectOf(user) {
      const caller = worlds.default.identity.callerOf(await token(user));
      if (caller === undefined) throw new Error(`${user} has no token`);
      return caller.projectId;
    },
    edit(id, changes) {
      const { images } = worlds.default;
      const image = images.peek(id);
      if (image === undefined) throw new Error(`no image ${id}`);
      images.place({ ...image, ...changes });
    },
  };
  return cloud;
}

/** Returns the message of an error in any of its three formats. */
export function messageOf(response: request.Response): string {
  const html = /<h1>[^<]*<\/h1>\n {2}(.*?)<br \/>/s.exec(response.text);
  const text = html?.[1] ?? response.text;
  return text.replaceAll('&#x27;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
