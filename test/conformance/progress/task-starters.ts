import { recipesFor, serverId, world } from '../by-state/requests.ts';
import type { Body, Client } from '../support.ts';

/** The state of a task, as its API shows it. */
export type Outcome = 'running' | 'done' | 'failed';

/** A task that was started through an API. */
export interface StartedTask {
  /** Polls the task once through its API. */
  poll(): Promise<Outcome>;
  /** Returns the reason of its failure; absent for APIs that show none. */
  message?(): Promise<string>;
}

/** Starts a task. `source` is the address of a file. */
export type StartTask = (client: Client, source: string) => Promise<StartedTask>;

const OCTETS = 'application/octet-stream';

async function expectStatus(pending: PromiseLike<Body>, status: number): Promise<Body> {
  const response = await pending;
  if (response.status !== status) throw new Error(`${response.status} instead of ${status}: ${response.text}`);
  return response;
}

/** Creates an image without data through image-v2. */
async function createQueued(client: Client): Promise<string> {
  const body = { name: 'created', disk_format: 'raw', container_format: 'bare' };
  return (await expectStatus(client.send('image-v2.createImage').send(body), 201)).body.id;
}

const showImage = async (client: Client, imageId: string): Promise<Body> =>
  (await expectStatus(client.send('image-v2.showImage', { image_id: imageId }), 200)).body;

const byStatus =
  (outcomes: Readonly<Record<string, Outcome>>) =>
  (status: string): Outcome => {
    const outcome = outcomes[status];
    if (outcome === undefined) throw new Error(`Unexpected status ${status}.`);
    return outcome;
  };

const ofUpload = byStatus({ saving: 'running', active: 'done', killed: 'failed' });
const ofTask = byStatus({ pending: 'running', processing: 'running', success: 'done', failure: 'failed' });
const ofJob = byStatus({ INIT: 'running', RUNNING: 'running', SUCCESS: 'done', FAIL: 'failed' });
const ofServerImage = byStatus({ SAVING: 'running', ACTIVE: 'done', ERROR: 'failed' });

const upload =
  (dialect: 'image-v2' | 'ims', operation: string): StartTask =>
  async (client) => {
    const imageId = await createQueued(client);
    const pending = client
      .send(`${dialect}.${operation}`, { image_id: imageId })
      .set('Content-Type', OCTETS)
      .send('bytes');
    await expectStatus(pending, 204);
    return { poll: async () => ofUpload((await showImage(client, imageId)).status) };
  };

async function createStaged(client: Client): Promise<string> {
  const imageId = await createQueued(client);
  const pending = client
    .send('image-v2.stageImageData', { image_id: imageId })
    .set('Content-Type', OCTETS)
    .send('bytes');
  await expectStatus(pending, 204);
  return imageId;
}

const stage: StartTask = async (client) => {
  const imageId = await createStaged(client);
  return {
    poll: async () => {
      const { status, size } = await showImage(client, imageId);
      return status === 'queued' ? 'failed' : size === null ? 'running' : 'done';
    },
  };
};

/** Imports data into an image. */
async function importData(client: Client, imageId: string, body: object): Promise<StartedTask> {
  await expectStatus(client.send('image-v2.importImage', { image_id: imageId }).send(body), 202);
  return {
    poll: async () => {
      const image = await showImage(client, imageId);
      if (image.os_glance_import_task !== undefined) return 'running';
      return image.os_glance_failed_import === '' ? 'done' : 'failed';
    },
    message: async () => {
      const { body: response } = await client.send('image-v2.showImageTasks', { image_id: imageId });
      return response.tasks.at(-1).message;
    },
  };
}

const importByTask: StartTask = async (client, source) => {
  const admin = await client.as('admin');
  const properties = { name: 'created', container_format: 'bare' };
  const input = { import_from: source, import_from_format: 'raw', image_properties: properties };
  const { body } = await expectStatus(admin.send('image-v2.createTask').send({ type: 'import', input }), 201);
  const task = async () => (await admin.send('image-v2.showTask', { task_id: body.id })).body;
  return { poll: async () => ofTask((await task()).status), message: async () => (await task()).message };
};

const cacheImage: StartTask = async (client) => {
  const admin = await client.as('admin');
  const imageId = client.imageId('demo-private');
  await expectStatus(admin.send('image-v2.queueCacheImage', { image_id: imageId }), 202);
  return {
    poll: async () => {
      await showImage(client, imageId);
      const { body } = await admin.send('image-v2.queryCache');
      if (body.queued_images.includes(imageId)) return 'running';
      return body.cached_images.some((each: Body) => each.image_id === imageId) ? 'done' : 'failed';
    },
  };
};

/** Returns the state of a server image, and checks that its percentage fits its status. */
async function imageOfServer(client: Client, dialect: string, imageId: string): Promise<Outcome> {
  const response: Body = await client.send(`${dialect}.showImage`, { image_id: imageId });
  // Compute deletes an image whose creation failed.
  if (dialect === 'compute-v2.1' && response.status === 404) return 'failed';
  const { status, progress } = response.body.image;
  const outcome = ofServerImage(status);
  const isSample = { running: progress > 0 && progress < 100, done: progress === 100, failed: progress < 100 }[outcome];
  if (!isSample) throw new Error(`${status} at ${progress} percent`);
  return outcome;
}

const snapshot =
  (dialect: 'compute-v2.1' | 'rackspace-servers'): StartTask =>
  async (client) => {
    const pending = client.send(`${dialect}.createServerImage`, { server_id: serverId(client, 'web-1') });
    const response = await expectStatus(pending.send({ createImage: { name: 'created' } }), 202);
    const imageId = String(response.headers.location).split('/').at(-1) as string;
    return { poll: () => imageOfServer(client, dialect, imageId) };
  };

const ofServer = byStatus({ BUILD: 'running', ACTIVE: 'done', ERROR: 'failed' });

const buildServer: StartTask = async (client) => {
  const server = { name: 'created', imageRef: client.imageId('demo-private'), flavorRef: '2' };
  const { id } = (await expectStatus(client.send('compute-v2.1.createServer').send({ server }), 202)).body.server;
  return {
    poll: async () => {
      const { body } = await expectStatus(client.send('compute-v2.1.showServer', { server_id: id }), 200);
      return ofServer(body.server.status);
    },
  };
};

/** Starts the image that is created at midnight, ten seconds after the start of the test. */
const scheduled: StartTask = async (client) => {
  const params = { server_id: serverId(client, 'web-1') };
  const pending = client.send('rackspace-servers.enableScheduledImages', params);
  await expectStatus(pending.send({ image_schedule: { retention: 2 } }), 200);
  await client.admin('put', '/clock', { advance: 10 });
  const { tasks } = await client.admin('get', '/tasks?api=rackspace-servers');
  return { poll: () => imageOfServer(client, 'rackspace-servers', tasks[0].image) };
};

const rackspaceTask =
  (input: (client: Client) => object, type: 'import' | 'export'): StartTask =>
  async (client) => {
    const operation = type === 'import' ? 'createImportTask' : 'createExportTask';
    const pending = client.send(`rackspace-images.${operation}`).send({ type, input: input(client) });
    const { body } = await expectStatus(pending, 201);
    const task = async () => (await client.send('rackspace-images.showTask', { task_id: body.id })).body;
    return { poll: async () => ofTask((await task()).status), message: async () => (await task()).message };
  };

const { send } = recipesFor('ims');

const job =
  (operation: string, body: (client: Client) => object | Promise<object>, image?: string): StartTask =>
  async (client) => {
    const params = image === undefined ? {} : { image_id: client.imageId(image) };
    const response = await expectStatus(send(client, operation, params).send(await body(client)), 200);
    const shownJob = async () => (await send(client, 'showJob', { job_id: response.body.job_id })).body;
    return {
      poll: async () => ofJob((await shownJob()).status),
      message: async () => {
        const { error_code: code, fail_reason: reason } = await shownJob();
        return `${code} ${reason}`;
      },
    };
  };

const idOf = (client: Client, kind: 'volumes' | 'backups', name: string): string => {
  const all = world(client).snapshot().volumes?.[kind].tree.valuesArray() ?? [];
  const found = all.find((each) => each.name === name);
  if (found === undefined) throw new Error(`The fixtures have no "${name}" in ${kind}.`);
  return found.id;
};

const FILE = { name: 'created', image_url: 'images:centos.qcow2', os_version: 'CentOS 7.3 64bit', min_disk: 40 };
const shareBody = async (client: Client, image: string): Promise<object> => ({
  images: [client.imageId(image)],
  projects: [(await client.as('alt_demo')).projectId],
});

/** Starters of every type of task: by API and type, then by name. */
export const TASK_STARTERS: Readonly<Record<string, Readonly<Record<string, StartTask>>>> = {
  'image-v2 upload': { 'PUT file': upload('image-v2', 'uploadImageData') },
  'image-v2 stage': { 'PUT stage': stage },
  'image-v2 api_image_import': {
    'glance-direct': async (client) =>
      importData(client, await createStaged(client), { method: { name: 'glance-direct' }, all_stores: true }),
    'web-download': async (client, source) =>
      importData(client, await createQueued(client), { method: { name: 'web-download', uri: source } }),
    'copy-image': async (client) =>
      importData(await client.as('admin'), client.imageId('demo-private'), {
        method: { name: 'copy-image' },
        stores: ['store2'],
      }),
  },
  'image-v2 import': { createTask: importByTask },
  'image-v2 cache': { 'PUT cache': cacheImage },
  'compute-v2.1 createImage': { 'a server': snapshot('compute-v2.1') },
  'compute-v2.1 createServer': { 'an image': buildServer },
  'rackspace-servers createImage': { 'a server': snapshot('rackspace-servers') },
  'rackspace-servers scheduled-image': { midnight: scheduled },
  'rackspace-images import': {
    'a file': rackspaceTask(
      () => ({ image_properties: { name: 'created' }, import_from: 'exports/my-image.vhd' }),
      'import',
    ),
  },
  'rackspace-images export': {
    'an image': rackspaceTask(
      (client) => ({ image_uuid: client.imageId('demo-private'), receiving_swift_container: 'empty' }),
      'export',
    ),
  },
  'ims upload': { 'PUT file': upload('ims', 'uploadImage') },
  'ims imsCreateImageByInstance': {
    'a server': job('createCloudImage', (client) => ({ name: 'created', instance_id: serverId(client, 'stopped-1') })),
  },
  'ims imsImportImageJob': {
    'a file': job('createCloudImage', () => FILE),
    'a file, quickly': job('quickImport', () => ({ ...FILE, image_url: 'images:centos.zvhd2' })),
    'a file and its data disk': job('createCloudImage', () => ({
      ...FILE,
      data_images: [{ name: 'data', image_url: 'images:data.qcow2', min_disk: 40 }],
    })),
  },
  'ims imsImportOvaImageJob': {
    'a file': job('createCloudImage', () => ({ ...FILE, image_url: 'images:appliance.ova' })),
  },
  'ims imsVolumeCreateImageJob': {
    'a volume': job('createCloudImage', (client) => ({
      name: 'created',
      volume_id: idOf(client, 'volumes', 'data-1'),
      os_version: 'CentOS 7.3 64bit',
    })),
  },
  'ims imsVolumesToSysDataImagesJob': {
    volumes: job('createCloudImage', (client) => ({
      data_images: ['data-1', 'data-2'].map((name) => ({ name, volume_id: idOf(client, 'volumes', name) })),
    })),
  },
  'ims imsImportDataImageJob': {
    'a file': job('createDataImage', () => ({ name: 'created', image_url: 'images:data.qcow2', min_disk: 40 })),
  },
  'ims imsCreateWholeImageByInstanceJob': {
    'a server': job('createWholeImage', (client) => ({ name: 'created', instance_id: serverId(client, 'db-1') })),
  },
  'ims imsCreateWholeImageByBackupJob': {
    'a backup': job('createWholeImage', (client) => ({
      name: 'created',
      backup_id: idOf(client, 'backups', 'stopped-1-csbs'),
    })),
  },
  'ims imsNativeImportImageJob': {
    'a file': job('registerImage', () => ({ image_url: 'images:centos.qcow2' }), 'status-queued'),
  },
  'ims imsNativeExportImageJob': {
    'an image': job('exportImage', () => ({ bucket_url: 'exports:new.qcow2', file_format: 'qcow2' }), 'demo-private'),
  },
  'ims imsAddImageMembersJob': { members: job('addMembersBatch', (client) => shareBody(client, 'demo-private')) },
  'ims imsDelImageMembersJob': { members: job('deleteMembersBatch', (client) => shareBody(client, 'demo-shared')) },
  'ims imsUpdateImageMembersJob': {
    'a member status': job('updateMembersBatch', (client) => ({
      images: [client.imageId('alt-shared-pending')],
      project_id: client.projectId,
      status: 'accepted',
    })),
  },
  'ims imsCopyImageInRegionJob': { 'an image': job('copyImage', () => ({ name: 'copied' }), 'demo-private') },
  'ims imsCopyImageCrossRegionJob': {
    'an image': job(
      'copyImageCrossRegion',
      () => ({ name: 'copied', region: 'eu-nl', project_name: 'eu-nl', agency_name: 'copying' }),
      'demo-private',
    ),
  },
};
