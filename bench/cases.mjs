// The kinds of requests that the benchmark compares, for Sideglance and for servers that return the same bytes.

/** An image whose deletion an injected 503 answers. */
const BROKEN = '00000000-0000-4000-b000-000000000503';
/** The image that a stub pretends to have created. */
export const createdId = '00000000-0000-4000-a000-000000000001';
/** How many images a list is chosen from. */
const IMAGES = 1000;

/** Sends a request, and throws for an unexpected status. */
export async function call(url, method, path, { headers = {}, body } = {}) {
  const response = await fetch(url + path, {
    method,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status >= 500 || (response.status >= 400 && response.status !== 403))
    throw new Error(`${method} ${path} returned ${response.status}: ${text.slice(0, 200)}`);
  return { response, text };
}

/** Returns a token of the default fixtures. */
export async function logIn(url) {
  const domain = { name: 'Default' };
  const identity = { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } };
  const auth = { identity, scope: { project: { name: 'demo', domain } } };
  const { response } = await call(url, 'POST', '/identity/v3/auth/tokens', { body: { auth } });
  return response.headers.get('x-subject-token');
}

const createAndDelete = (prefix, headers) => [
  {
    method: 'POST',
    path: `${prefix}/v2/images`,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bench', disk_format: 'raw', container_format: 'bare' }),
    onResponse: (_status, body, context) => {
      context.id = JSON.parse(body).id;
    },
  },
  {
    method: 'DELETE',
    setupRequest: (request, context) => ({ ...request, path: `${prefix}/v2/images/${context.id}`, headers }),
  },
];

/**
 * Creates what the requests need in Sideglance, and takes the responses as samples for the others.
 * @returns the headers with a token, the samples, and the cases.
 */
export async function prepare(url) {
  const headers = { 'x-auth-token': await logIn(url) };
  const create = async (body) => JSON.parse((await call(url, 'POST', '/image/v2/images', { headers, body })).text);
  for (let count = 0; count < IMAGES; count += 1) await create({ name: `image ${count}` });
  const created = await create({ name: 'protected', protected: true });
  await create({ id: BROKEN, name: 'broken' });
  const match = { operation: 'image-v2.deleteImage', image: { id: BROKEN } };
  const rule = { match, calls: { from: 1 }, undocumented: true, fault: { answer: 503 } };
  await call(url, 'POST', '/__admin/faults', { body: rule });
  const one = await call(url, 'GET', `/image/v2/images/${created.id}`, { headers });
  const list = await call(url, 'GET', '/image/v2/images?limit=25', { headers });
  const rejected = await call(url, 'DELETE', `/image/v2/images/${created.id}`, { headers });
  const injected = await fetch(`${url}/image/v2/images/${BROKEN}`, { method: 'DELETE', headers });
  const samples = {
    one: JSON.parse(one.text),
    list: JSON.parse(list.text),
    rejected: rejected.text,
    injected: await injected.text(),
  };
  return { headers, samples, cases: casesOf(headers, created.id) };
}

function casesOf(headers, id) {
  const get = (path) => [{ method: 'GET', path, headers }];
  const remove = (path) => [{ method: 'DELETE', path, headers }];
  return [
    { name: 'GET one', ours: get(`/image/v2/images/${id}`), theirs: get(`/v2/images/${id}`), expected: [200] },
    {
      name: 'list page of 25',
      ours: get('/image/v2/images?limit=25'),
      theirs: get('/v2/images?limit=25'),
      expected: [200],
    },
    {
      name: 'create + delete',
      ours: createAndDelete('/image', headers),
      theirs: createAndDelete('', headers),
      expected: [201, 204],
    },
    {
      name: 'delete rejected (403)',
      ours: remove(`/image/v2/images/${id}`),
      theirs: remove('/v2/images/protected'),
      expected: [403],
    },
    {
      name: 'injected 503',
      ours: remove(`/image/v2/images/${BROKEN}`),
      theirs: remove('/v2/images/injected'),
      expected: [503],
    },
  ];
}
