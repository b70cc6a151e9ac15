import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Operation } from '../../src/contract/contract.ts';
import { contract as computeContract } from '../../src/dialects/compute-v2.1/contract.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { startEmulator } from '../support/emulator.ts';
import { entriesOf } from '../support/journal.ts';
import { type Client, clientOf } from './support.ts';

/** Bodies that select between operations with the same method and path. */
const auth = (methods: readonly string[], scope: object = {}) => ({ auth: { identity: { methods }, ...scope } });
const BODIES: Readonly<Record<string, object>> = {
  'identity.authPasswordUnscoped': auth(['password']),
  'identity.authPasswordScoped': auth(['password'], { scope: { project: { id: 'p' } } }),
  'identity.authToken': auth(['token']),
  'identity.authApplicationCredential': auth(['application_credential']),
  'identity.authOauth1': auth(['oauth1']),
  'identity.authMultiFactor': auth(['password', 'totp']),
  'identity.raxAuthenticateApiKey': { auth: { 'RAX-KSKEY:apiKeyCredentials': {} } },
  'identity.raxAuthenticatePassword': { auth: { passwordCredentials: {} } },
  'identity.raxAuthenticateToken': { auth: { token: {} } },
  ...Object.fromEntries(
    Object.entries<Operation>(computeContract.operations).flatMap(([id, { discriminator }]) => {
      const member = discriminator?.split('body: ')[1];
      return member === undefined ? [] : [[`compute-v2.1.${id}`, { [member]: null }]];
    }),
  ),
  'rackspace-images.createImportTask': { type: 'import' },
  'rackspace-images.createExportTask': { type: 'export' },
};

const WITHOUT_BODY = new Set([204, 205, 304]);

describe.each(DIALECTS.map(({ name }) => name))('%s', (dialect) => {
  let client: Client;
  beforeAll(async () => {
    client = await clientOf(await startEmulator());
  });
  afterAll(() => client.emulator.close());

  const operations = buildRoutes(DIALECTS).operations.filter((ref) => ref.dialect.name === dialect);

  test.each(operations.map((ref) => [ref.id, ref] as const))(
    '%s returns each documented status when its scenario is enabled',
    async (_id, ref) => {
      const world = client.emulator.worlds.default;
      for (const status of ref.operation.statuses) {
        const scenario = `${ref.name}.${status}`;
        await client.admin('post', `/scenarios/${scenario}/enable`);
        const body = BODIES[ref.name];
        const response = await (body === undefined ? client.send(ref.name) : client.send(ref.name).send(body));
        await client.admin('post', `/scenarios/${scenario}/disable`);
        expect([scenario, response.status]).toEqual([scenario, status]);
        expect(entriesOf(world, { limit: 1 })[0]).toMatchObject({
          operation: ref.name,
          status,
          source: 'injected',
          fault: { scenario, rule: 0 },
        });
        const text = response.text ?? '';
        if (WITHOUT_BODY.has(status)) expect([scenario, text]).toEqual([scenario, '']);
        else if (status >= 400 && ref.operation.method !== 'head') {
          expect([scenario, text.length > 0, response.headers['content-type']]).toEqual([
            scenario,
            true,
            expect.any(String),
          ]);
        }
        expect(await client.cellOf(ref.name, status)).toMatchObject({ injected: 1 });
      }
    },
  );

  test('has an injected response in every coverage cell at the end, and no natural one', async () => {
    const { cells } = await client.admin('get', '/coverage');
    const own = cells.filter((cell: { dialect: string }) => cell.dialect === dialect);
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((cell: { injected: number }) => cell.injected === 0)).toEqual([]);
    const isLogIn = (cell: { operation: string }) => cell.operation === 'authPasswordScoped';
    expect(own.filter((cell: { natural: number; operation: string }) => cell.natural > 0 && !isLogIn(cell))).toEqual(
      [],
    );
  });
});
