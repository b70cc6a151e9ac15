// The core of Huawei Cloud's SDK, with its defaults: signs requests with an access key. npm has no package for IMS, so the paths stand here.
import { readFileSync } from 'node:fs';
import { given, load, main, propertyGiven, writeLines } from './program.mjs';

const core = (part) => load(`@huaweicloud/huaweicloud-sdk-core/${part}`);
const { BasicCredentials } = core('auth/BasicCredentials');
const { ClientBuilder } = core('ClientBuilder');
const { env } = process;

const client = new ClientBuilder((each) => each)
  .withEndpoint(env.HW_IMS_ENDPOINT)
  .withCredential(new BasicCredentials({ ak: env.HW_ACCESS_KEY, sk: env.HW_SECRET_KEY, projectId: env.HW_PROJECT_ID }))
  .build();

/** Sends a request; the parameters of the path are the inputs of the task. */
const ask = (method, url, data, contentType = 'application/json') =>
  client.sendRequest({
    method,
    url,
    contentType,
    queryParams: {},
    pathParams: { image_id: env.SIDEGLANCE_IMAGE_ID, member_id: env.SIDEGLANCE_MEMBER, project_id: env.HW_PROJECT_ID },
    headers: {},
    ...(data !== undefined && { data }),
  });

const IMAGE = '/v2/images/{image_id}';
const CLOUD_IMAGE = '/v2/cloudimages/{image_id}';
const replace = (path, value) => [{ op: 'replace', path, value }];

async function setProperty() {
  const [name, value] = propertyGiven();
  await ask('PATCH', CLOUD_IMAGE, [{ op: 'add', path: `/${name}`, value }]);
}

await main({
  ims: {
    'list-images': async () => {
      const { images } = await ask('GET', '/v2/cloudimages');
      writeLines(images.map(({ id }) => id));
    },
    'show-image': async () => writeLines([(await ask('GET', IMAGE)).id]),
    'create-image': async () => {
      const { id } = await ask('POST', '/v2/images', { name: given('IMAGE_NAME') });
      writeLines([id]);
    },
    'upload-image': () => ask('PUT', `${IMAGE}/file`, readFileSync(given('FILE')), 'application/octet-stream'),
    'update-image': setProperty,
    'protect-image': () => ask('PATCH', CLOUD_IMAGE, replace('/protected', true)),
    'delete-image': () => ask('DELETE', IMAGE),
    'add-tag': () => ask('PUT', '/v1/cloudimages/tags', { image_id: given('IMAGE_ID'), tag: given('TAG') }),
    'share-image': () => ask('POST', `${IMAGE}/members`, { member: given('MEMBER') }),
    'accept-image': () => ask('PUT', `${IMAGE}/members/{member_id}`, { status: 'accepted' }),
    'list-members': async () => {
      const { members } = await ask('GET', `${IMAGE}/members`);
      writeLines(members.map(({ member_id }) => member_id));
    },
    'unshare-image': () => ask('DELETE', `${IMAGE}/members/{member_id}`),
  },
});
