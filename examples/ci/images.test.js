// A test of a client that finds the cloud in OS_* variables, as in production.
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_USER_DOMAIN_NAME, OS_PROJECT_NAME } = process.env;

test('the client finds its images', async () => {
  const domain = { name: OS_USER_DOMAIN_NAME };
  const auth = {
    identity: { methods: ['password'], password: { user: { name: OS_USERNAME, password: OS_PASSWORD, domain } } },
    scope: { project: { name: OS_PROJECT_NAME, domain } },
  };
  const login = await fetch(`${OS_AUTH_URL}/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ auth }),
  });
  const { token } = await login.json();
  const address = token.catalog.find(({ type }) => type === 'image').endpoints[0].url;
  const list = await fetch(`${address}/v2/images?name=demo-protected`, {
    headers: { 'X-Auth-Token': login.headers.get('X-Subject-Token') },
  });
  const { images } = await list.json();
  assert.equal(images.length, 1);
});
