import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Response, Test } from 'supertest';
import { DIALECTS } from '../../src/dialects/index.ts';
import { buildRoutes } from '../../src/dialects/routes.ts';
import { type Client, clientOf } from '../conformance/support.ts';
import { startEmulator } from '../support/emulator.ts';
import { entriesOf } from '../support/journal.ts';

const UNKNOWN = { image_id: '5b1f0c58-7f8f-4e0b-9d0e-0d7c5d1f3a77' };
const PATCH = { 'Content-Type': 'application/openstack-images-v2.1-json-patch' };
const RENAME = '[{"op": "replace", "path": "/name", "value": "other"}]';

let client: Client;
beforeAll(async () => {
  client = await clientOf(await startEmulator());
});
afterAll(() => client.emulator.close());

const DIALECT_NAMES: readonly string[] = ['rackspace-images', 'rackspace-servers', 'ims'];

test('an error that a service returns without documenting it has a reason', () => {
  const operations = buildRoutes(DIALECTS).operations.filter(({ dialect }) => DIALECT_NAMES.includes(dialect.name));
  const missing = operations.flatMap(({ name, operation: { alsoSeen = [], auth }, problems }) =>
    alsoSeen
      .filter((status) => status >= 400 && status < 500 && auth !== 'none' && problems[status] === undefined)
      .map((status) => `${name}.${status}`),
  );
  expect(missing).toEqual([]);
});

const send = (name: string, params: Readonly<Record<string, string>> = {}): Test => client.send(name, params);

const REQUESTS: readonly (readonly [string, number, () => Test])[] = [
  ['rackspace-images.updateImage', 404, () => send('rackspace-images.updateImage', UNKNOWN).set(PATCH).send(RENAME)],
  ['rackspace-images.addImageTag', 404, () => send('rackspace-images.addImageTag', { ...UNKNOWN, tag: 'new' })],
  [
    'rackspace-images.createImageMember',
    404,
    () => send('rackspace-images.createImageMember', UNKNOWN).send({ member: 'someone' }),
  ],
  [
    'rackspace-images.updateImageMember',
    404,
    () => send('rackspace-images.updateImageMember', { ...UNKNOWN, member_id: 'nobody' }).send({ status: 'accepted' }),
  ],
  ['rackspace-images.showMemberSchema', 400, () => send('rackspace-images.showMemberSchema').send({ a: 1 })],
  [
    'rackspace-servers.updateImageMetadata',
    415,
    () => send('rackspace-servers.updateImageMetadata').set('Content-Type', 'text/plain').send('{}'),
  ],
  [
    'ims.updateImage',
    409,
    () => send('ims.updateImage').set(PATCH).send('[{"op": "replace", "path": "/none", "value": "x"}]'),
  ],
];

test.each(REQUESTS)('%s returns the same undocumented %i by fault', async (operation, status, request) => {
  const natural = await request();
  const fault = { match: { operation }, calls: { to: 1 }, undocumented: true, fault: { answer: status } };
  await client.admin('post', '/faults', fault);
  const injected = await request();
  expect(entriesOf(client.emulator.worlds.default, { limit: 1 })[0]?.source).toBe('injected');
  const shown = ({ status: one, text, headers }: Response) => [one, text, headers['content-type']];
  expect(natural.status).toBe(status);
  expect(shown(injected)).toEqual(shown(natural));
});
