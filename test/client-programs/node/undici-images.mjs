import { createReadStream } from 'node:fs';
import { given, propertyGiven, writeLines, writeStream } from './program.mjs';
import { ask, pages, poll, untilActive, writeIds } from './undici-ask.mjs';
import { logIn } from './undici-login.mjs';
import { send } from './undici-send.mjs';

const image = (rest = '', id = given('IMAGE_ID')) => `/v2/images/${id}${rest}`;
const member = () => image(`/members/${given('MEMBER')}`);
const tag = () => image(`/tags/${encodeURIComponent(given('TAG'))}`);
const nextOf = ({ next }) => next;
const statusOf = ({ status }) => status;

const patch = (changes) =>
  ask('PATCH', image(), changes, { 'content-type': 'application/openstack-images-v2.1-json-patch' });

function setProperty() {
  const [name, value] = propertyGiven();
  return patch([{ op: 'add', path: `/${name}`, value }]);
}

async function create() {
  const body = { name: given('IMAGE_NAME'), disk_format: 'raw', container_format: 'bare' };
  return (await ask('POST', '/v2/images', body)).body.id;
}

async function upload(id = given('IMAGE_ID')) {
  const { endpoint, token } = await logIn(given('API'));
  await send('PUT', `${endpoint}${image('/file', id)}`, {
    headers: { 'x-auth-token': token, 'content-type': 'application/octet-stream' },
    body: createReadStream(given('FILE')),
  });
}

async function createAndUpload() {
  const id = await create();
  await upload(id);
  writeLines([id]);
}

async function download() {
  const { endpoint, token } = await logIn(given('API'));
  const { stream } = await send('GET', `${endpoint}${image('/file')}`, {
    headers: { 'x-auth-token': token },
    isStream: true,
  });
  await writeStream(stream);
}

async function webDownload() {
  const id = await create();
  await ask('POST', image('/import', id), { method: { name: 'web-download', uri: given('SOURCE_URL') } });
  await untilActive(image('', id), statusOf);
  writeLines([id]);
}

/** Starts a task of Rackspace Cloud Images and polls it until it has succeeded; returns it. */
async function runTask(type, input) {
  const { body } = await ask('POST', '/v2/tasks', { type, input });
  return poll(`/v2/tasks/${body.id}`, statusOf, { good: 'success', bad: ['failure'] });
}

async function importTask() {
  const input = { image_properties: { name: given('IMAGE_NAME') }, import_from: given('SOURCE_URL') };
  writeLines([(await runTask('import', input)).result.image_id]);
}

/** Starts a job of IMS and polls it until it has succeeded; returns it. */
async function runJob(path, body) {
  const { job_id: id } = (await ask('POST', path, body)).body;
  return poll(`/v1/${process.env.HW_PROJECT_ID}/jobs/${id}`, statusOf, { good: 'success', bad: ['fail'] });
}

const writeImageOf = ({ entities }) => writeLines([entities.image_id]);

/** Tasks that the Image API, Rackspace Cloud Images and IMS have in common. */
export const COMMON = {
  'list-images': async () => writeIds(await pages('/v2/images', 'images', nextOf)),
  'show-image': async () => writeLines([(await ask('GET', image())).body.id]),
  'wait-for-active': () => untilActive(image(), statusOf),
  'update-image': setProperty,
  'protect-image': () => patch([{ op: 'replace', path: '/protected', value: true }]),
  'delete-image': () => ask('DELETE', image()),
  'add-tag': () => ask('PUT', tag()),
  'remove-tag': () => ask('DELETE', tag()),
  'share-image': () => ask('POST', image('/members'), { member: given('MEMBER') }),
  'accept-image': () => ask('PUT', member(), { status: 'accepted' }),
  'list-members': async () => {
    const { members } = (await ask('GET', image('/members'))).body;
    writeLines(members.map(({ member_id }) => member_id));
  },
  'unshare-image': () => ask('DELETE', member()),
};

const WRITING = {
  'create-image': async () => writeLines([await create()]),
  'upload-image': () => upload(),
  'create-and-upload': createAndUpload,
};

/** Further tasks of the Image API. */
export const OPENSTACK = {
  ...WRITING,
  'download-image': download,
  'import-image': webDownload,
  'deactivate-image': () => ask('POST', image('/actions/deactivate')),
  'reactivate-image': () => ask('POST', image('/actions/reactivate')),
  'list-tasks': async () => writeIds(await pages('/v2/tasks', 'tasks', nextOf)),
};

/** Further tasks of Rackspace Cloud Images. */
export const RACKSPACE = {
  'import-image': importTask,
  'export-image': () =>
    runTask('export', { image_uuid: given('IMAGE_ID'), receiving_swift_container: given('TARGET') }),
  'list-tasks': async () => writeIds(await pages('/v2/tasks', 'tasks', nextOf)),
};

/** Further tasks of IMS. */
export const IMS = {
  ...WRITING,
  'create-snapshot': async () => {
    const body = { name: given('IMAGE_NAME'), instance_id: given('SERVER_ID') };
    writeImageOf(await runJob('/v2/cloudimages/action', body));
  },
  'import-image': async () => {
    const body = { name: given('IMAGE_NAME'), image_url: given('SOURCE_URL'), min_disk: 1 };
    writeImageOf(await runJob('/v2/cloudimages/action', body));
  },
  'export-image': () =>
    runJob(`/v1/cloudimages/${given('IMAGE_ID')}/file`, { bucket_url: given('TARGET'), file_format: 'qcow2' }),
  'copy-image': async () => {
    const path = `/v1/cloudimages/${given('IMAGE_ID')}/copy`;
    writeImageOf(await runJob(path, { name: given('IMAGE_NAME') }));
  },
};
