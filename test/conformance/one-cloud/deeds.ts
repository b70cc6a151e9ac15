import type { Response, Test } from 'supertest';
import type { Client } from '../support.ts';

/** Five views of one cloud. */
export const VIEWS = ['image-v2', 'compute-v2.1', 'rackspace-images', 'rackspace-servers', 'ims'] as const;
export type View = (typeof VIEWS)[number];

/** Something done through one operation to an image. */
export type Deed = (client: Client, imageId: string) => Promise<void>;
/** By the name of the operation. */
export type Deeds = Readonly<Record<string, Deed>>;

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

/** A change by JSON patch. */
const patching = (path: string, value: unknown, operations = PATCHING): Deeds =>
  Object.fromEntries(
    operations.map((operation) => [
      operation,
      async (client, image_id) => {
        const text = JSON.stringify([{ op: 'replace', path, value }]);
        await done(client.send(operation, { image_id }).set(PATCH).send(text));
      },
    ]),
  );

const forEach = (operations: readonly string[], deed: (operation: string) => Deed): Deeds =>
  Object.fromEntries(operations.map((operation) => [operation, deed(operation)]));

/** Makes an image of that name and answers its id. */
export type Making = (client: Client, name: string) => Promise<string>;

const BYTES = Buffer.from('the bytes of a disk');

const upload = (client: Client, operation: string, image_id: string): Promise<Response> =>
  done(client.send(operation, { image_id }).set('Content-Type', 'application/octet-stream').send(BYTES));

const snapshot =
  (operation: string): Making =>
  async (client, name) => {
    const server = client.emulator.worlds.default.servers
      .list({ projectId: client.projectId })
      .find((each) => each.name === 'web-1');
    const { headers } = await done(
      client.send(operation, { server_id: server?.id ?? '' }).send({ createImage: { name } }),
    );
    return String(headers['location']).split('/').at(-1) ?? '';
  };

/** Ways to an image with data. */
export const MAKING: Readonly<Record<string, Making>> = {
  'image-v2.createImage': async (client, name) => {
    const wish = { name, disk_format: 'raw', container_format: 'bare' };
    const { body } = await done(client.send('image-v2.createImage').send(wish));
    await upload(client, 'image-v2.uploadImageData', body.id);
    return body.id;
  },
  'rackspace-images.createImportTask': async (client, name) => {
    const input = { image_properties: { name }, import_from: 'exports/my-image.vhd' };
    const { body } = await done(client.send('rackspace-images.createImportTask').send({ type: 'import', input }));
    return (await done(client.send('rackspace-images.showTask', { task_id: body.id }))).body.result.image_id;
  },
  'rackspace-servers.createServerImage': snapshot('rackspace-servers.createServerImage'),
  'compute-v2.1.createServerImage': snapshot('compute-v2.1.createServerImage'),
  'ims.createImage': async (client, name) => {
    const wish = { name, __os_version: 'CentOS 7.3 64bit', min_disk: 40 };
    const { body } = await done(client.send('ims.createImage').send(wish));
    await upload(client, 'ims.uploadImage', body.id);
    return body.id;
  },
};

/** The image is called `renamed`. */
export const RENAMING = patching('/name', 'renamed', [...PATCHING, 'ims.updateCloudImage']);
/** The image is protected. */
export const PROTECTING = patching('/protected', true);

/** The property `team` becomes `blue`. */
export const DESCRIBING: Deeds = {
  ...patching('/team', 'blue', [...PATCHING, 'ims.updateCloudImage']),
  ...forEach(['compute-v2.1.setImageMetadataItem', 'rackspace-servers.setImageMetadataItem'], (operation) =>
    sending(operation, { key: 'team' }, { meta: { team: 'blue' } }),
  ),
};

/** The tag `stage` is put on. */
export const TAGGING: Deeds = {
  ...forEach(['image-v2.addImageTag', 'rackspace-images.addImageTag', 'ims.addImageTag'], (operation) =>
    sending(operation, { tag: 'stage' }),
  ),
  'ims.addKeyValueTag': sending('ims.addKeyValueTag', {}, { tag: { key: 'stage', value: '' } }),
};

/** APIs with members. */
const SHARING_VIEWS = ['image-v2', 'rackspace-images', 'ims'] as const;

const shareThrough =
  (operation: string): Deed =>
  async (client, image_id) => {
    const { projectId: member } = await client.as('alt_demo');
    // Where private images cannot have members, it is shared before.
    if (operation.startsWith('image-v2'))
      await patching('/visibility', 'shared')['image-v2.updateImage']?.(client, image_id);
    await done(client.send(operation, { image_id }).send({ member }));
  };

/** The image is offered to the project alt_demo. */
export const SHARING = forEach(
  SHARING_VIEWS.map((view) => `${view}.createImageMember`),
  shareThrough,
);

/** alt_demo accepts the image. */
export const ACCEPTING = forEach(
  SHARING_VIEWS.map((view) => `${view}.updateImageMember`),
  (operation) => async (client, image_id) => {
    const member = await client.as('alt_demo');
    await done(member.send(operation, { image_id, member_id: member.projectId }).send({ status: 'accepted' }));
  },
);

/** The image is shared with alt_demo no longer. */
export const UNSHARING = forEach(
  SHARING_VIEWS.map((view) => `${view}.deleteImageMember`),
  (operation) => async (client, image_id) => {
    const { projectId: member_id } = await client.as('alt_demo');
    await done(client.send(operation, { image_id, member_id }));
  },
);

/** The image goes. */
export const DELETING = forEach([...VIEWS.map((view) => `${view}.deleteImage`), 'ims.deleteImageV11'], (operation) =>
  sending(operation, {}),
);
