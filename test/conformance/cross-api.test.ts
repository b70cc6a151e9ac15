import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Response } from 'supertest';
import { DIALECTS } from '../../src/dialects/index.ts';
import { defaultFixtures } from '../../src/fixtures/default-fixtures.ts';
import { startEmulator } from '../support/emulator.ts';
import { APIS, CHANGES, type Change, expectSuccess, MEMBER } from './cross-api/changes.ts';
import { CREATIONS, INVISIBLE, REGISTRATIONS, SLOW_CREATIONS } from './cross-api/creation.ts';
import { type ByApi, type ImageView, listsOf, requestEveryApi, viewImage } from './cross-api/views.ts';
import { type Body, type Client, clientOf } from './support.ts';

/** A user of a project without access to any non-public image. */
const STRANGER = 'stranger';

let client: Client;
/** A member of some of the owner's images, and a stranger. */
let others: readonly [Client, Client];
beforeAll(async () => {
  const fixtures = defaultFixtures();
  client = await clientOf(
    await startEmulator({
      fixtures: {
        ...fixtures,
        projects: [...fixtures.projects, { name: STRANGER }],
        users: [...fixtures.users, { name: STRANGER, password: 'secret', roles: { [STRANGER]: ['member'] } }],
      },
    }),
  );
});
beforeEach(() => {
  client.emulator.worlds.default.reset();
  return logIn();
});
afterAll(() => client.emulator.close());

async function logIn(): Promise<void> {
  client = await clientOf(client.emulator);
  others = [await client.as(MEMBER), await client.as(STRANGER)];
}

/** Returns what the owner, a member and a stranger see of an image. */
async function viewAsEveryone(id: string): Promise<readonly ImageView[]> {
  const [member, stranger] = others;
  return [await viewImage(client, id), await viewImage(member, id), await viewImage(stranger, id)];
}

/** The views of images that no test has changed, by image. They are the same in each test, which starts from a reset world. */
const unchanged = new Map<string, readonly ImageView[]>();

async function viewUnchanged(id: string): Promise<readonly ImageView[]> {
  const views = unchanged.get(id) ?? (await viewAsEveryone(id));
  unchanged.set(id, views);
  return views;
}

describe('The five APIs agree on each image', () => {
  // Trigger images return an error only in the APIs that document it.
  const names = defaultFixtures().images.flatMap(({ name }) => (name?.startsWith('trigger-') ? [] : [name as string]));

  test.each(['demo', 'demo_reader', MEMBER, STRANGER])(
    'for %s, in lists, in detailed lists and when shown',
    async (user) => {
      const viewer = await client.as(user);
      const accessByName = new Map<string, string>();
      const lists = listsOf(viewer);
      for (const name of names) accessByName.set(name, (await viewImage(viewer, client.imageId(name), lists)).access);
      expect(accessByName.size).toBe(names.length);
      expect(accessByName.get('cirros-0.6.2-x86_64-disk')).toBe('listed');
      expect(accessByName.get('status-deleted')).toBe('hidden');
      expect(accessByName.get('demo-private')).toBe(user.startsWith('demo') ? 'listed' : 'hidden');
    },
  );
});

const facts = (view: ImageView | undefined) =>
  view === undefined || view.access === 'hidden' ? undefined : view.facts;

/** What owner, member and stranger are expected to see after a change. */
function expectedAfter(change: Change, before: readonly ImageView[]): readonly unknown[] {
  const changed = { ...facts(before[0]), ...change.facts };
  return [change.owner, change.member, change.stranger].map((expectedAccess, index) => {
    const access = expectedAccess ?? before[index]?.access;
    return access === 'hidden' ? { access } : { access, facts: changed };
  });
}

const changes = CHANGES.flatMap((change) =>
  Object.entries(change.actions).map(([operation, action]) => ({ title: change.title, operation, change, action })),
);

describe('An image', () => {
  test.each(changes)(
    'that $title through $operation is the same in every API for owner, member and stranger',
    async ({ change, action }) => {
      const id = client.imageId(change.image);
      const before = await viewUnchanged(id);
      await action(client, id);
      const after = await viewAsEveryone(id);
      expect(after).toEqual(expectedAfter(change, before));
      expect(after).not.toEqual(before);
    },
  );

  const byOthers = changes.filter(({ change }) => change.stranger === undefined && change.byOwner !== false);
  test.each(byOthers)(
    'does not change when a member or a stranger sends the request: $title through $operation',
    async ({ change, action }) => {
      const id = client.imageId(change.image);
      const before = await viewUnchanged(id);
      for (const other of others) {
        // Batch operations return 200 with a result for each image.
        await action(other, id).catch(({ message }: Error) => expect(message).toMatch(/^40[034]: /));
      }
      expect(await viewAsEveryone(id)).toEqual(before);
    },
  );
});

const creations = CREATIONS.flatMap(({ title, operations }) =>
  Object.entries(operations).map(([operation, create]) => ({ title, operation, create })),
);

describe('A new image', () => {
  test.each(creations)(
    'that $title through $operation is visible to its owner only, with its data',
    async ({ operation, create }) => {
      const id = await create(client, 'created');
      // The clock may have advanced beyond the expiry of the tokens.
      await logIn();
      const [owner, member, stranger] = await viewAsEveryone(id);
      const isScheduled = operation === 'rackspace-servers.enableScheduledImages';
      expect(owner).toEqual({
        access: 'listed',
        facts: expect.objectContaining({
          name: isScheduled ? expect.stringMatching(/^daily-web-1-/) : 'created',
          owner: client.projectId,
          size: expect.any(Number),
          status: statusOf('active', 'ACTIVE'),
        }),
      });
      expect(facts(owner)?.size).toBeGreaterThan(0);
      expect([member, stranger]).toEqual([{ access: 'hidden' }, { access: 'hidden' }]);
    },
  );

  test.each(Object.entries(REGISTRATIONS))(
    'that %s registers without data is queued in every API',
    async (_, register) => {
      const id = await register(client, 'created');
      const [owner, member, stranger] = await viewAsEveryone(id);
      expect(owner).toEqual({
        access: 'listed',
        facts: expect.objectContaining({ name: 'created', status: statusOf('queued', 'SAVING') }),
      });
      expect([member, stranger]).toEqual([{ access: 'hidden' }, { access: 'hidden' }]);
    },
  );
});

describe('An image that is being created', () => {
  /** Starts the creation; returns the image id and a function that ends the task. */
  async function start(operation: string) {
    await client.admin('put', '/configuration', { progress: { '*': { by: 'hand' } } });
    await SLOW_CREATIONS[operation]?.(client, 'created');
    const { body } = await expectSuccess(client.send('image-v2.listImages').query({ name: 'created' }));
    const id: string = body.images[0].id;
    const { tasks } = await client.admin('get', `/tasks?image=${id}`);
    return { id, finish: (outcome: object) => client.admin('post', `/tasks/${tasks[0].id}/finish`, outcome) };
  }
  const UNFINISHED = [statusOf('queued', 'SAVING'), statusOf('saving', 'SAVING')];

  test.each(Object.keys(SLOW_CREATIONS))(
    'by %s is unfinished in every API, and active once the task ends',
    async (operation) => {
      const { id, finish } = await start(operation);
      const [owner, member, stranger] = await viewAsEveryone(id);
      expect(UNFINISHED).toContainEqual(facts(owner)?.status);
      await finish({});
      const after = await viewImage(client, id);
      expect(after).toMatchObject({
        access: 'listed',
        facts: { name: 'created', status: statusOf('active', 'ACTIVE') },
      });
      expect([member, stranger]).toEqual([{ access: 'hidden' }, { access: 'hidden' }]);
    },
  );

  test.each([
    ['compute-v2.1.createServerImage', 'hidden'],
    ['rackspace-images.createImportTask', 'hidden'],
    ['rackspace-servers.createServerImage', 'listed'],
    ['ims.createCloudImage', 'listed'],
  ])('by %s is %s in every API when the task fails', async (operation, access) => {
    const { id, finish } = await start(operation);
    expect(UNFINISHED).toContainEqual(facts(await viewImage(client, id))?.status);
    await finish({ fail: { message: 'The disk is full.' } });
    const after = await viewImage(client, id);
    expect(after.access).toBe(access);
    if (access === 'listed') expect(facts(after)?.status).toEqual(statusOf('killed', 'ERROR'));
  });
});

test('Every operation that changes something is listed in test/conformance/cross-api (creation.ts: CREATIONS, REGISTRATIONS or INVISIBLE; changes.ts: CHANGES)', () => {
  const listed = new Set([
    ...changes.map(({ operation }) => operation),
    ...creations.map(({ operation }) => operation),
    ...Object.keys(REGISTRATIONS),
    ...Object.keys(INVISIBLE),
  ]);
  const changing = DIALECTS.filter(({ name }) => (APIS as readonly string[]).includes(name)).flatMap(
    ({ name, contract }) =>
      Object.entries(contract.operations)
        .filter(([, { method, annex, auth }]) => !['get', 'head'].includes(method) && !annex && auth !== 'none')
        .map(([id]) => `${name}.${id}`),
  );
  expect(changing.length).toBeGreaterThan(50);
  const missing = changing.filter((name) => !listed.has(name));
  expect(missing.map((name) => `Add "${name}" to a table in test/conformance/cross-api.`)).toEqual([]);
  expect([...listed].sort()).toEqual(changing.sort());
});

/** A status as each API names it. */
function statusOf(glance: string, compute: string, exceptions: Partial<ByApi<string>> = {}): ByApi<string> {
  const all = { 'image-v2': glance, 'rackspace-images': glance, ims: glance };
  return { ...all, 'compute-v2.1': compute, 'rackspace-servers': compute, ...exceptions };
}

test.each<[string, string, Partial<ByApi<string>>]>([
  ['queued', 'SAVING', {}],
  ['saving', 'SAVING', {}],
  // Older APIs do not know these two, and Compute has no status between SAVING and ACTIVE.
  ['uploading', 'UNKNOWN', { 'rackspace-images': 'queued', ims: 'queued' }],
  ['importing', 'UNKNOWN', { 'rackspace-images': 'saving', ims: 'saving' }],
  ['active', 'ACTIVE', {}],
  ['deactivated', 'UNKNOWN', { ims: 'killed' }],
  ['killed', 'ERROR', {}],
  ['pending_delete', 'DELETED', { ims: 'deleted' }],
])('The image status %s is %s in Compute, and the other APIs agree', async (status, compute, exceptions) => {
  const view = await viewImage(client, client.imageId(`status-${status.replace('_', '-')}`));
  expect(facts(view)?.status).toEqual(statusOf(status, compute, exceptions));
});

describe('Rejected deletes', () => {
  /** Status and body of the response of each API. */
  const responsesOf = (
    operation: 'showImage' | 'deleteImage',
    id: string,
    session = client,
  ): Promise<ByApi<readonly [number, Body]>> =>
    requestEveryApi(async (api) => {
      const response: Response = await session
        .send(`${api}.${operation}`, { image_id: id })
        .set('Accept', 'application/json');
      return [response.status, response.body];
    });

  /** An error body of Glance. */
  const glanceError = (status: number, title: string, message: string): unknown => [
    status,
    { code: `${status} ${title}`, title, message: expect.stringContaining(message) },
  ];
  const fault = (status: number, name: string, message: string): unknown => [
    status,
    { [name]: { code: status, message: expect.stringContaining(message) } },
  ];

  const notFound = (id: string, glanceMessage = `No image found with ID ${id}`): ByApi<unknown> => ({
    'image-v2': glanceError(404, 'Not Found', glanceMessage),
    'compute-v2.1': fault(404, 'itemNotFound', 'Image not found.'),
    'rackspace-images': fault(404, 'itemNotFound', `No image found with ID ${id}`),
    'rackspace-servers': fault(404, 'itemNotFound', 'Image not found.'),
    ims: glanceError(404, 'Not Found', glanceMessage),
  });

  const NOT_OWNER: ByApi<unknown> = {
    'image-v2': glanceError(403, 'Forbidden', ''),
    'compute-v2.1': fault(403, 'forbidden', 'You are not allowed to delete the image.'),
    'rackspace-images': fault(403, 'forbidden', 'You do not own this image'),
    'rackspace-servers': fault(403, 'forbidden', 'The image is not yours'),
    ims: glanceError(403, 'Forbidden', ''),
  };

  test('of a protected image have the error body of each API', async () => {
    const id = client.imageId('demo-protected');
    const message = `Image ${id} is protected and cannot be deleted.`;
    expect(await responsesOf('deleteImage', id)).toEqual({
      'image-v2': glanceError(403, 'Forbidden', message),
      'compute-v2.1': fault(403, 'forbidden', 'You are not allowed to delete the image.'),
      'rackspace-images': fault(403, 'forbidden', message),
      'rackspace-servers': fault(403, 'forbidden', 'The image is protected'),
      ims: glanceError(403, 'Forbidden', message),
    });
    expect((await viewImage(client, id)).access).toBe('listed');
  });

  test('of an image in use have the error body of each API', async () => {
    const id = client.imageId('in-use-by-web-1');
    const message = `Image ${id} `;
    expect(await responsesOf('deleteImage', id)).toEqual({
      'image-v2': glanceError(409, 'Conflict', message),
      // Compute does not translate this error of the image service.
      'compute-v2.1': fault(500, 'computeFault', 'HTTPConflict'),
      'rackspace-images': fault(409, 'conflictingRequest', message),
      'rackspace-servers': fault(409, 'conflictingRequest', 'The image is in use'),
      ims: glanceError(409, 'Conflict', message),
    });
    expect((await viewImage(client, id)).access).toBe('listed');
  });

  test('by members and strangers have the error body of each API', async () => {
    const [member, stranger] = others;
    for (const name of ['demo-shared', 'demo-shared-pending']) {
      const id = client.imageId(name);
      expect(await responsesOf('deleteImage', id, member)).toEqual(NOT_OWNER);
      expect(await responsesOf('deleteImage', id, stranger)).toEqual(
        notFound(id, `Failed to find image ${id} to delete`),
      );
      expect(await responsesOf('showImage', id, stranger)).toEqual(notFound(id));
    }
    const publicImage = client.imageId('cirros-0.6.2-x86_64-disk');
    expect(await responsesOf('deleteImage', publicImage, stranger)).toEqual(NOT_OWNER);
  });

  test('of a deleted image have the error body of each API', async () => {
    const id = client.imageId('demo-private');
    await expectSuccess(client.send('ims.deleteImage', { image_id: id }));
    expect(await responsesOf('showImage', id)).toEqual(notFound(id));
    expect(await responsesOf('deleteImage', id)).toEqual(notFound(id, `Failed to find image ${id} to delete`));
  });

  test.each([
    ['demo-protected', 'IMG.0091'],
    ['cirros-0.6.2-x86_64-disk', 'IMG.0094'],
    ['alt-shared-accepted', 'IMG.0092'],
  ])(
    'of %s have an IMS code when the profile selects codes, and are unchanged in the other APIs',
    async (name, code) => {
      client.emulator.worlds.default.setProfiles({ ims: { 'delete-refusals': 'codes' } });
      const { ims, ...others } = await responsesOf('deleteImage', client.imageId(name));
      expect(ims).toEqual([400, { error: { code, message: expect.any(String) } }]);
      expect(Object.values(others).map(([status]) => status)).toEqual([403, 403, 403, 403]);
    },
  );
});

test('Only the APIs based on Glance show protection and tags, and only ims shows tags as key and value', async () => {
  const id = client.imageId('demo-private');
  await expectSuccess(client.send('ims.addKeyValueTag', { image_id: id }).send({ tag: { key: 'team', value: 'a' } }));
  const images = await requestEveryApi(async (api) => {
    const { body } = await expectSuccess(client.send(`${api}.showImage`, { image_id: id }));
    return body.image ?? body;
  });
  for (const member of ['tags', 'protected']) {
    expect(APIS.filter((api) => member in images[api])).toEqual(['image-v2', 'rackspace-images', 'ims']);
  }
  expect(images['image-v2'].tags).toContain('team=a');
  const { body } = await expectSuccess(client.send('ims.listKeyValueTags', { image_id: id }));
  expect(body.tags).toContainEqual({ key: 'team', value: 'a' });
  expect(body.tags).toContainEqual({ key: 'golden', value: '' });
});

test('The data of a deactivated image cannot be downloaded or exported until it is reactivated', async () => {
  const id = client.imageId('demo-private');
  const admin = await client.as('admin');
  const send = (name: string) => expectSuccess(admin.send(`image-v2.${name}`, { image_id: id }));
  const download = async () => (await client.send('image-v2.downloadImageData', { image_id: id })).status;
  const exportStatus = async () => {
    const input = { image_uuid: id, receiving_swift_container: 'exports' };
    const { body } = await expectSuccess(
      client.send('rackspace-images.createExportTask').send({ type: 'export', input }),
    );
    return (await client.send('rackspace-images.showTask', { task_id: body.id })).body.status;
  };
  await send('deactivateImage');
  expect([await download(), await exportStatus()]).toEqual([403, 'failure']);
  await send('reactivateImage');
  expect([await download(), await exportStatus()]).toEqual([200, 'success']);
});
