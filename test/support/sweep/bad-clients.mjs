// Clients with one habit each, most of them bad. It is the first argument. The second one is a file for their notes.
import { appendFileSync, readFileSync } from 'node:fs';
import { Lost, Session } from './session.mjs';

const [, , which, notes] = process.argv;
const IMAGE = { name: 'mine', disk_format: 'raw', container_format: 'bare' };
const DATA = Buffer.alloc(4000, 'sideglance');
const session = new Session();

/** Ends with a message and exit code 1, without cleaning up. */
const fail = (error) => {
  console.error(`Failed: ${error.message}`);
  process.exit(1);
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
};

await session.logIn();
await CLIENTS[which]();
