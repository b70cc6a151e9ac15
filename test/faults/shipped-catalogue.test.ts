import { describe, expect, test } from '@jest/globals';
import { setUpScenarioClient, statuses } from './shipped-support.ts';

const context = setUpScenarioClient();

interface Body {
  readonly token: { readonly catalog: unknown };
  readonly access: { readonly serviceCatalog: unknown };
}

describe('the service catalog', () => {
  test.each(['identity.getCatalog', 'identity.iamCatalog'])(
    'catalogue-empty: %s returns no services',
    async (operation) => {
      await context.client.enable('catalogue-empty');
      expect((await context.client.send(operation)).body.catalog).toEqual([]);
    },
  );

  test('catalogue-empty: raxListTokenEndpoints returns no endpoints', async () => {
    await context.client.enable('catalogue-empty');
    expect((await context.client.send('identity.raxListTokenEndpoints')).body.endpoints).toEqual([]);
  });

  test.each([
    ['identity.getCatalog', 'catalog'],
    ['identity.iamCatalog', 'catalog'],
    ['identity.raxListTokenEndpoints', 'endpoints'],
  ])('catalogue-without-images: %s omits the image service', async (operation, member) => {
    const { client } = context;
    const types = async (): Promise<readonly string[]> =>
      (await client.send(operation)).body[member].map(({ type }: { type: string }) => type);
    expect(await types()).toContain('image');
    await client.enable('catalogue-without-images');
    expect(await types()).toEqual(['identity']);
    await client.base.admin('post', '/scenarios/catalogue-without-images/disable');
    expect(await types()).toContain('image');
  });

  test.each([
    ['authPasswordScoped', (body: Body) => body.token.catalog],
    ['iamAuthPassword', (body: Body) => body.token.catalog],
    ['v2Authenticate', (body: Body) => body.access.serviceCatalog],
    ['raxAuthenticatePassword', (body: Body) => body.access.serviceCatalog],
  ])(
    'catalogue-in-log-in-wrong-type: %s returns a token and a catalog that is not a list',
    async (operation, catalogueIn) => {
      const { client } = context;
      await client.enable('catalogue-in-log-in-wrong-type');
      const { status, body } = await client.send(`identity.${operation}`);
      expect([200, 201]).toContain(status);
      expect(catalogueIn(body)).toEqual({});
    },
  );

  test.each(['getCatalog', 'listAuthProjects', 'iamCatalog', 'raxListTokenEndpoints'])(
    'catalogue-fails: %s returns 503 three times, then 200',
    async (operation) => {
      const { client } = context;
      await client.enable('catalogue-fails');
      expect(await statuses(4, () => client.send(`identity.${operation}`))).toEqual([503, 503, 503, 200]);
    },
  );
});

/** A service in the catalog of a login. */
interface Service {
  readonly type: string;
  readonly endpoints: readonly {
    readonly interface: string;
    readonly region: string;
    readonly region_id: string;
    readonly url: string;
  }[];
}

describe.each(['authPasswordScoped', 'iamAuthPassword'])('the catalog in the response of %s', (operation) => {
  const catalog = async (): Promise<readonly Service[]> =>
    (await context.client.send(`identity.${operation}`)).body.token.catalog;
  const endpoints = async () => (await catalog()).flatMap((service) => service.endpoints);

  test('catalogue-in-log-in-empty: contains no services', async () => {
    await context.client.enable('catalogue-in-log-in-empty');
    expect(await catalog()).toEqual([]);
  });

  test('catalogue-other-region: has its endpoints in another region', async () => {
    await context.client.enable('catalogue-other-region');
    const regions = (await endpoints()).flatMap((endpoint) => [endpoint.region, endpoint.region_id]);
    expect([...new Set(regions)]).toEqual(['Elsewhere']);
  });

  test('catalogue-internal-only: has internal endpoints only', async () => {
    await context.client.enable('catalogue-internal-only');
    expect([...new Set((await endpoints()).map((endpoint) => endpoint.interface))]).toEqual(['internal']);
  });

  test('token-header-in-lower-case: has the token in a header in lower case, and no Content-Type', async () => {
    await context.client.enable('token-header-in-lower-case');
    const { head } = await rawLogIn(operation);
    expect(head).toMatch(/\r\nx-subject-token: /);
    expect(head).not.toMatch(/\r\n(X-Subject-Token|Content-Type): /);
  });
});

/** Logs in without a library that changes the names of headers. */
function rawLogIn(operation: string) {
  const domain = { name: 'Default' };
  const body = JSON.stringify({
    auth: {
      identity: { methods: ['password'], password: { user: { name: 'demo', domain, password: 'secret' } } },
      scope: { project: { name: 'demo', domain } },
    },
  });
  return context.client.sendRaw(`identity.${operation}`, {
    body: [body],
    headers: { 'Content-Type': 'application/json' },
  });
}

test.each(['v2Authenticate', 'raxAuthenticatePassword'])(
  'the catalog of version 2.0 in the response of %s is emptied, or moved to another region',
  async (operation) => {
    const { client } = context;
    const catalog = async () => (await client.send(`identity.${operation}`)).body.access.serviceCatalog;
    await client.enable('catalogue-other-region');
    expect((await catalog())[0].endpoints[0].region).toBe('Elsewhere');
    await client.enable('catalogue-in-log-in-empty');
    await client.base.admin('post', '/scenarios/catalogue-other-region/disable');
    expect(await catalog()).toEqual([]);
  },
);

test('catalogue-unreachable: the addresses of images and servers are those of a port that nobody listens on', async () => {
  await context.client.enable('catalogue-unreachable');
  const { catalog } = (await context.client.send('identity.authPasswordScoped')).body.token;
  const urls = new Map(catalog.map(({ type, endpoints }: Service) => [type, endpoints.map(({ url }) => url)]));
  expect(urls.get('image')).toEqual(Array(3).fill('http://127.0.0.1:1/image'));
  expect(urls.get('compute')).toEqual(Array(3).fill('http://127.0.0.1:1/compute/v2.1'));
  expect(urls.get('identity')).not.toContain('http://127.0.0.1:1');
});
