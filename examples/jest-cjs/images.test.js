const url = process.env.SIDEGLANCE_URL;

test('a new world has its own address', async () => {
  const made = await fetch(`${url}/__admin/worlds`, { method: 'POST', body: JSON.stringify({ name: 'example' }) });
  expect(made.status).toBe(201);
  const version = await (await fetch(`${url}/w/example/identity/v3`)).json();
  expect(version.version.links[0].href).toBe(`${url}/w/example/identity/v3/`);
});
