// Tests a client against a server in the same process: one world, one fault, one assertion about the client.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSideglance } from 'sideglance';

let cloud;
beforeAll(async () => {
  cloud = await startSideglance({ port: 0 });
});
afterAll(() => cloud.close());

/** The client under test: deletes an image, and retries once after 413. */
async function deleteImage(url, token, id) {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(`${url}/${id}`, { method: 'DELETE', headers: { 'X-Auth-Token': token } });
    if (response.status !== 413 || attempt === 2) return { status: response.status, attempts: attempt };
  }
}

test('the client retries a delete after 413', async () => {
  const login = await fetch(`${cloud.url}/rackspace/identity/v2.0/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ auth: { 'RAX-KSKEY:apiKeyCredentials': { username: 'demo', apiKey: 'demo-api-key' } } }),
  });
  const { token, serviceCatalog } = (await login.json()).access;
  const servers = serviceCatalog.find(({ type }) => type === 'compute').endpoints[0].publicURL;
  const list = await fetch(`${servers}/images?name=demo-private`, { headers: { 'X-Auth-Token': token.id } });
  const [image] = (await list.json()).images;

  await fetch(`${cloud.url}/__admin/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      match: { operation: 'rackspace-servers.deleteImage' },
      fault: { answer: 413, retryAfter: 0 },
    }),
  });
  expect(await deleteImage(`${servers}/images`, token.id, image.id)).toEqual({ status: 204, attempts: 2 });

  const coverage = await (await fetch(`${cloud.url}/__admin/coverage`)).json();
  const cells = coverage.cells.filter(
    ({ operation, dialect }) => `${dialect}.${operation}` === 'rackspace-servers.deleteImage',
  );
  const returned = cells.filter(({ natural, injected }) => natural + injected > 0);
  expect(returned.map(({ status }) => status)).toEqual([204, 413]);
});
