/** Updates of federation protocols, as Keystone 22 was seen to serve them. */
import { beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Emulator } from '../../../src/emulator.ts';
import { createTestEmulator, login } from '../../support/emulator.ts';

let emulator: Emulator;
let admin: string;

const send = (method: 'put' | 'patch', path: string, body: object) =>
  request(emulator.app)[method](`/identity/v3/OS-FEDERATION${path}`).set('X-Auth-Token', admin).send(body);

beforeAll(async () => {
  emulator = createTestEmulator();
  admin = await login(emulator.app, { user: 'admin', project: 'admin' });
  const rules = [{ local: [{ user: { name: '{0}' } }], remote: [{ type: 'REMOTE_USER' }] }];
  await send('put', '/mappings/map', { mapping: { rules } });
  await send('put', '/identity_providers/idp', { identity_provider: {} });
  await send('put', '/identity_providers/idp/protocols/one', { protocol: { mapping_id: 'map' } });
});

const FAILED = 'An unexpected error prevented the server from fulfilling your request.';
const MISSING = 'Could not find federated protocol two for Identity Provider:';

test.each<[string, string, object, number, string | undefined]>([
  ['without a mapping fails', 'idp/protocols/one', { remote_id_attribute: 'a' }, 500, FAILED],
  [
    'without a mapping fails before a missing protocol is found',
    'idp/protocols/two',
    { remote_id_attribute: 'a' },
    500,
    FAILED,
  ],
  [
    'without a mapping fails before a missing provider is found',
    'none/protocols/two',
    { remote_id_attribute: 'a' },
    500,
    FAILED,
  ],
  [
    'with an unknown mapping is rejected before a missing protocol is found',
    'idp/protocols/two',
    { mapping_id: 'no' },
    400,
    'Invalid mapping id: no',
  ],
  ['of a missing protocol returns 404', 'idp/protocols/two', { mapping_id: 'map' }, 404, `${MISSING} idp.`],
  ['of a missing provider returns 404', 'none/protocols/two', { mapping_id: 'map' }, 404, `${MISSING} none.`],
  ['with a mapping succeeds', 'idp/protocols/one', { mapping_id: 'map', remote_id_attribute: 'a' }, 200, undefined],
])('An update of a protocol %s', async (_title, path, protocol, status, message) => {
  const response = await send('patch', `/identity_providers/${path}`, { protocol });
  expect([response.status, response.body.error?.message]).toEqual([status, message]);
});
