// Runs in the container `tests`.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { SIDEGLANCE_URL, SIDEGLANCE_ADMIN_TOKEN } = process.env;

const admin = (method, path) =>
  fetch(`${SIDEGLANCE_URL}/__admin/${path}`, {
    method,
    headers: { Authorization: `Bearer ${SIDEGLANCE_ADMIN_TOKEN}` },
  });

async function logIn() {
  const domain = { name: 'Default' };
  const user = { name: 'builder', password: 'secret', domain };
  const auth = {
    identity: { methods: ['password'], password: { user } },
    scope: { project: { name: 'team', domain } },
  };
  const response = await fetch(`${SIDEGLANCE_URL}/identity/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ auth }),
  });
  assert.equal(response.status, 201);
  return { 'X-Auth-Token': response.headers.get('X-Subject-Token') };
}

test('an image can be deleted after the maintenance', async () => {
  const headers = await logIn();
  const { images } = await (await fetch(`${SIDEGLANCE_URL}/image/v2/images`, { headers })).json();
  assert.deepEqual(
    images.map(({ name }) => name),
    ['golden'],
  );
  const remove = () => fetch(`${SIDEGLANCE_URL}/image/v2/images/${images[0].id}`, { method: 'DELETE', headers });
  assert.equal((await admin('POST', 'scenarios/maintenance/enable')).status, 200);
  const refused = await remove();
  assert.deepEqual([refused.status, refused.headers.get('Retry-After')], [503, '30']);
  assert.equal((await admin('POST', 'scenarios/maintenance/disable')).status, 200);
  assert.equal((await remove()).status, 204);
});
