// Clients with one habit each, most of them bad. It is the first argument. The second one is a file for their notes.
import { appendFileSync, readFileSync } from 'node:fs';
import { Lost, Session } from './session.mjs';

const [, , which, notes] = process.argv;
const IMAGE = { name: 'mine', disk_format: 'raw', container_format: 'bare' };
const DATA = Buffer.alloc(4000, 'sideglance');
const COMPUTE = { api: '/compute/v2.1' };
const IDENTITY = { api: '/identity/v3' };
const session = new Session();

/** Ends with a message and exit code 1, without cleaning up. */
const fail = (error) => {
  console.error(`Failed: ${error.message}`);
  process.exit(1);
};
const newServer = async () => {
  const { id } = await demoImage();
  return { ...COMPUTE, json: { server: { name: 'mine', flavorRef: '1', imageRef: id } } };
};
const demoImage = async () => (await session.send('GET', '/images?name=demo-private')).images[0];

const CLIENTS = {
  /** Takes a failed list for an empty one. */
  unnoticing: async () => {
    const { images } = await session.send('GET', '/images').catch(() => ({ images: [] }));
    console.log(images.length);
  },
  /** Does not catch any error. */
  uncaught: () => session.send('GET', '/images'),
  /** Dies of a signal. */
  signalled: () => session.send('GET', '/images').catch(() => process.kill(process.pid, 'SIGABRT')),
  /** Reports a failure in one line. */
  reporting: () => session.send('GET', '/images').catch(fail),
  /** Waits for ever, because it has no timeout. */
  patient: () => session.send('GET', '/images').catch(fail),
  /** Leaves an image without data behind when the upload fails. */
  leaking: async () => {
    const { id } = await session.send('POST', '/images', { json: IMAGE }).catch(fail);
    await session.send('PUT', `/images/${id}/file`, { data: DATA }).catch(fail);
  },
  /** Does not look for the image when the answer is lost. */
  creating: () => session.send('POST', '/images', { json: IMAGE }).catch(fail),
  /** Looks for the image when the answer is lost, and names it in its message. */
  looking: () =>
    session.send('POST', '/images', { json: IMAGE }).catch(async ({ message }) => {
      const { images } = await session.send('GET', `/images?name=${IMAGE.name}`);
      fail({ message: `${message}; there is ${images.map(({ id }) => id)}` });
    }),
  /** Creates another image when the answer is lost. */
  duplicating: async () => {
    const create = () => session.send('POST', '/images', { json: IMAGE });
    await create().catch((error) => (error instanceof Lost ? create() : fail(error)));
  },
  /** Reports success although the upload failed. */
  losing: async () => {
    const { id } = await session.send('POST', '/images', { json: IMAGE });
    await session.send('PUT', `/images/${id}/file`, { data: DATA }).catch(() => undefined);
  },
  /** Does not check what it downloads. */
  trusting: async () => {
    const { id } = await demoImage();
    await session.send('GET', `/images/${id}/file`);
  },
  /** Reports success although the image still exists. */
  keeping: async () => {
    const { id } = await demoImage();
    await session.send('DELETE', `/images/${id}`).catch(() => undefined);
  },
  /** Takes 404 for an image that it deletes as success. */
  deleting: async () => {
    const { id } = await demoImage();
    await session.send('DELETE', `/images/${id}`).catch((error) => (error.status === 404 ? undefined : fail(error)));
  },
  /** Deletes the image that it has created, and takes one that does not exist for deleted. */
  cleaning: async () => {
    const { id } = await session.send('POST', '/images', { json: IMAGE }).catch(fail);
    await session.send('DELETE', `/images/${id}`).catch((error) => (error.status === 404 ? undefined : fail(error)));
  },
  /** Lists images only in the first two runs. */
  forgetful: async () => {
    const runs = readFileSync(notes, 'utf8').length;
    appendFileSync(notes, '.');
    if (runs < 2) await session.send('GET', '/images');
  },
  /** Draws a name for its image in each run. */
  drawing: async () => {
    const json = { ...IMAGE, name: `mine-${Math.random()}` };
    const { id } = await session.send('POST', '/images', { json }).catch(fail);
    await session.send('PUT', `/images/${id}/file`, { data: DATA }).catch(fail);
  },
  /** Creates a server, and does not look for it when the answer is lost. */
  building: async () => {
    const server = await newServer();
    await session.send('POST', '/servers', server).catch(fail);
  },
  /** Creates another server when the answer is lost. */
  buildingTwice: async () => {
    const server = await newServer();
    const build = () => session.send('POST', '/servers', server);
    await build().catch((error) => (error instanceof Lost ? build() : fail(error)));
  },
  /** Reports success although no server was created. */
  buildingNone: async () => {
    const server = await newServer();
    await session.send('POST', '/servers', server).catch(() => undefined);
  },
  /** Reports success although the server still exists. */
  keepingServer: async () => {
    const { servers } = await session.send('GET', '/servers', COMPUTE);
    await session.send('DELETE', `/servers/${servers[0].id}`, COMPUTE).catch(() => undefined);
  },
  /** Reports success although the server has its old name. */
  renamingServer: async () => {
    const { servers } = await session.send('GET', '/servers', COMPUTE);
    const json = { server: { name: 'renamed' } };
    await session.send('PUT', `/servers/${servers[0].id}`, { ...COMPUTE, json }).catch(() => undefined);
  },
  /** Deletes another server when the first one is said to be gone. */
  deletingAnother: async () => {
    const { servers } = await session.send('GET', '/servers', COMPUTE);
    const remove = ({ id }) => session.send('DELETE', `/servers/${id}`, COMPUTE);
    await remove(servers[0]).catch(() => remove(servers.at(-1)));
  },
  /** Creates an application credential, and does not look for it when the answer is lost. */
  entrusting: () => {
    const json = { application_credential: { name: 'mine' } };
    return session.send('POST', `/users/${session.userId}/application_credentials`, { ...IDENTITY, json }).catch(fail);
  },
  /** Reports success although no user was created. As `admin`. */
  enrolling: () =>
    session.send('POST', '/users', { ...IDENTITY, json: { user: { name: 'new' } } }).catch(() => undefined),
  /** Reports success although the namespace was not created. As `admin`. */
  defining: () =>
    session.send('POST', '/metadefs/namespaces', { json: { namespace: 'My::Own' } }).catch(() => undefined),
  /** Reports success although the image has no tag. */
  tagging: async () => {
    const { id } = await demoImage();
    await session.send('PUT', `/images/${id}/tags/mine`).catch(() => undefined);
  },
  /** Reports success although nobody shares the image. */
  sharing: async () => {
    const { id } = await session.send('POST', '/images', { json: { ...IMAGE, visibility: 'shared' } });
    const json = { member: '11111111111111111111111111111111' };
    await session.send('POST', `/images/${id}/members`, { json }).catch(() => undefined);
  },
};

await session.logIn();
await CLIENTS[which]();
