// The usual requests: reads, creates with deletes, and errors.
import { call, json } from './client.mjs';

const IMAGES = '/image/v2/images';

/** An image whose deletion an injected 503 answers. */
export const BROKEN = '00000000-0000-4000-b000-000000000503';

const one = (method, path, expect) => async (server) => {
  await call(server, method, path(server), { expect });
  return 1;
};

async function createAndDelete(server, n) {
  const body = { name: `bench ${n}`, disk_format: 'raw', container_format: 'bare' };
  const { id } = json(await call(server, 'POST', IMAGES, { body, expect: 201 }));
  await call(server, 'DELETE', `${IMAGES}/${id}`, { expect: 204 });
  return 2;
}

/** Kinds of requests. Each function gets a number that no other has, and returns how many requests it has sent. */
export const READ_KINDS = {
  'GET one': one('GET', ({ image }) => `${IMAGES}/${image}`, 200),
  'page of 25': one('GET', () => `${IMAGES}?limit=25`, 200),
  'create and delete': createAndDelete,
  'delete rejected': one('DELETE', ({ kept }) => `${IMAGES}/${kept}`, 403),
  'injected 503': one('DELETE', () => `${IMAGES}/${BROKEN}`, 503),
};
