import type { Response, Test } from 'supertest';
import type { Client } from '../support.ts';
import type { Facts, ImageView } from './views.ts';

/** The five image APIs. */
export const APIS = ['image-v2', 'compute-v2.1', 'rackspace-images', 'rackspace-servers', 'ims'] as const;
/** One of `APIS`. */
export type Api = (typeof APIS)[number];

/** Changes an image through one operation. */
export type Action = (client: Client, imageId: string) => Promise<void>;
/** Actions by operation. */
export type Actions = Readonly<Record<string, Action>>;

/** The user of the project with which images are shared. */
export const MEMBER = 'alt_demo';

const PATCH = { 'Content-Type': 'application/openstack-images-v2.1-json-patch' };

/** Sends a request; throws when it fails. */
export async function expectSuccess(test: Test): Promise<Response> {
  const body = await test;
  if (body.status >= 300) throw new Error(`${body.status}: ${body.text}`);
  return body;
}

const sendRequest =
  (operation: string, params: Readonly<Record<string, string>>, body?: object): Action =>
  async (client, image_id) => {
    const test = client.send(operation, { image_id, ...params });
    await expectSuccess(body === undefined ? test : test.send(body));
  };

const PATCH_OPERATIONS = ['image-v2.updateImage', 'rackspace-images.updateImage', 'ims.updateImage'];

const patch =
  (operation: string, step: object): Action =>
  async (client, image_id) => {
    await expectSuccess(
      client
        .send(operation, { image_id })
        .set(PATCH)
        .send(JSON.stringify([step])),
    );
  };

/** Replaces a member by JSON patch, through each operation. */
const patchWithEach = (path: string, value: unknown, operations = PATCH_OPERATIONS): Actions =>
  forEach(operations, (operation) => patch(operation, { op: 'replace', path, value }));

const forEach = (operations: readonly string[], action: (operation: string) => Action): Actions =>
  Object.fromEntries(operations.map((operation) => [operation, action(operation)]));

/** Renames the image to `renamed`. */
const RENAME = patchWithEach('/name', 'renamed', [...PATCH_OPERATIONS, 'ims.updateCloudImage']);

/** Sets the minimum disk to 7 GB. */
const SET_MIN_DISK = patchWithEach('/min_disk', 7);
/** Sets the minimum memory to 7 MB. */
const SET_MIN_RAM = patchWithEach('/min_ram', 7, [...PATCH_OPERATIONS, 'ims.updateCloudImage']);

const METADATA_APIS = ['compute-v2.1', 'rackspace-servers'] as const;

/** Sets the property `team` to `blue`. */
const SET_PROPERTY: Actions = {
  ...patchWithEach('/team', 'blue', [...PATCH_OPERATIONS, 'ims.updateCloudImage']),
  ...forEach(
    METADATA_APIS.map((api) => `${api}.setImageMetadataItem`),
    (operation) => sendRequest(operation, { key: 'team' }, { meta: { team: 'blue' } }),
  ),
  ...forEach(
    METADATA_APIS.map((api) => `${api}.updateImageMetadata`),
    (operation) => sendRequest(operation, {}, { metadata: { team: 'blue' } }),
  ),
  'compute-v2.1.replaceImageMetadata': sendRequest(
    'compute-v2.1.replaceImageMetadata',
    {},
    { metadata: { architecture: 'x86_64', team: 'blue' } },
  ),
};

/** Removes the property `team`. */
const REMOVE_PROPERTY: Actions = {
  ...forEach([...PATCH_OPERATIONS, 'ims.updateCloudImage'], (operation) =>
    patch(operation, { op: 'remove', path: '/team' }),
  ),
  ...forEach(
    METADATA_APIS.map((api) => `${api}.deleteImageMetadataItem`),
    (operation) => sendRequest(operation, { key: 'team' }),
  ),
};

/** Adds the tag `stage`. */
const ADD_TAG: Actions = {
  ...forEach(['image-v2.addImageTag', 'rackspace-images.addImageTag', 'ims.addImageTag'], (operation) =>
    sendRequest(operation, { tag: 'stage' }),
  ),
  ...patchWithEach('/tags', ['golden', 'stage', 'team-a'], PATCH_OPERATIONS),
  'ims.addKeyValueTag': sendRequest('ims.addKeyValueTag', {}, { tag: { key: 'stage', value: '' } }),
  'ims.batchTags': sendRequest('ims.batchTags', {}, { action: 'create', tags: [{ key: 'stage', value: '' }] }),
  'ims.putTag': async (client, image_id) => {
    await expectSuccess(client.send('ims.putTag').send({ image_id, tag: 'stage' }));
  },
};

/** Removes the tag `golden`. */
const REMOVE_TAG: Actions = {
  ...forEach(['image-v2.deleteImageTag', 'rackspace-images.deleteImageTag', 'ims.deleteImageTag'], (operation) =>
    sendRequest(operation, { tag: 'golden' }),
  ),
  'ims.deleteKeyValueTag': sendRequest('ims.deleteKeyValueTag', { key: 'golden' }),
  'ims.batchTags': sendRequest('ims.batchTags', {}, { action: 'delete', tags: [{ key: 'golden' }] }),
};

/** APIs with members. */
const SHARING_APIS = ['image-v2', 'rackspace-images', 'ims'] as const;

/** Shares the image with the project alt_demo. */
const SHARE: Actions = {
  ...forEach(
    SHARING_APIS.map((api) => `${api}.createImageMember`),
    (operation) => async (client, image_id) => {
      const { projectId: member } = await client.as(MEMBER);
      // Private images of this API cannot have members.
      if (operation.startsWith('image-v2')) {
        await patch('image-v2.updateImage', { op: 'replace', path: '/visibility', value: 'shared' })(client, image_id);
      }
      await expectSuccess(client.send(operation, { image_id }).send({ member }));
    },
  ),
  'ims.addMembersBatch': async (client, image_id) => {
    const { projectId: member } = await client.as(MEMBER);
    await expectSuccess(client.send('ims.addMembersBatch').send({ images: [image_id], projects: [member] }));
  },
};

const setMemberStatus = (status: string): Actions =>
  forEach(
    SHARING_APIS.map((api) => `${api}.updateImageMember`),
    (operation) => async (client, image_id) => {
      const member = await client.as(MEMBER);
      await expectSuccess(member.send(operation, { image_id, member_id: member.projectId }).send({ status }));
    },
  );

/** Sets the member status through the batch operation, which does not accept `pending`. */
const setMemberStatusInBatch = (status: string): Actions => ({
  'ims.updateMembersBatch': async (client, image_id) => {
    const member = await client.as(MEMBER);
    const body = { images: [image_id], project_id: member.projectId, status };
    await expectSuccess(member.send('ims.updateMembersBatch').send(body));
  },
});

/** Removes alt_demo from the members. */
const UNSHARE: Actions = {
  ...forEach(
    SHARING_APIS.map((api) => `${api}.deleteImageMember`),
    (operation) => async (client, image_id) => {
      const { projectId: member_id } = await client.as(MEMBER);
      await expectSuccess(client.send(operation, { image_id, member_id }));
    },
  ),
  'ims.deleteMembersBatch': async (client, image_id) => {
    const { projectId: member } = await client.as(MEMBER);
    await expectSuccess(client.send('ims.deleteMembersBatch').send({ images: [image_id], projects: [member] }));
  },
};

/** Deletes the image. */
const DELETE = forEach([...APIS.map((api) => `${api}.deleteImage`), 'ims.deleteImageV11'], (operation) =>
  sendRequest(operation, {}),
);

/** Acts as an administrator. */
const byAdmin =
  (action: Action): Action =>
  async (client, image_id) =>
    action(await client.as('admin'), image_id);

/** Sets the visibility, as an administrator. */
const setVisibility = (visibility: string): Actions => ({
  'image-v2.updateImage': byAdmin(
    patch('image-v2.updateImage', { op: 'replace', path: '/visibility', value: visibility }),
  ),
});

const byAdminOnly = (operation: string): Actions => ({ [operation]: byAdmin(sendRequest(operation, {})) });

type Access = ImageView['access'];

/** A change of an image, the operations that make it, and what all APIs show afterwards. */
export interface Change {
  /** What happens to the image, for test titles and docs/differences.md. */
  readonly title: string;
  /** Name of the changed image in the fixtures. */
  readonly image: string;
  readonly actions: Actions;
  /** `false` when the member or an administrator makes the change. */
  readonly byOwner?: false;
  /** Attributes that differ afterwards. */
  readonly facts?: Partial<Facts>;
  /** What owner, member and stranger see afterwards; the same as before when omitted. */
  readonly owner?: Access;
  readonly member?: Access;
  readonly stranger?: Access;
}

const statusInEveryApi = (
  glance: string,
  compute: string,
  exceptions: Partial<Facts['status']> = {},
): Partial<Facts> => ({
  status: {
    'image-v2': glance,
    'compute-v2.1': compute,
    'rackspace-images': glance,
    'rackspace-servers': compute,
    ims: glance,
    ...exceptions,
  },
});

/** Every change of an image. */
export const CHANGES: readonly Change[] = [
  { title: 'is renamed', image: 'demo-private', actions: RENAME, facts: { name: 'renamed' } },
  { title: 'gets another minimum disk', image: 'demo-private', actions: SET_MIN_DISK, facts: { minDisk: 7 } },
  { title: 'gets another minimum memory', image: 'demo-private', actions: SET_MIN_RAM, facts: { minRam: 7 } },
  {
    title: 'gets a property',
    image: 'demo-private',
    actions: SET_PROPERTY,
    facts: { properties: { architecture: 'x86_64', team: 'blue' } },
  },
  {
    title: 'loses a property',
    image: 'demo-private',
    actions: REMOVE_PROPERTY,
    facts: { properties: { architecture: 'x86_64' } },
  },
  {
    title: 'gets a tag',
    image: 'demo-private',
    actions: ADD_TAG,
    facts: { tags: ['golden', 'stage', 'team-a'] },
  },
  { title: 'loses a tag', image: 'demo-private', actions: REMOVE_TAG, facts: { tags: ['team-a'] } },
  {
    title: 'is protected',
    image: 'demo-private',
    actions: patchWithEach('/protected', true),
    facts: { isProtected: true },
  },
  {
    title: 'is unprotected',
    image: 'demo-protected',
    actions: patchWithEach('/protected', false),
    facts: { isProtected: false },
  },
  {
    title: 'is shared',
    image: 'demo-private',
    actions: SHARE,
    facts: { visibility: 'shared' },
    member: 'unlisted',
  },
  {
    title: 'is accepted by its member',
    image: 'demo-shared-pending',
    byOwner: false,
    actions: { ...setMemberStatus('accepted'), ...setMemberStatusInBatch('accepted') },
    member: 'listed',
  },
  {
    title: 'is rejected by its member',
    image: 'demo-shared',
    byOwner: false,
    actions: { ...setMemberStatus('rejected'), ...setMemberStatusInBatch('rejected') },
    member: 'unlisted',
  },
  {
    title: 'is set back to pending by its member',
    image: 'demo-shared',
    byOwner: false,
    actions: setMemberStatus('pending'),
    member: 'unlisted',
  },
  {
    title: 'becomes public',
    image: 'demo-private',
    actions: setVisibility('public'),
    facts: { visibility: 'public' },
    member: 'listed',
    stranger: 'listed',
  },
  {
    title: 'becomes a community image',
    image: 'demo-private',
    actions: setVisibility('community'),
    facts: { visibility: 'community' },
    member: 'unlisted',
    stranger: 'unlisted',
  },
  { title: 'is unshared', image: 'demo-shared', actions: UNSHARE, member: 'hidden' },
  {
    title: 'is deactivated',
    image: 'demo-shared',
    actions: byAdminOnly('image-v2.deactivateImage'),
    byOwner: false,
    facts: statusInEveryApi('deactivated', 'UNKNOWN', { ims: 'killed' }),
  },
  {
    title: 'is reactivated',
    image: 'status-deactivated',
    actions: byAdminOnly('image-v2.reactivateImage'),
    byOwner: false,
    facts: statusInEveryApi('active', 'ACTIVE'),
  },
  { title: 'is deleted', image: 'demo-shared', actions: DELETE, owner: 'hidden', member: 'hidden' },
];
