// pkgcloud as OpenStack or Rackspace client: argument `openstack` or `rackspace`.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { admin, end, inject, ROOT, report, STATUSES, step, timesInjected } from './steps.mjs';

const provider = process.argv[2];
const isRackspace = provider === 'rackspace';
const api = isRackspace ? 'rackspace-servers' : 'compute-v2.1';
const pkgcloud = createRequire(`${process.env.CLIENTS_FOLDER}/`)('pkgcloud');

const UNKNOWN = '33333333-3333-4333-8333-333333333333';
// Names in the fixtures of this driver's world.
const SERVER = '5e44e400-0000-4000-8000-000000000001';
const BUILDING = '5e44e400-0000-4000-8000-000000000002';

const settings = isRackspace
  ? { provider, authUrl: `${ROOT}/rackspace/identity`, username: 'demo', apiKey: 'demo-api-key', region: 'DFW' }
  : {
      provider,
      authUrl: `${ROOT}/identity`,
      keystoneAuthVersion: 'v3',
      username: 'demo',
      password: 'secret',
      region: 'RegionOne',
      domainName: 'Default',
      tenantName: 'demo',
      projectDomainName: 'Default',
    };
const connect = (changes = {}) => pkgcloud.compute.createClient({ ...settings, ...changes });
const client = connect();

const askOf = (asked, name, ...parameters) =>
  new Promise((resolve, reject) => {
    asked[name](...parameters, (error, result) => (error ? reject(error) : resolve(result)));
  });
const ask = (name, ...parameters) => askOf(client, name, ...parameters);

/** The name of the client for each status, and the member of the error body. */
const ERRORS = {
  401: ['Unauthorized', isRackspace ? 'unauthorized' : 'error'],
  403: ['Resize not allowed', 'forbidden'],
  404: ['Item not found', 'itemNotFound'],
  409: ['Build in progress', isRackspace ? 'buildInProgress' : 'conflictingRequest'],
  413: ['Over Limit', 'overLimit'],
  500: ['Fault', 'computeFault'],
  503: ['Service Unavailable', 'serviceUnavailable'],
};

/** Operations with another member for a 409 than most: that of the reason that an injected one has. */
const CONFLICTS = {
  openstack: { updateImageMeta: 'buildInProgress' },
  rackspace: { createImage: 'backupOrResizeInProgress' },
};

/** Asserts that a request fails with the status, and that the error of the client contains the error body. */
async function refused(statusCode, name, ...parameters) {
  const [failCode, usual] = ERRORS[statusCode];
  const error = await ask(name, ...parameters).then(
    (result) => assert.fail(`${name} was not refused: ${JSON.stringify(result)}`),
    (problem) => problem,
  );
  assert.ok(error instanceof Error && !(error instanceof assert.AssertionError), error.message);
  const { provider: by, message, result } = error;
  assert.deepEqual([error.statusCode, error.failCode, by], [statusCode, failCode, provider]);
  assert.equal(message, `${provider} Error (${statusCode}): ${failCode}`);
  if (isOfMiddleware(result)) assert.match(result.code, new RegExp(`^${statusCode} `));
  else assertFault(result, { statusCode, name, usual });
  report(statusCode, `Error, ${failCode}`);
  return error;
}

/** Whether an error body is of the layers before Nova, which refuse unknown paths and bodies over the limit. */
const isOfMiddleware = (result) => provider === 'openstack' && typeof result.code === 'string';

/** Asserts that an error body is a fault of the service. */
function assertFault(result, { statusCode, name, usual }) {
  const isConflict = statusCode === 409 && CONFLICTS[provider][name] !== undefined;
  const members = isConflict ? [usual, CONFLICTS[provider][name]] : [usual];
  const [member = ''] = Object.keys(result);
  assert.ok(Object.keys(result).length === 1 && members.includes(member), `${name}: ${JSON.stringify(result)}`);
  assert.equal(result[member].code, statusCode);
}

let images = [];
const named = (name) => {
  const image = images.find((each) => each.name === name);
  assert.ok(image, `${name} is not among ${images.map((each) => each.name).join()}`);
  return image;
};

async function makeImage(name) {
  const request = { server: SERVER, name, metadata: { stage: 'test' } };
  if (isRackspace) return ask('createImage', request);
  // The Location header of Compute names the image service without a version. The client follows it, gets the list of
  // versions and treats it as an empty response, although the image was created.
  await assert.rejects(ask('createImage', request), { message: 'Unexpected empty response' });
  return (await ask('getImages')).find((image) => image.name === name) ?? assert.fail(`${name} was not created`);
}

await step('getImages logs in and lists images', async () => {
  images = await ask('getImages');
  assert.equal(named('demo-protected').status, 'ACTIVE');
  assert.equal(named('status-saving').progress, 50);
});
await step('getImage shows an image', async () => {
  const image = await ask('getImage', named('demo-private').id);
  const { name, status, progress, created, updated } = image;
  assert.deepEqual(
    { name, status, progress, created, updated },
    {
      name: 'demo-private',
      status: 'ACTIVE',
      progress: 100,
      created: '2026-02-01T09:00:00Z',
      updated: '2026-02-01T09:00:00Z',
    },
  );
});
await step('createImage creates an image from a server, and getImage shows it become active', async () => {
  await admin('PUT', '/configuration', { progress: { snapshot: { by: 'hand' } } });
  const made = await makeImage('by pkgcloud');
  assert.deepEqual([made.name, made.status], ['by pkgcloud', 'SAVING']);
  const { tasks } = await admin('GET', `/tasks?image=${made.id}`);
  assert.equal(tasks.length, 1);
  await admin('POST', `/tasks/${tasks[0].id}/finish`);
  const shown = await ask('getImage', made.id);
  assert.deepEqual([shown.id, shown.status, shown.progress], [made.id, 'ACTIVE', 100]);
  assert.deepEqual(await ask('destroyImage', made.id), { ok: made.id });
});
await step('updateImageMeta sets a metadata item', async () => {
  const { metadata } = await ask('updateImageMeta', named('demo-private').id, { stage: 'test' });
  assert.equal(metadata.stage, 'test');
});

await step('deleting a protected image fails with 403', () => refused(403, 'destroyImage', named('demo-protected').id));
await step('showing and deleting an unknown image fails with 404', async () => {
  await refused(404, 'getImage', UNKNOWN);
  await refused(404, 'destroyImage', UNKNOWN);
  await refused(404, 'createImage', { server: UNKNOWN, name: 'of nothing' });
});
await step('creating an image from a server that is being built fails with 409', () =>
  refused(409, 'createImage', { server: BUILDING, name: 'too early' }),
);
if (isRackspace) {
  await step('deleting an image that is being saved fails with 409', () =>
    refused(409, 'destroyImage', named('status-saving').id),
  );
  await step('requests beyond the rate limit fail with 413 until the minute is over', async () => {
    // The clock is frozen, so that no minute ends between the requests.
    await admin('PUT', '/clock', { freeze: true });
    const address = `${client._serviceUrl}/images?limit=1`;
    const headers = { 'X-Auth-Token': client._identity.token.id };
    let left = 2000;
    while (left > 0 && (await fetch(address, { headers })).status === 200) left -= 1;
    const error = await refused(413, 'getImages');
    assert.ok(Date.parse(error.headers['retry-after']) > 0, error.headers['retry-after']);
    await admin('PUT', '/clock', { advance: 60 });
    assert.equal((await ask('getImages')).length, images.length);
    await admin('PUT', '/clock', { resume: true });
  });
} else {
  await step('deleting an image that a server uses fails with 500', () =>
    refused(500, 'destroyImage', named('in-use-by-web-1').id),
  );
}
/** All methods on images, with their operation and arguments. */
const CALLS = [
  ['getImages', 'listImagesDetail', () => []],
  ['getImage', 'showImage', () => [named('demo-private').id]],
  ['createImage', 'createServerImage', () => [{ server: SERVER, name: 'refused' }]],
  ['updateImageMeta', 'updateImageMetadata', () => [named('demo-private').id, { stage: 'refused' }]],
  ['destroyImage', 'deleteImage', () => [named('demo-private').id]],
];
for (const [name, operation, parameters] of CALLS) {
  for (const status of STATUSES) {
    await step(`an injected ${status} on ${name} fails with ${status}, once`, async () => {
      await inject(`${api}.${operation}`, status, { retryAfter: 7 });
      const { headers } = await refused(status, name, ...parameters());
      assert.equal(await timesInjected(`${api}.${operation}`, status), 1);
      if (status === 413 || status === 503) assert.equal(headers['retry-after'], '7');
      const { metadata } = await ask('updateImageMeta', named('demo-private').id, {});
      assert.equal(metadata.stage, 'test');
      assert.ok((await ask('getImages')).every((image) => image.name !== 'refused'));
    });
  }
}

for (const status of [405, 429]) {
  await step(`an injected ${status} is not an error for destroyImage, and nothing is deleted`, async () => {
    const { id } = named('demo-private');
    await inject(`${api}.deleteImage`, status);
    assert.deepEqual(await ask('destroyImage', id), { ok: id });
    assert.equal(await timesInjected(`${api}.deleteImage`, status), 1);
    assert.equal((await ask('getImage', id)).name, 'demo-private');
  });
}

await step('destroyImage deletes, and a second delete fails with 404', async () => {
  const { id } = named('demo-private');
  assert.deepEqual(await ask('destroyImage', id), { ok: id });
  await refused(404, 'destroyImage', id);
});
await step('a wrong secret fails with 401', async () => {
  const other = connect(isRackspace ? { apiKey: 'wrong' } : { password: 'wrong' });
  await assert.rejects(askOf(other, 'getImages'), { statusCode: 401, failCode: 'Unauthorized' });
});
await step('a revoked token fails with 401', async () => {
  // The client checks the expiry by the system clock, so only the service can end a token early.
  await admin('PUT', '/clock', { advance: 90_000 });
  await refused(401, 'getImage', named('demo-protected').id);
  await refused(401, 'destroyImage', named('demo-protected').id);
});

end();
