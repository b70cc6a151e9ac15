// pkgcloud, as OpenStack client and as Rackspace client: argument `openstack` or `rackspace`.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const root = process.env.SIDEGLANCE_ROOT;
const provider = process.argv[2];
const isRackspace = provider === 'rackspace';
const pkgcloud = createRequire(`${process.env.CLIENTS_FOLDER}/`)('pkgcloud');
const operation = `${isRackspace ? 'rackspace-servers' : 'compute-v2.1'}.deleteImage`;

const settings = isRackspace
  ? { provider, authUrl: `${root}/rackspace/identity`, username: 'demo', apiKey: 'demo-api-key', region: 'DFW' }
  : {
      provider,
      authUrl: `${root}/identity`,
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

async function admin(method, path, body) {
  const response = await fetch(`${root}/__admin${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.clone().text()}`);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

const ask = (name, ...parameters) =>
  new Promise((resolve, reject) => {
    client[name](...parameters, (error, result) => (error ? reject(error) : resolve(result)));
  });

let failed = 0;
async function step(title, run) {
  try {
    await run();
    console.log(`ok ${title}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${title}: ${error.message.slice(0, 500)}`);
  }
}

/** Asserts that a call is refused with that status by the client's own error. */
const refused = async (statusCode, name, ...parameters) => {
  await assert.rejects(ask(name, ...parameters), (error) => {
    assert.equal(error.statusCode, statusCode);
    return true;
  });
};

let images = [];
const named = (name) => images.find((image) => image.name === name);

await step('logs in and lists images', async () => {
  images = await ask('getImages');
  assert.ok(named('demo-private') && named('demo-protected'), images.map(({ name }) => name).join());
});
await step('shows an image', async () => {
  const image = await ask('getImage', named('demo-private').id);
  assert.equal(image.name, 'demo-private');
  assert.equal(image.status, 'ACTIVE');
  await refused(404, 'getImage', '33333333-3333-4333-8333-333333333333');
});
await step('delete of a protected image is refused with 403', () =>
  refused(403, 'destroyImage', named('demo-protected').id),
);
for (const status of [409, 413, 503]) {
  await step(`an injected ${status} on delete is refused with ${status}, once`, async () => {
    await admin('POST', '/faults', {
      match: { operation },
      undocumented: true,
      fault: { answer: status, retryAfter: 1 },
    });
    await refused(status, 'destroyImage', named('demo-private').id);
    assert.equal((await ask('getImage', named('demo-private').id)).name, 'demo-private');
  });
}
await step('deletes, and a second delete is refused with 404', async () => {
  await ask('destroyImage', named('demo-private').id);
  await refused(404, 'destroyImage', named('demo-private').id);
});
await step('a wrong secret is refused with 401', async () => {
  const other = connect(isRackspace ? { apiKey: 'wrong' } : { password: 'wrong' });
  const error = await new Promise((resolve) => other.getImages((problem) => resolve(problem)));
  assert.equal(error?.statusCode, 401);
});
await step('a token that was revoked is refused with 401', async () => {
  // The client looks at the end that it was told, by its own clock: only the service can end a token early.
  await admin('PUT', '/clock', { advance: 90_000 });
  await refused(401, 'getImage', named('demo-protected').id);
});

process.exit(failed === 0 ? 0 : 1);
