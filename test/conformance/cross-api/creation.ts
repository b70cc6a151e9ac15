import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'supertest';
import type { Body, Client } from '../support.ts';
import { done } from './changes.ts';

/** Makes an image of that name and answers its id. */
export type Making = (client: Client, name: string) => Promise<string>;

const BYTES = Buffer.from('the bytes of a disk');
const OS = 'CentOS 7.3 64bit';

const sendData = (client: Client, operation: string, image_id: string): Promise<Response> =>
  done(client.send(operation, { image_id }).set('Content-Type', 'application/octet-stream').send(BYTES));

/** An image without data, as image-v2 makes it. */
async function registered(client: Client, name: string): Promise<string> {
  const wish = { name, disk_format: 'raw', container_format: 'bare' };
  return (await done(client.send('image-v2.createImage').send(wish))).body.id;
}

function serverId({ emulator, projectId }: Client, name: string): string {
  const found = emulator.worlds.default.servers.list({ projectId }).find((server) => server.name === name);
  if (found === undefined) throw new Error(`the fixtures hold no server ${name}`);
  return found.id;
}

const snapshot =
  (operation: string): Making =>
  async (client, name) => {
    const asked = client.send(operation, { server_id: serverId(client, 'web-1') });
    const { headers } = await done(asked.send({ createImage: { name } }));
    return String(headers['location']).split('/').at(-1) ?? '';
  };

/** The image of a job of ims that has ended. */
const byJob =
  (operation: string, wish: (client: Client) => object): Making =>
  async (client, name) => {
    const { body } = await done(client.send(operation).send({ name, ...wish(client) }));
    return imageOfJob(client, body.job_id);
  };

async function imageOfJob(client: Client, job_id: string): Promise<string> {
  const { body } = await done(client.send('ims.showJob', { job_id }));
  if (body.status !== 'SUCCESS') throw new Error(JSON.stringify(body));
  return body.entities.image_id ?? body.entities.sub_jobs_result[0].entities.image_id;
}

/** Serves bytes on loopback for as long as something is done with their address. */
async function serving<T>(use: (url: string) => Promise<T>): Promise<T> {
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

/** How images come into being, through which operations. */
export interface Creation {
  readonly title: string;
  readonly ways: Readonly<Record<string, Making>>;
}

const SENDING: Creation['ways'] = {
  'image-v2.uploadImageData': async (client, name) => {
    const id = await registered(client, name);
    await sendData(client, 'image-v2.uploadImageData', id);
    return id;
  },
  'image-v2.importImage': async (client, name) => {
    const id = await registered(client, name);
    await sendData(client, 'image-v2.stageImageData', id);
    const method = { name: 'glance-direct' };
    await done(client.send('image-v2.importImage', { image_id: id }).send({ method }));
    return id;
  },
  'ims.uploadImage': async (client, name) => {
    const { body } = await done(client.send('ims.createImage').send({ name, __os_version: OS, min_disk: 40 }));
    await sendData(client, 'ims.uploadImage', body.id);
    return body.id;
  },
};

const FETCHING: Creation['ways'] = {
  'image-v2.importImage': async (client, name) => {
    const id = await registered(client, name);
    await serving((uri) => {
      const method = { name: 'web-download', uri };
      return done(client.send('image-v2.importImage', { image_id: id }).send({ method }));
    });
    return id;
  },
  'image-v2.addImageLocation': async (client, name) => {
    const id = await registered(client, name);
    await serving((url) => done(client.send('image-v2.addImageLocation', { image_id: id }).send({ url })));
    return id;
  },
  'rackspace-images.createImportTask': async (client, name) => {
    const input = { image_properties: { name }, import_from: 'exports/my-image.vhd' };
    const { body } = await done(client.send('rackspace-images.createImportTask').send({ type: 'import', input }));
    return (await done(client.send('rackspace-images.showTask', { task_id: body.id }))).body.result.image_id;
  },
  'ims.registerImage': async (client, name) => {
    const { body } = await done(client.send('ims.createImage').send({ name, __os_version: OS, min_disk: 40 }));
    const asked = client.send('ims.registerImage', { image_id: body.id });
    await done(asked.send({ image_url: 'images:centos.qcow2' }));
    return body.id;
  },
  'ims.createCloudImage': byJob('ims.createCloudImage', () => ({
    image_url: 'images:centos.qcow2',
    os_version: OS,
    min_disk: 40,
  })),
  'ims.quickImport': byJob('ims.quickImport', () => ({
    image_url: 'images:centos.zvhd2',
    os_version: OS,
    min_disk: 40,
  })),
  'ims.createDataImage': byJob('ims.createDataImage', () => ({
    image_url: 'images:data.qcow2',
    os_type: 'Linux',
    min_disk: 40,
  })),
};

const TAKING: Creation['ways'] = {
  'compute-v2.1.createServerImage': snapshot('compute-v2.1.createServerImage'),
  'rackspace-servers.createServerImage': snapshot('rackspace-servers.createServerImage'),
  'ims.createCloudImage': byJob('ims.createCloudImage', (client) => ({ instance_id: serverId(client, 'stopped-1') })),
  'ims.createWholeImage': byJob('ims.createWholeImage', (client) => ({ instance_id: serverId(client, 'stopped-1') })),
};

const SCHEDULING: Creation['ways'] = {
  'rackspace-servers.enableScheduledImages': async (client) => {
    const world = client.emulator.worlds.default;
    const schedule = client.send('rackspace-servers.enableScheduledImages', { server_id: serverId(client, 'web-1') });
    await done(schedule.send({ image_schedule: { retention: 1 } }));
    world.clock.advance(86_400_000);
    const later = await client.as('demo');
    const { body } = await done(later.send('rackspace-servers.listImages').query({ type: 'SNAPSHOT' }));
    return body.images.find(({ name }: Body) => name.startsWith('daily-web-1-')).id;
  },
};

const COPYING: Creation['ways'] = {
  'ims.copyImage': async (client, name) => {
    const asked = client.send('ims.copyImage', { image_id: client.imageId('demo-private') });
    return imageOfJob(client, (await done(asked.send({ name }))).body.job_id);
  },
};

/** Every way to an image with data. */
export const CREATIONS: readonly Creation[] = [
  { title: 'is made of data that is sent', ways: SENDING },
  { title: 'is made of a file that the cloud fetches', ways: FETCHING },
  { title: 'is made of a server', ways: TAKING },
  { title: 'is made of a server every day', ways: SCHEDULING },
  { title: 'is a copy of another one', ways: COPYING },
];

/** Begins to make an image of that name. */
type Beginning = (client: Client, name: string) => Promise<unknown>;

/** Operations that answer before the image is there. */
export const BEGINNING: Readonly<Record<string, Beginning>> = {
  'compute-v2.1.createServerImage': snapshot('compute-v2.1.createServerImage'),
  'rackspace-servers.createServerImage': snapshot('rackspace-servers.createServerImage'),
  'rackspace-images.createImportTask': (client, name) => {
    const input = { image_properties: { name }, import_from: 'exports/my-image.vhd' };
    return done(client.send('rackspace-images.createImportTask').send({ type: 'import', input }));
  },
  'ims.createCloudImage': (client, name) =>
    done(client.send('ims.createCloudImage').send({ name, instance_id: serverId(client, 'stopped-1') })),
};

/** Ways to an image that waits for its data. */
export const REGISTERING: Creation['ways'] = {
  'image-v2.createImage': registered,
  'ims.createImage': async (client, name) => (await done(client.send('ims.createImage').send({ name }))).body.id,
};

/** Operations that change something, and nothing that the five show of images; why. */
export const UNSEEN: Readonly<Record<string, string>> = {
  'image-v2.stageImageData': 'part of an import',
  'image-v2.deleteImageFromStore': 'takes one of several copies of the data away',
  'image-v2.createTask': 'imports for administrators, as importImage does',
  'image-v2.deleteTask': 'tasks',
  'image-v2.queueCacheImage': 'the cache',
  'image-v2.deleteCacheImage': 'the cache',
  'image-v2.clearCache': 'the cache',
  'image-v2.cleanCache': 'the cache',
  'image-v2.pruneCache': 'the cache',
  'rackspace-images.createExportTask': 'files',
  'rackspace-servers.disableScheduledImages': 'images of later',
  'ims.exportImage': 'files',
  'ims.copyImageCrossRegion': 'another region',
  'ims.queryByTags': 'asks',
};
