import type { Client } from '../support.ts';
import { foreignProject } from './ims-native.ts';
import { type Params, recipesFor, serverId, UNKNOWN_ID } from './requests.ts';
import type { Recipe, RecipeTable } from './table.ts';

const { send, plain, as, wrongToken } = recipesFor('ims');

/** A value that needs ids of the client's fixtures. */
type FromClient<T> = (client: Client) => T | Promise<T>;

const imageId = (name: string) => (client: Client) => ({ image_id: client.imageId(name) });

const withParams =
  (operation: string, body: FromClient<object>, params: (client: Client) => Params = () => ({})): Recipe =>
  async (client) =>
    send(client, operation, params(client)).send(await body(client));

/** Starts a job and returns its id. */
async function startJob(client: Client): Promise<string> {
  const response = await send(client, 'copyImage').send({ name: 'copied' });
  if (response.status !== 200) throw new Error(`copyImage returned ${response.status}: ${response.text}`);
  return response.body.job_id;
}

const onStartedJob =
  (operation: string): Recipe =>
  async (client) =>
    send(client, operation, { job_id: await startJob(client) });

const FILE = { name: 'created', image_url: 'images:centos.qcow2', os_version: 'CentOS 7.3 64bit', min_disk: 40 };
const QUICK = { ...FILE, image_url: 'images:centos.zvhd2' };
const DATA = { name: 'created', image_url: 'images:data.qcow2', min_disk: 40 };
const EXPORT = { bucket_url: 'exports:new.qcow2', file_format: 'qcow2' };
const CROSS_REGION = { name: 'copied', region: 'eu-nl', project_name: 'eu-nl', agency_name: 'copying' };

/** The errors for clients without permission to start a job. */
const accessErrors = (operation: string, body: object = {}): Readonly<Record<number, Recipe>> => ({
  401: wrongToken(operation),
  403: as('demo_reader', operation, () => ({}), body),
});

/** Body of a batch that shares an image with alt_demo. */
const shareBody = async (client: Client, image: string): Promise<object> => ({
  images: [client.imageId(image)],
  projects: [(await client.as('alt_demo')).projectId],
});

/** Recipes for the documented responses of the operations that start and show jobs. */
export const imsJobs: RecipeTable = {
  createCloudImage: {
    ...accessErrors('createCloudImage', FILE),
    200: plain('createCloudImage', {}, FILE),
    400: withParams('createCloudImage', (client) => ({ name: 'created', instance_id: serverId(client, 'web-1') })),
  },
  quickImport: {
    ...accessErrors('quickImport', QUICK),
    200: plain('quickImport', {}, QUICK),
    400: plain('quickImport', {}, { ...QUICK, image_url: 'images:centos.qcow2' }),
  },
  createDataImage: {
    ...accessErrors('createDataImage', DATA),
    200: plain('createDataImage', {}, DATA),
    400: plain('createDataImage', {}, { ...DATA, min_disk: 39 }),
  },
  createWholeImage: {
    ...accessErrors('createWholeImage', { name: 'created' }),
    200: withParams('createWholeImage', (client) => ({ name: 'created', instance_id: serverId(client, 'db-1') })),
    400: withParams('createWholeImage', (client) => ({ name: 'created', instance_id: serverId(client, 'building-1') })),
  },
  registerImage: {
    ...accessErrors('registerImage', { image_url: 'images:centos.qcow2' }),
    200: withParams('registerImage', () => ({ image_url: 'images:centos.qcow2' }), imageId('status-queued')),
    400: plain('registerImage', {}, { image_url: 'images:centos.qcow2' }),
    404: plain('registerImage', { image_id: UNKNOWN_ID }, { image_url: 'images:centos.qcow2' }),
  },
  exportImage: {
    ...accessErrors('exportImage', EXPORT),
    200: plain('exportImage', {}, EXPORT),
    400: withParams('exportImage', () => EXPORT, imageId('cirros-0.6.2-x86_64-disk')),
    404: plain('exportImage', { image_id: UNKNOWN_ID }, EXPORT),
  },
  copyImage: {
    ...accessErrors('copyImage', { name: 'copied' }),
    200: plain('copyImage', {}, { name: 'copied' }),
    400: withParams('copyImage', () => ({ name: 'copied' }), imageId('alt-shared-pending')),
    404: plain('copyImage', { image_id: UNKNOWN_ID }, { name: 'copied' }),
  },
  copyImageCrossRegion: {
    ...accessErrors('copyImageCrossRegion', CROSS_REGION),
    200: plain('copyImageCrossRegion', {}, CROSS_REGION),
    400: plain('copyImageCrossRegion', {}, { ...CROSS_REGION, region: 'eu-de', project_name: 'eu-de' }),
    404: plain('copyImageCrossRegion', { image_id: UNKNOWN_ID }, CROSS_REGION),
  },
  addMembersBatch: {
    ...accessErrors('addMembersBatch', { images: [UNKNOWN_ID], projects: [UNKNOWN_ID] }),
    200: withParams('addMembersBatch', (client) => shareBody(client, 'demo-private')),
    400: withParams('addMembersBatch', (client) => shareBody(client, 'cirros-0.6.2-x86_64-disk')),
    404: withParams('addMembersBatch', async (client) => ({
      ...(await shareBody(client, 'demo-private')),
      images: [UNKNOWN_ID],
    })),
  },
  updateMembersBatch: {
    ...accessErrors('updateMembersBatch', { images: [UNKNOWN_ID], project_id: 'x', status: 'accepted' }),
    200: withParams('updateMembersBatch', (client) => ({
      images: [client.imageId('alt-shared-pending')],
      project_id: client.projectId,
      status: 'accepted',
    })),
    400: withParams('updateMembersBatch', (client) => ({
      images: [client.imageId('demo-private')],
      project_id: client.projectId,
      status: 'accepted',
    })),
    404: withParams('updateMembersBatch', (client) => ({
      images: [UNKNOWN_ID],
      project_id: client.projectId,
      status: 'accepted',
    })),
  },
  deleteMembersBatch: {
    ...accessErrors('deleteMembersBatch', { images: [UNKNOWN_ID], projects: [UNKNOWN_ID] }),
    200: withParams('deleteMembersBatch', (client) => shareBody(client, 'demo-shared')),
    400: withParams('deleteMembersBatch', (client) => shareBody(client, 'cirros-0.6.2-x86_64-disk')),
    404: withParams('deleteMembersBatch', async (client) => ({
      ...(await shareBody(client, 'demo-shared')),
      images: [UNKNOWN_ID],
    })),
  },
  showJob: {
    200: onStartedJob('showJob'),
    400: plain('showJob', { job_id: '0'.repeat(32) }),
    401: wrongToken('showJob'),
    403: foreignProject('showJob', { job_id: '0'.repeat(32) }),
  },
  showJobProgress: {
    200: onStartedJob('showJobProgress'),
    400: plain('showJobProgress', { job_id: '0'.repeat(32) }),
    401: wrongToken('showJobProgress'),
    403: foreignProject('showJobProgress', { job_id: '0'.repeat(32) }),
  },
};
