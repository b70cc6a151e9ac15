import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'supertest';
import type { Body, Client } from '../support.ts';
import { expectSuccess } from './changes.ts';

/** Creates an image with this name and returns its id. */
export type CreateImage = (client: Client, name: string) => Promise<string>;

const BYTES = Buffer.from('the bytes of a disk');
const OS = 'CentOS 7.3 64bit';

const sendData = (client: Client, operation: string, image_id: string): Promise<Response> =>
  expectSuccess(client.send(operation, { image_id }).set('Content-Type', 'application/octet-stream').send(BYTES));

/** Creates an image without data through image-v2. */
async function createQueued(client: Client, name: string): Promise<string> {
  const body = { name, disk_format: 'raw', container_format: 'bare' };
  return (await expectSuccess(client.send('image-v2.createImage').send(body))).body.id;
}

function serverId({ emulator, projectId }: Client, name: string): string {
  const found = emulator.worlds.default.servers.list({ projectId }).find((server) => server.name === name);
  if (found === undefined) throw new Error(`The fixtures have no server "${name}".`);
  return found.id;
}

const snapshot =
  (operation: string): CreateImage =>
  async (client, name) => {
    const pending = client.send(operation, { server_id: serverId(client, 'web-1') });
    const { headers } = await expectSuccess(pending.send({ createImage: { name } }));
    return String(headers['location']).split('/').at(-1) ?? '';
  };

/** Creates an image through a job of ims and waits for it. */
const viaJob =
  (operation: string, options: (client: Client) => object): CreateImage =>
  async (client, name) => {
    const { body } = await expectSuccess(client.send(operation).send({ name, ...options(client) }));
    return imageOfJob(client, body.job_id);
  };

async function imageOfJob(client: Client, job_id: string): Promise<string> {
  const { body } = await expectSuccess(client.send('ims.showJob', { job_id }));
  if (body.status !== 'SUCCESS') throw new Error(JSON.stringify(body));
  return body.entities.image_id ?? body.entities.sub_jobs_result[0].entities.image_id;
}

/** Serves a file on loopback while `use` runs with its address. */
async function withFileServer<T>(use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => response.end(BYTES));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/image.bin`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** A kind of creation, and the operations that create an image with data in this way. */
export interface Creation {
  /** How the image is created, for test titles and docs/differences.md. */
  readonly title: string;
  readonly operations: Readonly<Record<string, CreateImage>>;
}

const UPLOADS: Creation['operations'] = {
  'image-v2.uploadImageData': async (client, name) => {
    const id = await createQueued(client, name);
    await sendData(client, 'image-v2.uploadImageData', id);
    return id;
  },
  'image-v2.importImage': async (client, name) => {
    const id = await createQueued(client, name);
    await sendData(client, 'image-v2.stageImageData', id);
    const method = { name: 'glance-direct' };
    await expectSuccess(client.send('image-v2.importImage', { image_id: id }).send({ method }));
    return id;
  },
  'ims.uploadImage': async (client, name) => {
    const { body } = await expectSuccess(client.send('ims.createImage').send({ name, __os_version: OS, min_disk: 40 }));
    await sendData(client, 'ims.uploadImage', body.id);
    return body.id;
  },
};

const DOWNLOADS: Creation['operations'] = {
  'image-v2.importImage': async (client, name) => {
    const id = await createQueued(client, name);
    await withFileServer((uri) => {
      const method = { name: 'web-download', uri };
      return expectSuccess(client.send('image-v2.importImage', { image_id: id }).send({ method }));
    });
    return id;
  },
  'image-v2.addImageLocation': async (client, name) => {
    client.emulator.worlds.default.setRelease('2025.1');
    const id = await createQueued(client, name);
    await withFileServer((url) =>
      expectSuccess(client.send('image-v2.addImageLocation', { image_id: id }).send({ url })),
    );
    return id;
  },
  'rackspace-images.createImportTask': async (client, name) => {
    const input = { image_properties: { name }, import_from: 'exports/my-image.vhd' };
    const { body } = await expectSuccess(
      client.send('rackspace-images.createImportTask').send({ type: 'import', input }),
    );
    return (await expectSuccess(client.send('rackspace-images.showTask', { task_id: body.id }))).body.result.image_id;
  },
  'ims.registerImage': async (client, name) => {
    const { body } = await expectSuccess(client.send('ims.createImage').send({ name, __os_version: OS, min_disk: 40 }));
    const pending = client.send('ims.registerImage', { image_id: body.id });
    await expectSuccess(pending.send({ image_url: 'images:centos.qcow2' }));
    return body.id;
  },
  'ims.createCloudImage': viaJob('ims.createCloudImage', () => ({
    image_url: 'images:centos.qcow2',
    os_version: OS,
    min_disk: 40,
  })),
  'ims.quickImport': viaJob('ims.quickImport', () => ({
    image_url: 'images:centos.zvhd2',
    os_version: OS,
    min_disk: 40,
  })),
  'ims.createDataImage': viaJob('ims.createDataImage', () => ({
    image_url: 'images:data.qcow2',
    os_type: 'Linux',
    min_disk: 40,
  })),
};

const SNAPSHOTS: Creation['operations'] = {
  'compute-v2.1.createServerImage': snapshot('compute-v2.1.createServerImage'),
  'rackspace-servers.createServerImage': snapshot('rackspace-servers.createServerImage'),
  'ims.createCloudImage': viaJob('ims.createCloudImage', (client) => ({ instance_id: serverId(client, 'stopped-1') })),
  'ims.createWholeImage': viaJob('ims.createWholeImage', (client) => ({ instance_id: serverId(client, 'stopped-1') })),
};

const SCHEDULED_SNAPSHOTS: Creation['operations'] = {
  'rackspace-servers.enableScheduledImages': async (client) => {
    const world = client.emulator.worlds.default;
    const schedule = client.send('rackspace-servers.enableScheduledImages', { server_id: serverId(client, 'web-1') });
    await expectSuccess(schedule.send({ image_schedule: { retention: 1 } }));
    world.clock.advance(86_400_000);
    const later = await client.as('demo');
    const { body } = await expectSuccess(later.send('rackspace-servers.listImages').query({ type: 'SNAPSHOT' }));
    return body.images.find(({ name }: Body) => name.startsWith('daily-web-1-')).id;
  },
};

const COPIES: Creation['operations'] = {
  'ims.copyImage': async (client, name) => {
    const pending = client.send('ims.copyImage', { image_id: client.imageId('demo-private') });
    return imageOfJob(client, (await expectSuccess(pending.send({ name }))).body.job_id);
  },
};

/** All operations that create an image with data. */
export const CREATIONS: readonly Creation[] = [
  { title: 'is created from uploaded data', operations: UPLOADS },
  { title: 'is created from a downloaded file', operations: DOWNLOADS },
  { title: 'is created from a server', operations: SNAPSHOTS },
  { title: 'is created from a server every day', operations: SCHEDULED_SNAPSHOTS },
  { title: 'is copied from another image', operations: COPIES },
];

/** Starts the creation of an image with this name. */
type StartCreation = (client: Client, name: string) => Promise<unknown>;

/** Operations that return before the image is created. */
export const SLOW_CREATIONS: Readonly<Record<string, StartCreation>> = {
  'compute-v2.1.createServerImage': snapshot('compute-v2.1.createServerImage'),
  'rackspace-servers.createServerImage': snapshot('rackspace-servers.createServerImage'),
  'rackspace-images.createImportTask': (client, name) => {
    const input = { image_properties: { name }, import_from: 'exports/my-image.vhd' };
    return expectSuccess(client.send('rackspace-images.createImportTask').send({ type: 'import', input }));
  },
  'ims.createCloudImage': (client, name) =>
    expectSuccess(client.send('ims.createCloudImage').send({ name, instance_id: serverId(client, 'stopped-1') })),
};

/** Operations that create an image without data. */
export const REGISTRATIONS: Creation['operations'] = {
  'image-v2.createImage': createQueued,
  'ims.createImage': async (client, name) =>
    (await expectSuccess(client.send('ims.createImage').send({ name }))).body.id,
};

/** Operations that change nothing that the five APIs show of images, with the reason. */
export const INVISIBLE: Readonly<Record<string, string>> = {
  'image-v2.stageImageData': 'first step of an import',
  'image-v2.deleteImageFromStore': 'removes one of several copies of the data',
  'image-v2.createTask': 'imports an image for administrators, like importImage',
  'image-v2.deleteTask': 'deletes a task',
  'image-v2.queueCacheImage': 'changes only the cache',
  'image-v2.deleteCacheImage': 'changes only the cache',
  'image-v2.clearCache': 'changes only the cache',
  'image-v2.cleanCache': 'changes only the cache',
  'image-v2.pruneCache': 'changes only the cache',
  'rackspace-images.createExportTask': 'creates a file',
  'rackspace-servers.disableScheduledImages': 'affects only future images',
  'ims.exportImage': 'creates a file',
  'ims.copyImageCrossRegion': 'creates an image in another region',
  'ims.queryByTags': 'only reads',
};
