import { describe, expect, test } from '@jest/globals';
import { playing, statuses } from './shipped-support.ts';

const stage = playing();

interface Body {
  readonly token: { readonly catalog: unknown };
  readonly access: { readonly serviceCatalog: unknown };
}

describe('The catalogue', () => {
  test.each(['identity.getCatalog', 'identity.iamCatalog'])('catalogue-empty: %s has no service', async (operation) => {
    await stage.player.enable('catalogue-empty');
    expect((await stage.player.on(operation)).body.catalog).toEqual([]);
  });

  test('catalogue-empty: raxListTokenEndpoints has no service', async () => {
    await stage.player.enable('catalogue-empty');
    expect((await stage.player.on('identity.raxListTokenEndpoints')).body.endpoints).toEqual([]);
  });

  test.each([
    ['identity.getCatalog', 'catalog'],
    ['identity.iamCatalog', 'catalog'],
    ['identity.raxListTokenEndpoints', 'endpoints'],
  ])('catalogue-without-images: %s has forgotten the image service', async (operation, member) => {
    const { player } = stage;
    const types = async (): Promise<readonly string[]> =>
      (await player.on(operation)).body[member].map(({ type }: { type: string }) => type);
    expect(await types()).toContain('image');
    await player.enable('catalogue-without-images');
    expect(await types()).toEqual(['identity']);
    await player.client.admin('post', '/scenarios/catalogue-without-images/disable');
    expect(await types()).toContain('image');
  });

  test.each([
    ['authPasswordScoped', (body: Body) => body.token.catalog],
    ['iamAuthPassword', (body: Body) => body.token.catalog],
    ['v2Authenticate', (body: Body) => body.access.serviceCatalog],
    ['raxAuthenticatePassword', (body: Body) => body.access.serviceCatalog],
  ])('catalogue-in-log-in-wrong-type: %s gives a token, and no list of services', async (operation, catalogueIn) => {
    const { player } = stage;
    await player.enable('catalogue-in-log-in-wrong-type');
    const { status, body } = await player.on(`identity.${operation}`);
    expect([200, 201]).toContain(status);
    expect(catalogueIn(body)).toEqual({});
  });

  test.each(['getCatalog', 'listAuthProjects', 'iamCatalog', 'raxListTokenEndpoints'])(
    'catalogue-fails: the first three %s are 503, the fourth comes',
    async (operation) => {
      const { player } = stage;
      await player.enable('catalogue-fails');
      expect(await statuses(4, () => player.on(`identity.${operation}`))).toEqual([503, 503, 503, 200]);
    },
  );
});
