import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import request, { type Test } from 'supertest';
import { type Body, type Client, clientOf } from '../conformance/support.ts';
import { NOON, type StartedEmulator, startEmulator, type TestOptions } from '../support/emulator.ts';
import { type RawRequest, type RawResponse, sendRaw } from '../support/raw-socket.ts';

/** The dialects that manage images. */
export const IMAGE_APIS = ['image-v2', 'compute-v2.1', 'rackspace-images', 'rackspace-servers', 'ims'] as const;

/** Image data of these tests, longer than the offset at which any shipped scenario cuts. */
export const DATA = Buffer.from(Array.from({ length: 3000 }, (_, at) => at % 251));

/** Milliseconds that a test waits before it concludes that nothing more is sent. */
export const SILENCE_MS = 150;

export interface RequestOptions {
  /** Name of a fixture image, or an id. */
  readonly image?: string;
  /** Name of the image to create. */
  readonly name?: string;
  /** The User-Agent header. */
  readonly agent?: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RawRequestOptions extends Pick<RequestOptions, 'image' | 'agent' | 'headers'> {
  readonly search?: string;
  readonly body?: RawRequest['body'];
  readonly silenceMs?: number;
}

/** A logged-in client that enables shipped scenarios and sends requests. */
export class ScenarioClient {
  readonly base: Client;
  readonly #servers: ReadonlyMap<string, string>;
  readonly #enabled = new Set<string>();

  private constructor(base: Client, servers: ReadonlyMap<string, string>) {
    this.base = base;
    this.#servers = servers;
  }

  static async create(emulator: StartedEmulator, user?: string): Promise<ScenarioClient> {
    const base = await clientOf(emulator, user);
    const { servers } = await base.admin('get', '/servers');
    return new ScenarioClient(
      base,
      new Map(servers.map((server: { name: string; id: string }) => [server.name, server.id])),
    );
  }

  /** Logs in as another user. */
  as(user: string): Promise<ScenarioClient> {
    return ScenarioClient.create(this.base.emulator, user);
  }

  /** Enables a shipped scenario. The test fails if it never fires. */
  enable(name: string): Promise<unknown> {
    this.#enabled.add(name);
    return this.base.admin('post', `/scenarios/${name}/enable`);
  }

  /** Returns the enabled scenarios that never fired. */
  unusedScenarios(): readonly string[] {
    const { faults } = this.base.emulator.worlds.default;
    return [...this.#enabled].filter((name) => faults.report(name)?.rules.every(({ fired }) => fired === 0));
  }

  /** Advances the clock, for example by `30s`. */
  advance(time: string): Promise<unknown> {
    return this.base.admin('put', '/clock', { advance: time });
  }

  /** Sends a request for an operation, with a valid body. */
  send(operation: string, options: RequestOptions = {}): Test {
    const test = this.base.send(operation, this.#params(options));
    if (options.agent !== undefined) test.set('User-Agent', options.agent);
    if (options.query !== undefined) test.query(options.query);
    for (const [name, value] of Object.entries(options.headers ?? {})) test.set(name, value);
    const addBody = BODIES[operation];
    return addBody === undefined
      ? test
      : addBody(test, {
          name: options.name ?? 'created',
          server: this.server('stopped-1'),
          idOf: this.base.imageId,
        });
  }

  /** Returns the id of a fixture server. */
  server(name: string): string {
    return this.#servers.get(name) as string;
  }

  /** Sends a request over a TCP connection and returns the bytes of the response. */
  sendRaw(
    operation: string,
    { search = '', body, silenceMs, agent, headers, ...target }: RawRequestOptions = {},
  ): Promise<RawResponse> {
    const { method, url } = this.base.send(operation, this.#params(target));
    const { port, pathname } = new URL(url);
    const length = body?.reduce((sum, part) => sum + part.length, 0);
    return sendRaw(Number(port), {
      method,
      path: `${pathname}${search}`,
      headers: {
        'X-Auth-Token': this.base.token,
        ...(agent !== undefined && { 'User-Agent': agent }),
        ...(length !== undefined && { 'Content-Type': 'application/octet-stream', 'Content-Length': length }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      ...(silenceMs !== undefined && { silenceMs }),
    });
  }

  /** Creates an image through the Image API, without data. Returns its id. */
  async createQueuedImage(name = 'queued'): Promise<string> {
    return (await this.send('image-v2.createImage', { name })).body.id;
  }

  /** Creates an image through the Image API and uploads `DATA`. Returns its id. */
  async createActiveImage(name = 'stored'): Promise<string> {
    const image = await this.createQueuedImage(name);
    await this.upload('image-v2.uploadImageData', image);
    return image;
  }

  /** Uploads `DATA` to an image. */
  upload(operation: string, image: string): Test {
    return this.send(operation, { image }).set('Content-Type', 'application/octet-stream').send(DATA);
  }

  /** Returns a job of ims. */
  async showJob(jobId: string): Promise<Body> {
    return (await this.base.send('ims.showJob', { job_id: jobId })).body;
  }

  /** Returns a task of rackspace-images. */
  async showTask(taskId: string): Promise<Body> {
    return (await this.base.send('rackspace-images.showTask', { task_id: taskId })).body;
  }

  /** Changes an image through the admin API, without the rules of the services. */
  overrideImage(image: string, changes: object): Test {
    return request(this.base.emulator.url).patch(`/__admin/images/${image}`).send(changes).expect(200);
  }

  /** Returns the status of an image in the store, which may differ from what clients see. */
  statusOf(image: string): string | undefined {
    return this.base.emulator.worlds.default.images.peek(image)?.status;
  }

  /** Waits until an image has this status. The server notices a closed connection with a delay. */
  async waitForStatus(image: string, status: string): Promise<void> {
    for (let polls = 0; this.statusOf(image) !== status; polls += 1) {
      if (polls === 2000) throw new Error(`the image is ${this.statusOf(image)}, not ${status}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Counts the images with a name. */
  async countImages(name: string): Promise<number> {
    const { emulator } = this.base;
    const { images } = emulator.worlds.default.images.list({
      audience: { kind: 'everyone' },
      equal: { name: [name] },
      limit: 100,
    });
    return images.length;
  }

  #params({ image = 'demo-private' }: Pick<RequestOptions, 'image'>): Readonly<Record<string, string>> {
    const isId = /^[0-9a-f]{8}-/.test(image);
    return {
      image_id: isId ? image : this.base.imageId(image),
      server_id: this.server('web-1'),
      tag: 'fresh',
      key: 'role',
      member_id: this.base.projectId,
    };
  }
}

/** Values for a request body. */
interface BodyValues {
  readonly name: string;
  /** Id of a server. */
  readonly server: string;
  /** Returns the id of a fixture image. */
  readonly idOf: (image: string) => string;
}

/** Name of a project to share with. The services accept any text as a project id. */
const ALT = 'alt_demo';

type AddBody = (test: Test, values: BodyValues) => Test;

const json =
  (body: (values: BodyValues) => object): AddBody =>
  (test, values) =>
    test.send(body(values));
const patch: AddBody = (test) =>
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

/** The request body of each operation that needs one. */
const BODIES: Readonly<Record<string, AddBody>> = {
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
 * Creates a client for each test of a file and resets the world before each test. The clock is frozen at noon. A test
 * fails when a scenario that it enabled never fired.
 */
export function setUpScenarioClient(options: TestOptions = {}): { readonly client: ScenarioClient } {
  const context: { client: ScenarioClient } = { client: undefined as unknown as ScenarioClient };
  let emulator: StartedEmulator;
  beforeAll(async () => {
    emulator = await startEmulator({ frozenAt: NOON, ...options });
  });
  beforeEach(async () => {
    emulator.worlds.default.reset();
    context.client = await ScenarioClient.create(emulator);
  });
  afterEach(() => expect(context.client.unusedScenarios()).toEqual([]));
  afterAll(() => emulator.close());
  return context;
}

/** Reads the id of a created image from the Location header of a response. */
export const createdImageId = ({ headers }: { readonly headers: Readonly<Record<string, string>> }): string =>
  String(headers['location']).split('/').at(-1) as string;

/** Sends requests one after the other and returns their statuses. */
export async function statuses(
  count: number,
  send: () => PromiseLike<{ readonly status: number }>,
): Promise<readonly number[]> {
  const received: number[] = [];
  for (let number = 0; number < count; number += 1) received.push((await send()).status);
  return received;
}

/** Parses the body of a raw response as JSON. */
export const jsonOf = ({ body }: RawResponse): unknown => JSON.parse(body);

/** Reads the Content-Length header of a raw response. */
export const contentLengthOf = ({ head }: RawResponse): number => Number(/^content-length: (\d+)/im.exec(head)?.[1]);

/** Reads a test file of this folder. */
export const readSource = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
