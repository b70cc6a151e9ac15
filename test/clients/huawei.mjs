// @huaweicloud/huaweicloud-sdk-core, which signs each request to the Image Management Service with an access key.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { admin, end, inject, ROOT, report, STATUSES, step, timesInjected } from './steps.mjs';

const require = createRequire(`${process.env.CLIENTS_FOLDER}/`);
const core = (part) => require(`@huaweicloud/huaweicloud-sdk-core/${part}`);
const { BasicCredentials } = core('auth/BasicCredentials');
const { ClientBuilder } = core('ClientBuilder');
const { ClientRequestException } = core('exception/ClientRequestException');
const { ServerResponseException } = core('exception/ServerResponseException');

const connect = ({ access = 'demo-ak', secret = 'demo-sk', project } = {}) =>
  new ClientBuilder((client) => client)
    .withEndpoint(`${ROOT}/ims`)
    .withCredential(new BasicCredentials({ ak: access, sk: secret, ...(project && { projectId: project }) }))
    .build();
const client = connect();

const ask = (method, url, { data, query = {}, params = {}, type = 'application/json', by = client } = {}) =>
  by.sendRequest({
    method,
    url,
    contentType: type,
    queryParams: query,
    pathParams: params,
    headers: {},
    ...(data !== undefined && { data }),
  });

/** Asserts that a request fails with the status, the exception class of the client and the error code. */
const refused = async (status, code, call) => {
  await assert.rejects(call, (error) => {
    const Expected = status < 500 ? ClientRequestException : ServerResponseException;
    assert.ok(error instanceof Expected, `${error.constructor.name}: ${error.message}`);
    assert.equal(error.httpStatusCode, status);
    if (code !== undefined) assert.equal(error.errorCode, code);
    report(status, error.constructor.name);
    return true;
  });
};

const UNKNOWN = '33333333-3333-4333-8333-333333333333';
// Names in the fixtures of this driver's world.
const STOPPED = '5e44e400-0000-4000-8000-000000000003';
let images = [];
let project;
const named = (name) => images.find((image) => image.name === name);

await step('reaches its world through a fixed address by its access key', async () => {
  const [plain, world] = ROOT.split('/w/');
  const at = (access) =>
    new ClientBuilder((each) => each)
      .withEndpoint(`${plain}/ims`)
      .withCredential(new BasicCredentials({ ak: access, sk: 'demo-sk' }))
      .build();
  const { images: all } = await ask('GET', '/v2/cloudimages', { by: at(`demo-ak@${world}`) });
  const { images: within } = await ask('GET', '/v2/cloudimages');
  assert.deepEqual(
    all.map(({ id }) => id),
    within.map(({ id }) => id),
  );
  assert.equal((await admin('GET', '/requests')).requests.at(-2).url, '/ims/v2/cloudimages');
  await refused(401, 'APIGW.0301', ask('GET', '/v2/cloudimages', { by: at('demo-ak@nowhere') }));
});

await step('signs a list of images with its parameters', async () => {
  ({ images } = await ask('GET', '/v2/cloudimages', { query: { limit: 200, __isregistered: 'true' } }));
  assert.ok(named('demo-private') && named('demo-protected'), images.map(({ name }) => name).join());
  project = named('demo-private').owner;
});
await step('shows an image by a parameter of the path', async () => {
  const image = await ask('GET', '/v2/images/{image_id}', { params: { image_id: named('demo-private').id } });
  assert.equal(image.name, 'demo-private');
  assert.equal(image.httpStatusCode, 200);
});
await step('signs a body: registers, shares, tags and finds an image', async () => {
  const by = connect({ project });
  const params = { project_id: project };
  const made = await ask('POST', '/v2/images', { by, data: { name: 'by sdk ä', __os_version: 'CentOS 7.3 64bit' } });
  assert.equal(made.__platform, 'CentOS');
  params.image_id = made.id;
  const member = await ask('POST', '/v2/images/{image_id}/members', { by, params, data: { member: 'someone' } });
  assert.equal(member.status, 'pending');
  const tag = { key: 'stage', value: 'test' };
  const tagged = await ask('POST', '/v2/{project_id}/images/{image_id}/tags', { by, params, data: { tag } });
  assert.equal(tagged.httpStatusCode, 204);
  const found = await ask('POST', '/v2/{project_id}/images/resource_instances/action', {
    by,
    params,
    data: { action: 'filter', tags: [{ key: 'stage', values: ['test'] }] },
  });
  assert.deepEqual(
    found.resources.map(({ resource_name }) => resource_name),
    ['by sdk ä'],
  );
});
await step('uploads data that the signature does not cover', async () => {
  const { id: image_id } = await ask('POST', '/v2/images', { data: { name: 'with data' } });
  const upload = { params: { image_id }, data: 'the bytes', type: 'application/octet-stream' };
  assert.equal((await ask('PUT', '/v2/images/{image_id}/file', upload)).httpStatusCode, 204);
  const image = await ask('GET', '/v2/images/{image_id}', { params: { image_id } });
  assert.deepEqual([image.status, image.size], ['active', 9]);
  await refused(409, undefined, ask('PUT', '/v2/images/{image_id}/file', upload));
});
await step('a patch in the format of ims changes an image', async () => {
  const image = await ask('PATCH', '/v2/cloudimages/{image_id}', {
    params: { image_id: named('demo-private').id },
    data: [{ op: 'replace', path: '/name', value: 'renamed' }],
  });
  assert.equal(image.name, 'renamed');
});
/** Polls a job once, and returns it. */
async function jobOf({ job_id }) {
  return ask('GET', '/v1/{project_id}/jobs/{job_id}', { params: { project_id: project, job_id } });
}
await step('creates an image from a server through a job that it polls', async () => {
  await admin('PUT', '/configuration', { progress: { snapshot: { by: 'polls', polls: 2 } } });
  const begun = await ask('POST', '/v2/cloudimages/action', { data: { name: 'of a server', instance_id: STOPPED } });
  const statuses = [];
  let job = await jobOf(begun);
  for (; !['SUCCESS', 'FAIL'].includes(job.status) && statuses.length < 9; job = await jobOf(begun)) {
    statuses.push(job.status);
  }
  assert.deepEqual([...new Set([...statuses, job.status])], ['RUNNING', 'SUCCESS']);
  const image = await ask('GET', '/v2/images/{image_id}', { params: { image_id: job.entities.image_id } });
  assert.deepEqual([image.name, image.status], ['of a server', 'active']);
  await admin('PUT', '/configuration', { progress: {} });
});
await step('a failed job shows its error code', async () => {
  await admin('PUT', '/configuration', { progress: { copy: { by: 'once', fail: { code: 'IMG.0014' } } } });
  const params = { image_id: named('demo-private').id };
  const job = await jobOf(await ask('POST', '/v1/cloudimages/{image_id}/copy', { params, data: { name: 'never' } }));
  assert.deepEqual([job.status, job.error_code], ['FAIL', 'IMG.0014']);
  await admin('PUT', '/configuration', { progress: {} });
});
await step('copies and exports an image', async () => {
  const params = { image_id: named('demo-private').id };
  const copied = await jobOf(
    await ask('POST', '/v1/cloudimages/{image_id}/copy', { params, data: { name: 'copied' } }),
  );
  assert.equal(copied.status, 'SUCCESS');
  const data = { bucket_url: 'exports:exported.qcow2', file_format: 'qcow2' };
  const exported = await jobOf(await ask('POST', '/v1/cloudimages/{image_id}/file', { params, data }));
  assert.equal(exported.status, 'SUCCESS');
  const { containers } = await admin('GET', '/containers');
  assert.ok(containers.some(({ objects }) => objects.some(({ name }) => name === 'exported.qcow2')));
});
await step('copying an unknown image fails with 404', () =>
  refused(
    404,
    'IMG.0027',
    ask('POST', '/v1/cloudimages/{image_id}/copy', { params: { image_id: UNKNOWN }, data: { name: 'x' } }),
  ),
);
await step('deleting a protected image fails with 403', () =>
  refused(403, undefined, ask('DELETE', '/v2/images/{image_id}', { params: { image_id: named('demo-protected').id } })),
);
await step('an unknown image is 404, with an error code in operations of ims', async () => {
  await refused(404, undefined, ask('GET', '/v2/images/{image_id}', { params: { image_id: UNKNOWN } }));
  await refused(
    404,
    'IMG.0027',
    ask('PATCH', '/v2/cloudimages/{image_id}', {
      params: { image_id: UNKNOWN },
      data: [{ op: 'replace', path: '/name', value: 'x' }],
    }),
  );
});
await step('an invalid value is 400 with an error code', () =>
  refused(400, 'IMG.0115', ask('PUT', '/v1/cloudimages/tags', { data: { image_id: UNKNOWN, tag: 'no good' } })),
);
await step('an id that is in use fails with 409', () =>
  refused(409, undefined, ask('POST', '/v2/images', { data: { id: named('demo-protected').id, name: 'again' } })),
);
/** All operations on images, with method, path and body. */
const CALLS = [
  ['listCloudImages', 'GET', '/v2/cloudimages'],
  ['listImages', 'GET', '/v2/images'],
  ['showImage', 'GET', '/v2/images/{image_id}'],
  ['createImage', 'POST', '/v2/images', { name: 'refused' }],
  ['updateImage', 'PATCH', '/v2/images/{image_id}', [{ op: 'replace', path: '/name', value: 'refused' }]],
  ['updateCloudImage', 'PATCH', '/v2/cloudimages/{image_id}', [{ op: 'replace', path: '/name', value: 'refused' }]],
  ['createCloudImage', 'POST', '/v2/cloudimages/action', { name: 'refused', instance_id: STOPPED }],
  ['copyImage', 'POST', '/v1/cloudimages/{image_id}/copy', { name: 'refused' }],
  ['exportImage', 'POST', '/v1/cloudimages/{image_id}/file', { bucket_url: 'exports:refused', file_format: 'qcow2' }],
  ['showJob', 'GET', '/v1/{project_id}/jobs/{job_id}'],
  ['listKeyValueTags', 'GET', '/v2/{project_id}/images/{image_id}/tags'],
  ['addKeyValueTag', 'POST', '/v2/{project_id}/images/{image_id}/tags', { tag: { key: 'refused', value: '' } }],
  ['deleteKeyValueTag', 'DELETE', '/v2/{project_id}/images/{image_id}/tags/golden'],
  ['listImageMembers', 'GET', '/v2/images/{image_id}/members'],
  ['createImageMember', 'POST', '/v2/images/{image_id}/members', { member: 'refused' }],
  ['deleteImageMember', 'DELETE', '/v2/images/{image_id}/members/refused'],
  ['deleteImage', 'DELETE', '/v2/images/{image_id}'],
];
for (const [operation, method, url, data] of CALLS) {
  for (const status of STATUSES) {
    await step(`an injected ${status} on ${operation} raises the exception of its status, once`, async () => {
      const params = { image_id: named('demo-private').id, project_id: project, job_id: UNKNOWN };
      await inject(`ims.${operation}`, status);
      await refused(status, undefined, ask(method, url, { data, params }));
      assert.equal(await timesInjected(`ims.${operation}`, status), 1);
      const { images: left } = await ask('GET', '/v2/cloudimages', { query: { limit: 200 } });
      assert.ok(left.some(({ id }) => id === params.image_id));
      assert.ok(left.every(({ name }) => name !== 'refused'));
    });
  }
}
for (const [status, code] of [
  [429, 'APIGW.0308'],
  [500, 'IMG.0176'],
  [503, 'IMG.0014'],
]) {
  await step(`an injected ${status} has the error code ${code}`, async () => {
    await inject('ims.deleteImage', status, { code });
    const image_id = named('demo-private').id;
    await refused(status, code, ask('DELETE', '/v2/images/{image_id}', { params: { image_id } }));
  });
}
await step('deletes, with and without delete_backup', async () => {
  const image_id = named('demo-private').id;
  const gone = await ask('DELETE', '/v2/images/{image_id}', { params: { image_id }, data: { delete_backup: true } });
  assert.equal(gone.httpStatusCode, 204);
  await refused(404, undefined, ask('DELETE', '/v2/images/{image_id}', { params: { image_id } }));
});
await step('a wrong secret and an unknown key fail with 401', async () => {
  await refused(401, 'APIGW.0301', ask('GET', '/v2/cloudimages', { by: connect({ secret: 'wrong' }) }));
  await refused(401, 'APIGW.0301', ask('GET', '/v2/cloudimages', { by: connect({ access: 'nobody' }) }));
});
await step("another user's project fails with 403", async () => {
  const by = connect({ access: 'alt-demo-ak', secret: 'alt-demo-sk' });
  const { owner } = await ask('POST', '/v2/images', { by, data: { name: 'of somebody else' } });
  await refused(403, 'APIGW.0310', ask('GET', '/v2/cloudimages', { by: connect({ project: owner }) }));
});
await step('an expired signature fails with 401', async () => {
  await admin('PUT', '/clock', { advance: 3600 });
  await refused(401, 'APIGW.0301', ask('GET', '/v2/cloudimages'));
});

end();
