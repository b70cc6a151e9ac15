// Requests to the Image API, Rackspace's and IMS that leave nothing behind but what the service itself keeps.
import { call, json } from './client.mjs';

const IMAGES = '/image/v2/images';
const FORMATS = { disk_format: 'raw', container_format: 'bare' };
const BINARY = { 'Content-Type': 'application/octet-stream' };

const create = async (server, body) => json(await call(server, 'POST', IMAGES, { body, expect: 201 })).id;
const remove = (server, id) => call(server, 'DELETE', `${IMAGES}/${id}`, { expect: 204 });

/** Creates an image for `use`, which returns the number of its requests, and deletes it. */
async function withImage(server, n, use, attributes) {
  const id = await create(server, { name: `image ${n}`, ...FORMATS, ...attributes });
  const requests = await use(`${IMAGES}/${id}`, id);
  await remove(server, id);
  return requests + 2;
}

const upload = (sizeBytes) => (server, n) =>
  withImage(server, n, async (path) => {
    const body = Buffer.alloc(sizeBytes, `${n} `);
    await call(server, 'PUT', `${path}/file`, { body, headers: BINARY, expect: 204 });
    await call(server, 'GET', `${path}/file`);
    return 2;
  });

async function idTaken(server, n) {
  const id = `5f1a7000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  await create(server, { id, name: 'own id' });
  await remove(server, id);
  await call(server, 'POST', IMAGES, { body: { id }, expect: 409 });
  await call(server, 'GET', `${IMAGES}/${id}`, { expect: 404 });
  return 4;
}

const change = (server, n) =>
  withImage(server, n, async (path) => {
    await call(server, 'PATCH', path, {
      body: [
        { op: 'replace', path: '/name', value: `renamed ${n}` },
        { op: 'add', path: `/key-${n}`, value: `value ${n}` },
      ],
      headers: { 'Content-Type': 'application/openstack-images-v2.1-json-patch' },
    });
    await call(server, 'PUT', `${path}/tags/tag-${n}`, { expect: 204 });
    await call(server, 'DELETE', `${path}/tags/tag-${n}`, { expect: 204 });
    return 3;
  });

const members = (server, n) =>
  withImage(
    server,
    n,
    async (path) => {
      const member = `member-${n}`;
      await call(server, 'POST', `${path}/members`, { body: { member } });
      await call(server, 'POST', `${path}/members`, { body: { member: server.other.project } });
      const accepted = { body: { status: 'accepted' }, token: server.other.token };
      await call(server, 'PUT', `${path}/members/${server.other.project}`, accepted);
      await call(server, 'DELETE', `${path}/members/${member}`, { expect: 204 });
      return 4;
    },
    { visibility: 'shared' },
  );

const imported = (server, n) =>
  withImage(server, n, async (path) => {
    await call(server, 'PUT', `${path}/stage`, { body: Buffer.from(`staged ${n}`), headers: BINARY, expect: 204 });
    const body = { method: { name: 'glance-direct' } };
    await call(server, 'POST', `${path}/import`, { body, expect: 202 });
    await call(server, 'GET', `${path}/tasks`);
    return 3;
  });

async function task(server, n) {
  const input = { import_from: `http://files.example.org/${n}`, import_from_format: 'raw', image_properties: {} };
  const body = { type: 'import', input };
  const { id } = json(await call(server, 'POST', '/image/v2/tasks', { body, token: server.admin.token, expect: 201 }));
  await call(server, 'GET', `/image/v2/tasks/${id}`, { token: server.admin.token });
  return 2;
}

async function metadefs(server, n) {
  const asAdmin = { token: server.admin.token };
  const namespace = `Bench::N${n}`;
  const path = `/image/v2/metadefs/namespaces/${namespace}`;
  await call(server, 'POST', '/image/v2/metadefs/namespaces', { ...asAdmin, body: { namespace }, expect: 201 });
  const property = { name: `p${n}`, title: 'p', type: 'string' };
  await call(server, 'POST', `${path}/properties`, { ...asAdmin, body: property, expect: 201 });
  await call(server, 'POST', `${path}/objects`, { ...asAdmin, body: { name: `o${n}` }, expect: 201 });
  await call(server, 'POST', `${path}/tags/t${n}`, { ...asAdmin, expect: 201 });
  await call(server, 'DELETE', path, { ...asAdmin, expect: 204 });
  return 5;
}

async function lists(server, n) {
  await call(server, 'GET', `${IMAGES}?property-${n}=${n}&limit=5`);
  await call(server, 'GET', `${IMAGES}?key-${n}=${n}&tag=tag-${n}&limit=5`);
  await call(server, 'GET', `${IMAGES}?name=in:${n},${n + 1}&sort=name:asc,size:desc&limit=5`);
  await call(server, 'GET', `${IMAGES}?marker=${n}`, { expect: 400 });
  return 4;
}

async function rackspace(server, n) {
  const headers = { 'User-Agent': `rackspace ${n % 50}` };
  const body = { auth: { 'RAX-KSKEY:apiKeyCredentials': { username: 'demo', apiKey: 'demo-api-key' } } };
  const answer = json(await call(server, 'POST', '/rackspace/identity/v2.0/tokens', { body, headers, token: null }));
  const { id: token } = answer.access.token;
  await call(server, 'GET', '/rackspace/images/v2/images?limit=5', { token, headers });
  await call(server, 'GET', `/rackspace/images/v2/images/${crypto.randomUUID()}`, { token, headers, expect: 404 });
  return 3;
}

async function ims(server, n) {
  const { token } = server.huawei;
  const body = { name: `ims ${n}`, image_url: 'images:centos.qcow2', os_version: 'CentOS 7.4 64bit', min_disk: 40 };
  const { job_id: job } = json(await call(server, 'POST', '/ims/v2/cloudimages/action', { body, token }));
  const { project } = server.huawei;
  const { entities } = json(await call(server, 'GET', `/ims/v1/${project}/jobs/${job}`, { token }));
  await call(server, 'DELETE', `/ims/v2/images/${entities.image_id}`, { token, expect: 204 });
  return 3;
}

/** Kinds of requests. Each function gets a number that no other has, and returns how many requests it has sent. */
export const IMAGE_KINDS = {
  'image, changed': change,
  'image, 100 bytes': upload(100),
  'image, 5,000 bytes': upload(5_000),
  'image with an id of its own': idTaken,
  'image, members': members,
  'image, imported': imported,
  'task of an import': task,
  metadefs,
  'lists of images': lists,
  rackspace,
  ims,
};
