import { given, propertyGiven, writeLines } from './program.mjs';
import { ask, pages, untilActive, writeIds } from './undici-ask.mjs';

const path = (id = given('IMAGE_ID')) => `/images/${id}`;
const nextLink = ({ images_links: links = [] }) => links.find(({ rel }) => rel === 'next')?.href;
const statusOf = ({ image }) => image.status;

async function snapshot() {
  const body = { createImage: { name: given('IMAGE_NAME') } };
  const { headers } = await ask('POST', `/servers/${given('SERVER_ID')}/action`, body);
  const id = headers.location.split('/').at(-1);
  await untilActive(path(id), statusOf);
  writeLines([id]);
}

/** Tasks of the Compute API and of Rackspace Cloud Servers. */
export const SERVERS = {
  'list-images': async () => writeIds(await pages('/images/detail', 'images', nextLink)),
  'show-image': async () => writeLines([(await ask('GET', path())).body.image.id]),
  'update-image': () => ask('POST', `${path()}/metadata`, { metadata: Object.fromEntries([propertyGiven()]) }),
  'delete-image': () => ask('DELETE', path()),
  'wait-for-active': () => untilActive(path(), statusOf),
  'create-snapshot': snapshot,
};
