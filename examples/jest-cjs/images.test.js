const url = process.env.SIDEGLANCE_URL;

test('a new world has its own address', async () => {
  const response = await fetch(`${url}/__admin/worlds`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'example' }),
  });
  expect(response.status).toBe(201);
  const version = await (await fetch(`${url}/w/example/identity/v3`)).json();
  expect(version.version.links[0].href).toBe(`${url}/w/example/identity/v3/`);
});
