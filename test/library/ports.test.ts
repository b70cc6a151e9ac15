import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Sideglance, type SideglanceOptions, startSideglance } from '../../src/index.ts';

const OWN = {
  'image-v2': 0,
  'compute-v2.1': 0,
  'rackspace-images': 0,
  'rackspace-servers': 0,
  ims: 0,
  identity: 0,
  'rackspace-identity': 0,
  iam: 0,
};

let cloud: Sideglance;
afterEach(() => cloud.close());

/** Sends a request; an external address leads to the common port. */
const send = (url: string, options: RequestInit = {}): Promise<Response> =>
  fetch(url.replace(/^http:\/\/outside\.example/, `http://127.0.0.1:${cloud.port}`), {
    redirect: 'manual',
    ...options,
  });

const PASSWORD = { user: { name: 'demo', domain: { id: 'default' }, password: 'secret' } };
const LOGIN = {
  auth: {
    identity: { methods: ['password'], password: PASSWORD },
    scope: { project: { name: 'demo', domain: { id: 'default' } } },
  },
};
const V2_LOGIN = { auth: { passwordCredentials: { username: 'demo', password: 'secret' }, tenantName: 'demo' } };

/** All addresses in a value. */
function addressesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^https?:/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(addressesIn) : [];
}

interface LoggedIn {
  readonly token: string;
  readonly catalog: unknown;
}

async function logIn(identity: string): Promise<LoggedIn> {
  const response = await send(`${identity}/v3/auth/tokens`, {
    method: 'POST',
    body: JSON.stringify(LOGIN),
    headers: JSON_TYPE,
  });
  const { token } = (await response.json()) as { readonly token: { readonly catalog: unknown } };
  return { token: response.headers.get('x-subject-token') as string, catalog: token.catalog };
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

async function oldCatalog(url: string, member: string): Promise<unknown> {
  const response = await send(`${url}/v2.0/tokens`, {
    method: 'POST',
    body: JSON.stringify(V2_LOGIN),
    headers: JSON_TYPE,
  });
  return ((await response.json()) as { readonly access: Readonly<Record<string, unknown>> }).access[member];
}

/** Version documents of each API, below its address. */
const DOCUMENTS = {
  'image-v2': ['/', '/versions'],
  'compute-v2.1': ['/', '/v2.1/'],
  ims: ['/', '/v2.0'],
  identity: ['/', '/v3', '/v2.0'],
  iam: ['/', '/v3'],
} as const;

/** Returns the addresses whose response is 404. */
async function missing(addresses: readonly string[], token: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const address of new Set(addresses)) {
    const { status } = await send(address, { headers: { 'X-Auth-Token': token } });
    if (status === 404) found.push(address);
  }
  return found;
}

const SET_UPS: readonly (readonly [string, SideglanceOptions])[] = [
  ['with one port', {}],
  ['with ports for all APIs', { listen: OWN }],
  ['with an external address', { externalUrl: 'http://outside.example' }],
  ['with ports for all APIs and an external address', { listen: OWN, externalUrl: 'http://outside.example' }],
];

describe.each(SET_UPS)('%s', (_title, options) => {
  /** The address of an API: on its own port, if it has one. */
  const at = (api: keyof typeof MOUNTS): string => cloud.own[api] ?? `${local()}${MOUNTS[api]}`;
  const local = (): string => `http://127.0.0.1:${cloud.port}`;
  const MOUNTS = {
    'image-v2': '/image',
    'compute-v2.1': '/compute',
    ims: '/ims',
    identity: '/identity',
    'rackspace-identity': '/rackspace/identity',
    iam: '/iam',
  } as const;

  test('every link of the version documents answers, on own ports and on the common one', async () => {
    cloud = await startSideglance(options);
    const { token } = await logIn(at('identity'));
    const links: string[] = [];
    for (const [api, paths] of Object.entries(DOCUMENTS) as [keyof typeof DOCUMENTS, readonly string[]][]) {
      for (const base of new Set([at(api), local() + MOUNTS[api]])) {
        for (const path of paths) {
          const response = await send(base + path, { headers: { 'X-Auth-Token': token } });
          const body = await response.json();
          expect([base + path, response.status < 400]).toEqual([base + path, true]);
          links.push(...addressesIn(body));
        }
      }
    }
    expect(links.length).toBeGreaterThan(10);
    // Documentation on the web is no address of this cloud.
    const own = links.filter((link) => /127\.0\.0\.1|outside\.example/.test(link));
    // As in the services, nothing is at the root of a version of images.
    const roots = [at('image-v2'), at('ims')].concat(
      [local(), options.externalUrl ?? ''].flatMap((root) => [root + MOUNTS['image-v2'], root + MOUNTS.ims]),
    );
    const empty = roots.flatMap((root) => [`${root}/v1/`, `${root}/v2/`]);
    expect((await missing(own, token)).filter((link) => !empty.includes(link))).toEqual([]);
  });

  test('every endpoint of the catalogs answers, and those on own ports are named', async () => {
    cloud = await startSideglance(options);
    const identity = at('identity');
    const { token, catalog } = await logIn(identity);
    const catalogs = [
      catalog,
      await oldCatalog(identity, 'serviceCatalog'),
      await oldCatalog(at('rackspace-identity'), 'serviceCatalog'),
      await (await send(`${at('iam')}/v3/auth/catalog`, { headers: { 'X-Auth-Token': token } })).json(),
    ];
    const endpoints = catalogs.flatMap(addressesIn);
    expect(endpoints.length).toBeGreaterThan(8);
    const unknown: string[] = [];
    for (const endpoint of new Set(endpoints)) {
      const response = await send(endpoint, { headers: { 'X-Auth-Token': token } });
      if ((await response.text()).includes('No API is mounted')) unknown.push(endpoint);
    }
    expect(unknown).toEqual([]);
    const hosts = new Set(addressesIn(catalog).map((address) => new URL(address).host));
    const expected = options.externalUrl === undefined ? Object.values(cloud.own).map((own) => new URL(own).host) : [];
    if (expected.length > 0) for (const host of hosts) expect(expected).toContain(host);
    else
      expect(hosts).toEqual(
        new Set([options.externalUrl === undefined ? `127.0.0.1:${cloud.port}` : 'outside.example']),
      );
  });

  test('the Location of an image leads to the image', async () => {
    cloud = await startSideglance(options);
    const { token, catalog } = await logIn(at('identity'));
    const image = (
      catalog as readonly { readonly type: string; readonly endpoints: readonly { readonly url: string }[] }[]
    ).find(({ type }) => type === 'image')?.endpoints[0]?.url;
    const headers = { 'X-Auth-Token': token, ...JSON_TYPE };
    const created = await send(`${image}/v2/images`, { method: 'POST', body: '{}', headers });
    const location = created.headers.get('location') as string;
    expect(location.startsWith(`${image}/v2/images/`)).toBe(true);
    expect((await send(location, { headers })).status).toBe(200);
  });
});

test('behind a published port with another number, links stay at that port', async () => {
  cloud = await startSideglance({ listen: { 'image-v2': 0 } });
  const { catalog } = await logIn(`http://127.0.0.1:${cloud.port}/identity`);
  expect(addressesIn(catalog)).toContain(cloud.own['image-v2']);
  const headers = { Host: 'cloud.test:15000', ...JSON_TYPE };
  const sent = request(`http://127.0.0.1:${cloud.port}/identity/v3/auth/tokens`, { method: 'POST', headers });
  sent.end(JSON.stringify(LOGIN));
  const [incoming] = (await once(sent, 'response')) as [IncomingMessage];
  const { token } = (await json(incoming)) as { readonly token: { readonly catalog: unknown } };
  expect(addressesIn(token.catalog)).toContain('http://cloud.test:15000/image');
});
