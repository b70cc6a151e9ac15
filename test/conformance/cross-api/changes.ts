import type { Response, Test } from 'supertest';
import type { Client } from '../support.ts';
import type { Facts, Sight } from './views.ts';

/** Five views of one cloud. */
export const VIEWS = ['image-v2', 'compute-v2.1', 'rackspace-images', 'rackspace-servers', 'ims'] as const;
export type View = (typeof VIEWS)[number];

/** Something done through one operation to an image. */
export type Deed = (client: Client, imageId: string) => Promise<void>;
/** By the name of the operation. */
export type Deeds = Readonly<Record<string, Deed>>;

/** The user of the project with which images are shared. */
export const MEMBER = 'alt_demo';

const PATCH = { 'Content-Type': 'application/openstack-images-v2.1-json-patch' };

/** What was asked for, or a test that fails. */
export async function done(asked: Test): Promise<Response> {
  const answer = await asked;
  if (answer.status >= 300) throw new Error(`${answer.status}: ${answer.text}`);
  return answer;
}

const sending =
  (operation: string, params: Readonly<Record<string, string>>, body?: object): Deed =>
  async (client, image_id) => {
    const asked = client.send(operation, { image_id, ...params });
    await done(body === undefined ? asked : asked.send(body));
  };

const PATCHING = ['image-v2.updateImage', 'rackspace-images.updateImage', 'ims.updateImage'];

const patch =
  (operation: string, step: object): Deed =>
  async (client, image_id) => {
    await done(
      client
        .send(operation, { image_id })
        .set(PATCH)
        .send(JSON.stringify([step])),
    );
  };

/** A change by JSON patch. */
const patching = (path: string, value: unknown, operations = PATCHING): Deeds =>
  forEach(operations, (operation) => patch(operation, { op: 'replace', path, value }));

const forEach = (operations: readonly string[], deed: (operation: string) => Deed): Deeds =>
  Object.fromEntries(operations.map((operation) => [operation, deed(operation)]));

/** The image is called `renamed`. */
const RENAMING = patching('/name', 'renamed', [...PATCHING, 'ims.updateCloudImage']);

/** Servers of it need 7 GB of disk, or 7 MB of memory. */
const RESIZING = patching('/min_disk', 7);
const FATTENING = patching('/min_ram', 7, [...PATCHING, 'ims.updateCloudImage']);

const METADATA_VIEWS = ['compute-v2.1', 'rackspace-servers'] as const;

/** The property `team` becomes `blue`. */
const DESCRIBING: Deeds = {
  ...patching('/team', 'blue', [...PATCHING, 'ims.updateCloudImage']),
  ...forEach(
    METADATA_VIEWS.map((view) => `${view}.setImageMetadataItem`),
    (operation) => sending(operation, { key: 'team' }, { meta: { team: 'blue' } }),
  ),
  ...forEach(
    METADATA_VIEWS.map((view) => `${view}.updateImageMetadata`),
    (operation) => sending(operation, {}, { metadata: { team: 'blue' } }),
  ),
  'compute-v2.1.replaceImageMetadata': sending(
    'compute-v2.1.replaceImageMetadata',
    {},
    { metadata: { architecture: 'x86_64', team: 'blue' } },
  ),
};

/** The property `team` goes. */
const UNDESCRIBING: Deeds = {
  ...forEach([...PATCHING, 'ims.updateCloudImage'], (operation) => patch(operation, { op: 'remove', path: '/team' })),
  ...forEach(
    METADATA_VIEWS.map((view) => `${view}.deleteImageMetadataItem`),
    (operation) => sending(operation, { key: 'team' }),
  ),
};

/** The tag `stage` is put on. */
const TAGGING: Deeds = {
  ...forEach(['image-v2.addImageTag', 'rackspace-images.addImageTag', 'ims.addImageTag'], (operation) =>
    sending(operation, { tag: 'stage' }),
  ),
  ...patching('/tags', ['golden', 'stage', 'team-a'], PATCHING),
  'ims.addKeyValueTag': sending('ims.addKeyValueTag', {}, { tag: { key: 'stage', value: '' } }),
  'ims.batchTags': sending('ims.batchTags', {}, { action: 'create', tags: [{ key: 'stage', value: '' }] }),
  'ims.putTag': async (client, image_id) => {
    await done(client.send('ims.putTag').send({ image_id, tag: 'stage' }));
  },
};

/** The tag `golden` is taken off. */
const UNTAGGING: Deeds = {
  ...forEach(['image-v2.deleteImageTag', 'rackspace-images.deleteImageTag', 'ims.deleteImageTag'], (operation) =>
    sending(operation, { tag: 'golden' }),
  ),
  'ims.deleteKeyValueTag': sending('ims.deleteKeyValueTag', { key: 'golden' }),
  'ims.batchTags': sending('ims.batchTags', {}, { action: 'delete', tags: [{ key: 'golden' }] }),
};

/** APIs with members. */
const SHARING_VIEWS = ['image-v2', 'rackspace-images', 'ims'] as const;

/** The image is offered to the project alt_demo. */
const SHARING: Deeds = {
  ...forEach(
    SHARING_VIEWS.map((view) => `${view}.createImageMember`),
    (operation) => async (client, image_id) => {
      const { projectId: member } = await client.as(MEMBER);
      // Where private images cannot have members, it is shared before.
      if (operation.startsWith('image-v2')) {
        await patch('image-v2.updateImage', { op: 'replace', path: '/visibility', value: 'shared' })(client, image_id);
      }
      await done(client.send(operation, { image_id }).send({ member }));
    },
  ),
  'ims.addMembersBatch': async (client, image_id) => {
    const { projectId: member } = await client.as(MEMBER);
    await done(client.send('ims.addMembersBatch').send({ images: [image_id], projects: [member] }));
  },
};

const answering = (status: string): Deeds =>
  forEach(
    SHARING_VIEWS.map((view) => `${view}.updateImageMember`),
    (operation) => async (client, image_id) => {
      const member = await client.as(MEMBER);
      await done(member.send(operation, { image_id, member_id: member.projectId }).send({ status }));
    },
  );

/** The same for several images at a time, which knows no way back. */
const answeringMany = (status: string): Deeds => ({
  'ims.updateMembersBatch': async (client, image_id) => {
    const member = await client.as(MEMBER);
    const answer = { images: [image_id], project_id: member.projectId, status };
    await done(member.send('ims.updateMembersBatch').send(answer));
  },
});

/** The image is shared with alt_demo no longer. */
const UNSHARING: Deeds = {
  ...forEach(
    SHARING_VIEWS.map((view) => `${view}.deleteImageMember`),
    (operation) => async (client, image_id) => {
      const { projectId: member_id } = await client.as(MEMBER);
      await done(client.send(operation, { image_id, member_id }));
    },
  ),
  'ims.deleteMembersBatch': async (client, image_id) => {
    const { projectId: member } = await client.as(MEMBER);
    await done(client.send('ims.deleteMembersBatch').send({ images: [image_id], projects: [member] }));
  },
};

/** The image goes. */
const DELETING = forEach([...VIEWS.map((view) => `${view}.deleteImage`), 'ims.deleteImageV11'], (operation) =>
  sending(operation, {}),
);

/** What only an administrator may do. */
const byAdmin =
  (deed: Deed): Deed =>
  async (client, image_id) =>
    deed(await client.as('admin'), image_id);

/** Everybody may see the image, or everybody who knows of it. */
const showing = (visibility: string): Deeds => ({
  'image-v2.updateImage': byAdmin(
    patch('image-v2.updateImage', { op: 'replace', path: '/visibility', value: visibility }),
  ),
});

const byAdminAlone = (operation: string): Deeds => ({ [operation]: byAdmin(sending(operation, {})) });

/** What a client sees of an image: nothing, the image alone, or the image and lists with it. */
type Access = Sight['access'];

/** A kind of change, through which operations it comes about, and what all views then show. */
export interface Change {
  readonly title: string;
  /** Name of the image of the fixtures that is changed. */
  readonly image: string;
  readonly deeds: Deeds;
  /** Whether the one who does it is somebody else than the client at hand: the member, or an administrator. */
  readonly byOwner?: false;
  /** Facts that are others afterwards; the rest stays. */
  readonly facts?: Partial<Facts>;
  /** What they see of it afterwards; before, too, where nothing is said. */
  readonly owner?: Access;
  readonly member?: Access;
  readonly stranger?: Access;
}

const everywhere = (glance: string, compute: string, departing: Partial<Facts['status']> = {}): Partial<Facts> => ({
  status: {
    'image-v2': glance,
    'compute-v2.1': compute,
    'rackspace-images': glance,
    'rackspace-servers': compute,
    ims: glance,
    ...departing,
  },
});

/** Every change of an image. */
export const CHANGES: readonly Change[] = [
  { title: 'gets another name', image: 'demo-private', deeds: RENAMING, facts: { name: 'renamed' } },
  { title: 'asks for more of a disk', image: 'demo-private', deeds: RESIZING, facts: { minDisk: 7 } },
  { title: 'asks for more memory', image: 'demo-private', deeds: FATTENING, facts: { minRam: 7 } },
  {
    title: 'gets another property',
    image: 'demo-private',
    deeds: DESCRIBING,
    facts: { properties: { architecture: 'x86_64', team: 'blue' } },
  },
  {
    title: 'loses a property',
    image: 'demo-private',
    deeds: UNDESCRIBING,
    facts: { properties: { architecture: 'x86_64' } },
  },
  {
    title: 'gets a tag',
    image: 'demo-private',
    deeds: TAGGING,
    facts: { tags: ['golden', 'stage', 'team-a'] },
  },
  { title: 'loses a tag', image: 'demo-private', deeds: UNTAGGING, facts: { tags: ['team-a'] } },
  { title: 'is protected', image: 'demo-private', deeds: patching('/protected', true), facts: { isProtected: true } },
  {
    title: 'is protected no longer',
    image: 'demo-protected',
    deeds: patching('/protected', false),
    facts: { isProtected: false },
  },
  {
    title: 'is shared',
    image: 'demo-private',
    deeds: SHARING,
    facts: { visibility: 'shared' },
    member: 'unlisted',
  },
  {
    title: 'is accepted by its member',
    image: 'demo-shared-pending',
    byOwner: false,
    deeds: { ...answering('accepted'), ...answeringMany('accepted') },
    member: 'listed',
  },
  {
    title: 'is rejected by its member',
    image: 'demo-shared',
    byOwner: false,
    deeds: { ...answering('rejected'), ...answeringMany('rejected') },
    member: 'unlisted',
  },
  {
    title: 'is left open by its member',
    image: 'demo-shared',
    byOwner: false,
    deeds: answering('pending'),
    member: 'unlisted',
  },
  {
    title: 'is shown to everybody',
    image: 'demo-private',
    deeds: showing('public'),
    facts: { visibility: 'public' },
    member: 'listed',
    stranger: 'listed',
  },
  {
    title: 'is shown to everybody who knows of it',
    image: 'demo-private',
    deeds: showing('community'),
    facts: { visibility: 'community' },
    member: 'unlisted',
    stranger: 'unlisted',
  },
  { title: 'is taken from its member', image: 'demo-shared', deeds: UNSHARING, member: 'hidden' },
  {
    title: 'is deactivated',
    image: 'demo-shared',
    deeds: byAdminAlone('image-v2.deactivateImage'),
    byOwner: false,
    facts: everywhere('deactivated', 'UNKNOWN', { ims: 'killed' }),
  },
  {
    title: 'is reactivated',
    image: 'status-deactivated',
    deeds: byAdminAlone('image-v2.reactivateImage'),
    byOwner: false,
    facts: everywhere('active', 'ACTIVE'),
  },
  { title: 'is deleted', image: 'demo-shared', deeds: DELETING, owner: 'hidden', member: 'hidden' },
];
