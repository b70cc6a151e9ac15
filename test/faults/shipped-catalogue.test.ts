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
