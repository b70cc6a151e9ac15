// Creates an image with data, and takes every fault that a sweep knows.
import { setTimeout as pause } from 'node:timers/promises';
import { Lost, Refused, Session } from './session.mjs';

const IMAGE = { name: 'mine', disk_format: 'raw', container_format: 'bare' };
const DATA = Buffer.alloc(4000, 'sideglance');
const ATTEMPTS = 4;

// Longer than any natural response takes, even on a busy machine, and shorter than the deadline of the sweep.
const session = new Session({ timeout: 2000 });

const isTransient = (error) => error instanceof Lost || (error instanceof Refused && error.status >= 500);

/** Repeats something that may be repeated, after growing waits. Logs in again when the token is refused. */
async function persist(action) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      const isTokenOld = error instanceof Refused && error.status === 401 && session.token !== undefined;
      if (attempt === ATTEMPTS || !(isTransient(error) || isTokenOld)) throw error;
      await pause(20 * 2 ** attempt * (1 + Math.random()));
      if (isTokenOld) await session.logIn();
    }
  }
}

/** The image that an earlier attempt created without telling. */
async function createdBefore() {
  const { images } = await persist(() => session.send('GET', `/images?name=${IMAGE.name}`));
  return images[0];
}

async function create() {
  let isUnknown = false;
  return persist(async () => {
    const known = isUnknown ? await createdBefore() : undefined;
    isUnknown = true;
    return known ?? (await session.send('POST', '/images', { json: IMAGE }));
  });
}

async function upload(id) {
  let isUnknown = false;
  await persist(async () => {
    if (isUnknown && (await show(id)).status !== 'queued') return;
    isUnknown = true;
    await session.send('PUT', `/images/${id}/file`, { data: DATA });
  });
}

const show = (id) => persist(() => session.send('GET', `/images/${id}`));

/** Removes what is unfinished. It may be gone already, or be unknown to a client that lost the answer. */
async function cleanUp(id) {
  const image = id === undefined ? await createdBefore() : { id };
  if (image === undefined) return;
  await persist(() => session.send('DELETE', `/images/${image.id}`)).catch((error) => {
    if (error.status !== 404) throw error;
  });
}

let id;
try {
  await persist(() => session.logIn());
  ({ id } = await create());
  await upload(id);
  for (let polls = 0; (await show(id)).status !== 'active'; polls += 1) {
    if (polls === 20) throw new Lost('the image does not become active');
    await pause(20);
  }
  console.log('created');
} catch (error) {
  console.error(`Failed: ${error.message}`);
  process.exitCode = 1;
  if (session.token !== undefined) await cleanUp(id);
}
