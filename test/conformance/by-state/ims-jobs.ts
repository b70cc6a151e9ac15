import type { How, HowTable } from '../by-state.ts';
import type { Client } from '../support.ts';
import { foreignProject, unserved } from './ims-native.ts';
import { NOWHERE, type Params, serverId, waysOf } from './requests.ts';

const { send, plain, as, wrongToken } = waysOf('ims');

/** An id, or a body with ids in it, that the fixtures of the client have. */
type FromClient<T> = (client: Client) => T | Promise<T>;

const imageId = (name: string) => (client: Client) => ({ image_id: client.imageId(name) });

const sending =
  (operation: string, body: FromClient<object>, params: (client: Client) => Params = () => ({})): How =>
  async (client) =>
    send(client, operation, params(client)).send(await body(client));

/** A new job of the client's, by its id. */
async function begun(client: Client): Promise<string> {
  const answer = await send(client, 'copyImage').send({ name: 'copied' });
  if (answer.status !== 200) throw new Error(`copying answered ${answer.status}: ${answer.text}`);
  return answer.body.job_id;
}

const jobAt =
  (operation: string): How =>
  async (client) =>
    send(client, operation, { job_id: await begun(client) });

const FILE = { name: 'made', image_url: 'images:centos.qcow2', os_version: 'CentOS 7.3 64bit', min_disk: 40 };
const QUICK = { ...FILE, image_url: 'images:centos.zvhd2' };
const DATA = { name: 'made', image_url: 'images:data.qcow2', min_disk: 40 };
const EXPORT = { bucket_url: 'exports:new.qcow2', file_format: 'qcow2' };
const CROSS = { name: 'copied', region: 'eu-nl', project_name: 'eu-nl', agency_name: 'copying' };

/** What the calls that begin a job have in common: who may not begin one. */
const refusals = (operation: string, body: object = {}): Readonly<Record<number, How>> => ({
  401: wrongToken(operation),
  403: as('demo_reader', operation, () => ({}), body),
});

/** Images of the caller's, each with other projects. */
const members = async (client: Client, image: string): Promise<object> => ({
  images: [client.imageId(image)],
  projects: [(await client.as('alt_demo')).projectId],
});

/** Ways to the answers of the calls that begin jobs, and of those that tell of them. */
export const imsJobs: HowTable = {
  createCloudImage: {
    ...refusals('createCloudImage', FILE),
    200: plain('createCloudImage', {}, FILE),
    400: sending('createCloudImage', (client) => ({ name: 'made', instance_id: serverId(client, 'web-1') })),
    404: unserved('createCloudImage'),
  },
  quickImport: {
    ...refusals('quickImport', QUICK),
    200: plain('quickImport', {}, QUICK),
    400: plain('quickImport', {}, { ...QUICK, image_url: 'images:centos.qcow2' }),
    404: unserved('quickImport'),
  },
  createDataImage: {
    ...refusals('createDataImage', DATA),
    200: plain('createDataImage', {}, DATA),
    400: plain('createDataImage', {}, { ...DATA, min_disk: 39 }),
    404: unserved('createDataImage'),
  },
  createWholeImage: {
    ...refusals('createWholeImage', { name: 'made' }),
    200: sending('createWholeImage', (client) => ({ name: 'made', instance_id: serverId(client, 'db-1') })),
    400: sending('createWholeImage', (client) => ({ name: 'made', instance_id: serverId(client, 'building-1') })),
    404: unserved('createWholeImage'),
  },
  registerImage: {
    ...refusals('registerImage', { image_url: 'images:centos.qcow2' }),
    200: sending('registerImage', () => ({ image_url: 'images:centos.qcow2' }), imageId('status-queued')),
    400: plain('registerImage', {}, { image_url: 'images:centos.qcow2' }),
    404: plain('registerImage', { image_id: NOWHERE }, { image_url: 'images:centos.qcow2' }),
  },
  exportImage: {
    ...refusals('exportImage', EXPORT),
    200: plain('exportImage', {}, EXPORT),
    400: sending('exportImage', () => EXPORT, imageId('cirros-0.6.2-x86_64-disk')),
    404: plain('exportImage', { image_id: NOWHERE }, EXPORT),
  },
  copyImage: {
    ...refusals('copyImage', { name: 'copied' }),
    200: plain('copyImage', {}, { name: 'copied' }),
    400: sending('copyImage', () => ({ name: 'copied' }), imageId('alt-shared-pending')),
    404: plain('copyImage', { image_id: NOWHERE }, { name: 'copied' }),
  },
  copyImageCrossRegion: {
    ...refusals('copyImageCrossRegion', CROSS),
    200: plain('copyImageCrossRegion', {}, CROSS),
    400: plain('copyImageCrossRegion', {}, { ...CROSS, region: 'eu-de', project_name: 'eu-de' }),
    404: plain('copyImageCrossRegion', { image_id: NOWHERE }, CROSS),
  },
  addMembersBatch: {
    ...refusals('addMembersBatch', { images: [NOWHERE], projects: [NOWHERE] }),
    200: sending('addMembersBatch', (client) => members(client, 'demo-private')),
    400: sending('addMembersBatch', (client) => members(client, 'cirros-0.6.2-x86_64-disk')),
    404: sending('addMembersBatch', async (client) => ({
      ...(await members(client, 'demo-private')),
      images: [NOWHERE],
    })),
  },
  updateMembersBatch: {
    ...refusals('updateMembersBatch', { images: [NOWHERE], project_id: 'x', status: 'accepted' }),
    200: sending('updateMembersBatch', (client) => ({
      images: [client.imageId('alt-shared-pending')],
      project_id: client.projectId,
      status: 'accepted',
    })),
    400: sending('updateMembersBatch', (client) => ({
      images: [client.imageId('demo-private')],
      project_id: client.projectId,
      status: 'accepted',
    })),
    404: sending('updateMembersBatch', (client) => ({
      images: [NOWHERE],
      project_id: client.projectId,
      status: 'accepted',
    })),
  },
  deleteMembersBatch: {
    ...refusals('deleteMembersBatch', { images: [NOWHERE], projects: [NOWHERE] }),
    200: sending('deleteMembersBatch', (client) => members(client, 'demo-shared')),
    400: sending('deleteMembersBatch', (client) => members(client, 'cirros-0.6.2-x86_64-disk')),
    404: sending('deleteMembersBatch', async (client) => ({
      ...(await members(client, 'demo-shared')),
      images: [NOWHERE],
    })),
  },
  showJob: {
    200: jobAt('showJob'),
    400: plain('showJob', { job_id: '0'.repeat(32) }),
    401: wrongToken('showJob'),
    403: foreignProject('showJob', { job_id: '0'.repeat(32) }),
  },
  showJobProgress: {
    200: jobAt('showJobProgress'),
    400: plain('showJobProgress', { job_id: '0'.repeat(32) }),
    401: wrongToken('showJobProgress'),
    403: foreignProject('showJobProgress', { job_id: '0'.repeat(32) }),
  },
};
