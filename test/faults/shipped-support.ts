import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import request, { type Test } from 'supertest';
import { type Body, type Client, clientOf } from '../conformance/support.ts';
import { NOON, type StartedEmulator, startEmulator, type TestOptions } from '../support/emulator.ts';
import { type RawAnswer, type RawRequest, sendRaw } from '../support/raw-socket.ts';

/** The APIs that answer for images. */
export const IMAGE_APIS = ['image-v2', 'compute-v2.1', 'rackspace-images', 'rackspace-servers', 'ims'] as const;

/** Data of an image in these tests: longer than what any shipped scenario cuts after. */
export const DATA = Buffer.from(Array.from({ length: 3000 }, (_, at) => at % 251));

/** As long as a test waits for what must not come. */
export const PATIENCE = 150;

export interface Ask {
  /** Name of an image of the fixtures, or an id. */
  readonly image?: string;
  /** Name of what is made. */
  readonly name?: string;
  /** User-Agent. */
  readonly agent?: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RawAsk extends Pick<Ask, 'image' | 'agent' | 'headers'> {
  readonly search?: string;
  readonly body?: RawRequest['body'];
  readonly patience?: number;
}

/** A client that meets shipped scenarios. */
export class Player {
  readonly client: Client;
  readonly #servers: ReadonlyMap<string, string>;
  readonly #enabled = new Set<string>();

  private constructor(client: Client, servers: ReadonlyMap<string, string>) {
    this.client = client;
    this.#servers = servers;
  }

  static async of(emulator: StartedEmulator, user?: string): Promise<Player> {
    const client = await clientOf(emulator, user);
    const { servers } = await client.admin('get', '/servers');
    return new Player(client, new Map(servers.map((server: { name: string; id: string }) => [server.name, server.id])));
  }

  /** Another user. */
  as(user: string): Promise<Player> {
    return Player.of(this.client.emulator, user);
  }

  enable(name: string): Promise<unknown> {
    this.#enabled.add(name);
    return this.client.admin('post', `/scenarios/${name}/enable`);
  }

  /** Scenarios that it enabled and that did nothing to any call. */
  idle(): readonly string[] {
    const { faults } = this.client.emulator.worlds.default;
    return [...this.#enabled].filter((name) => faults.report(name)?.rules.every(({ taken }) => taken === 0));
  }

  advance(time: string): Promise<unknown> {
    return this.client.admin('put', '/clock', { advance: time });
  }

  /** A call of an operation, with a body that it takes. */
  on(operation: string, ask: Ask = {}): Test {
    const test = this.client.send(operation, this.#params(ask));
    if (ask.agent !== undefined) test.set('User-Agent', ask.agent);
    if (ask.query !== undefined) test.query(ask.query);
    for (const [name, value] of Object.entries(ask.headers ?? {})) test.set(name, value);
    const fill = BODIES[operation];
    return fill === undefined
      ? test
      : fill(test, { name: ask.name ?? 'made', server: this.server('stopped-1'), idOf: this.client.imageId });
  }

  server(name: string): string {
    return this.#servers.get(name) as string;
  }

  /** The same over a bare connection. */
  raw(operation: string, { search = '', body, patience, agent, headers, ...ask }: RawAsk = {}): Promise<RawAnswer> {
    const { method, url } = this.client.send(operation, this.#params(ask));
    const { port, pathname } = new URL(url);
    const length = body?.reduce((sum, part) => sum + part.length, 0);
    return sendRaw(Number(port), {
      method,
      path: `${pathname}${search}`,
      headers: {
        'X-Auth-Token': this.client.token,
        ...(agent !== undefined && { 'User-Agent': agent }),
        ...(length !== undefined && { 'Content-Type': 'application/octet-stream', 'Content-Length': length }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      ...(patience !== undefined && { patience }),
    });
  }

  /** An image of the Image API that waits for data. */
  async queued(name = 'queued'): Promise<string> {
    return (await this.on('image-v2.createImage', { name })).body.id;
  }

  /** An image of the Image API that has `DATA`. */
  async stored(name = 'stored'): Promise<string> {
    const image = await this.queued(name);
    await this.upload('image-v2.uploadImageData', image);
    return image;
  }

  upload(operation: string, image: string): Test {
    return this.on(operation, { image }).set('Content-Type', 'application/octet-stream').send(DATA);
  }

  /** What a job of ims says of itself. */
  async job(jobId: string): Promise<Body> {
    return (await this.client.send('ims.showJob', { job_id: jobId })).body;
  }

  /** What a task of rackspace-images says of itself. */
  async task(taskId: string): Promise<Body> {
    return (await this.client.send('rackspace-images.showTask', { task_id: taskId })).body;
  }

  /** Puts an image into any state, past the rules of the services. */
  change(image: string, changes: object): Test {
    return request(this.client.emulator.url).patch(`/__admin/images/${image}`).send(changes).expect(200);
  }

  /** Status of an image in the store, whatever clients hear. */
  statusOf(image: string): string | undefined {
    return this.client.emulator.worlds.default.images.peek(image)?.status;
  }

  /** Waits until an image has this status: a client that hangs up is not heard of at once. */
  async settled(image: string, status: string): Promise<void> {
    for (let looks = 0; this.statusOf(image) !== status; looks += 1) {
      if (looks === 2000) throw new Error(`the image is ${this.statusOf(image)}, not ${status}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** How many images of a name there are. */
  async count(name: string): Promise<number> {
    const { emulator } = this.client;
    const { images } = emulator.worlds.default.images.list({
      audience: { kind: 'everyone' },
      equal: { name: [name] },
      limit: 100,
    });
    return images.length;
  }

  #params({ image = 'demo-private' }: Pick<Ask, 'image'>): Readonly<Record<string, string>> {
    const isId = /^[0-9a-f]{8}-/.test(image);
    return {
      image_id: isId ? image : this.client.imageId(image),
      server_id: this.server('db-1'),
      tag: 'fresh',
      key: 'role',
      member_id: this.client.projectId,
    };
  }
}

interface Parts {
  readonly name: string;
  readonly server: string;
  /** Id of an image of the fixtures. */
  readonly idOf: (image: string) => string;
}

/** Name of a project to share with, which the services take for an id. */
const ALT = 'alt_demo';

type Fill = (test: Test, parts: Parts) => Test;

const json =
  (body: (parts: Parts) => object): Fill =>
  (test, parts) =>
    test.send(body(parts));
const patch: Fill = (test) =>
  test
    .set('Content-Type', 'application/openstack-images-v2.1-json-patch')
    .send(JSON.stringify([{ op: 'replace', path: '/name', value: 'renamed' }]));
const domain = { id: 'default' };
const v3LogIn = json(() => ({
  auth: {
    identity: { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } },
    scope: { project: { name: 'demo', domain } },
  },
}));
const importTask = json(({ name }) => ({
  type: 'import',
  input: { image_properties: { name }, import_from: 'exports/my-image.vhd' },
}));
const metadata = json(() => ({ metadata: { role: 'web' } }));
const metadataItem = json(() => ({ meta: { role: 'web' } }));
const snapshot = json(({ name }) => ({ createImage: { name } }));

/** What operations are sent. */
const BODIES: Readonly<Record<string, Fill>> = {
  'image-v2.createImage': json(({ name }) => ({ name, disk_format: 'raw', container_format: 'bare' })),
  'ims.createImage': json(({ name }) => ({
    name,
    __os_version: 'CentOS 7.0 64bit',
    disk_format: 'raw',
    container_format: 'bare',
    min_disk: 1,
  })),
  'image-v2.updateImage': patch,
  'rackspace-images.updateImage': patch,
  'ims.updateImage': patch,
  'compute-v2.1.createServerImage': snapshot,
  'rackspace-servers.createServerImage': snapshot,
  'ims.createCloudImage': json(({ name, server }) => ({ name, instance_id: server })),
  'image-v2.createImageMember': json(() => ({ member: ALT })),
  'rackspace-images.createImageMember': json(() => ({ member: ALT })),
  'ims.createImageMember': json(() => ({ member: ALT })),
  'rackspace-images.createImportTask': importTask,
  'image-v2.createTask': json(({ name }) => ({
    type: 'import',
    input: {
      import_from: 'http://127.0.0.1:1/x',
      import_from_format: 'raw',
      image_properties: { name, container_format: 'bare' },
    },
  })),
  'rackspace-images.createExportTask': json(({ idOf }) => ({
    type: 'export',
    input: { image_uuid: idOf('web-1-snapshot'), receiving_swift_container: 'exports' },
  })),
  'ims.exportImage': json(() => ({ bucket_url: 'exports:out.qcow2', file_format: 'qcow2' })),
  'ims.copyImage': json(({ name }) => ({ name })),
  'image-v2.importImage': json(() => ({ method: { name: 'glance-direct' } })),
  'ims.quickImport': json(({ name }) => ({
    name,
    os_version: 'CentOS 7.0 64bit',
    image_url: 'images:centos.zvhd2',
    min_disk: 40,
    type: 'ECS',
  })),
  'compute-v2.1.updateImageMetadata': metadata,
  'compute-v2.1.replaceImageMetadata': metadata,
  'rackspace-servers.updateImageMetadata': metadata,
  'compute-v2.1.setImageMetadataItem': metadataItem,
  'rackspace-servers.setImageMetadataItem': metadataItem,
  'identity.authPasswordScoped': v3LogIn,
  'identity.iamAuthPassword': v3LogIn,
  'identity.v2Authenticate': json(() => ({
    auth: { passwordCredentials: { username: 'demo', password: 'secret' }, tenantName: 'demo' },
  })),
  'identity.raxAuthenticatePassword': json(() => ({
    auth: { passwordCredentials: { username: 'demo', password: 'secret' } },
  })),
};

/**
 * A player for each test of a file, whose world is as it was made, with a clock that stands still at noon. A test fails
 * that enables a scenario and meets nothing of it.
 */
export function playing(options: TestOptions = {}): { readonly player: Player } {
  const stage: { player: Player } = { player: undefined as unknown as Player };
  let emulator: StartedEmulator;
  beforeAll(async () => {
    emulator = await startEmulator({ frozenAt: NOON, ...options });
  });
  beforeEach(async () => {
    emulator.worlds.default.reset();
    stage.player = await Player.of(emulator);
  });
  afterEach(() => expect(stage.player.idle()).toEqual([]));
  afterAll(() => emulator.close());
  return stage;
}

/** Id of the image that an answer says it has made. */
export const idIn = ({ headers }: { readonly headers: Readonly<Record<string, string>> }): string =>
  String(headers['location']).split('/').at(-1) as string;

/** Statuses of a row of calls, one after the other. */
export async function statuses(
  count: number,
  call: () => PromiseLike<{ readonly status: number }>,
): Promise<readonly number[]> {
  const seen: number[] = [];
  for (let number = 0; number < count; number += 1) seen.push((await call()).status);
  return seen;
}

/** Body of a bare answer as JSON. */
export const parsed = ({ body }: RawAnswer): unknown => JSON.parse(body);

/** What a bare answer says for Content-Length. */
export const lengthIn = ({ head }: RawAnswer): number => Number(/^content-length: (\d+)/im.exec(head)?.[1]);

export const sourceOf = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
