import { Agent, request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, clientOf } from '../../conformance/support.ts';
import { NOON, startEmulator } from '../../support/emulator.ts';
import { entriesOf } from '../../support/journal.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator({ frozenAt: NOON }));
});
afterEach(() => client.emulator.close());

const SHOW = 'image-v2.showImage';
const alter = (change: object, { operation = SHOW, ...more }: Readonly<Record<string, unknown>> = {}) =>
  client.admin('post', '/faults', { match: { operation }, fault: { alter: change }, ...more });
const show = () => client.send(SHOW, { image_id: client.imageId('demo-private') });

/** Sends a request without a library that changes header names. Returns status and headers as received. */
const rawHeaders = (path: string): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const options = { headers: { 'X-Auth-Token': client.token }, agent: new Agent() };
    const sent = httpRequest(client.emulator.url + path, options, (response) => {
      response.resume().on('end', () => resolve(response.rawHeaders.filter((_text, at) => at % 2 === 0)));
    });
    sent.on('error', reject).end();
  });

describe('a rule that alters the natural response', () => {
  test('merges its body into the JSON of the service', async () => {
    const natural = (await show()).body;
    await alter({ body: { size: 17, checksum: null, extra: { a: 1 } } });
    const { checksum: _checksum, ...rest } = natural;
    expect((await show()).body).toEqual({ ...rest, size: 17, extra: { a: 1 } });
    expect((await show()).body).toEqual(natural);
  });

  test('sets and removes parts by pointer, in all elements of a list', async () => {
    const LIST = 'image-v2.listImages';
    const natural = (await client.send(LIST)).body;
    await alter(
      { set: { '/images/*/size': null, '/next': '/v2/images?marker=x' }, remove: ['/images/*/checksum'] },
      { operation: LIST },
    );
    const { body } = await client.send(LIST);
    expect(body.next).toBe('/v2/images?marker=x');
    expect(body.images).toEqual(
      natural.images.map(({ checksum: _checksum, ...rest }: { checksum?: string }) => ({ ...rest, size: null })),
    );
  });

  test('changes status and headers, and keeps the effect', async () => {
    const REMOVE = 'image-v2.deleteImage';
    await alter({ status: 202, headers: { 'X-Extra': 'yes' } }, { operation: REMOVE, undocumented: true });
    const response = await client.send(REMOVE, { image_id: client.imageId('demo-private') });
    expect([response.status, response.headers['x-extra']]).toEqual([202, 'yes']);
    expect((await show()).status).toBe(404);
  });

  test('removes and renames headers, those that every response has included', async () => {
    await alter({
      headers: { 'Content-Type': null, Date: null, Connection: null, 'Keep-Alive': null },
      renameHeaders: { 'x-openstack-request-id': 'x-OPENSTACK-request-ID' },
    });
    const names = await rawHeaders(`/image/v2/images/${client.imageId('demo-private')}`);
    expect(names).toContain('x-OPENSTACK-request-ID');
    for (const name of ['Content-Type', 'Date', 'Connection', 'Keep-Alive', 'X-Openstack-Request-Id']) {
      expect(names).not.toContain(name);
    }
  });

  test('applies to errors of the service, and says where it found nothing to change', async () => {
    await alter({ headers: { 'X-Extra': 'yes' }, set: { '/no/such': 1 } });
    const response = await client.send(SHOW, { image_id: '00000000-1111-4111-8111-111111111111' });
    expect([response.status, response.headers['x-extra']]).toEqual([404, 'yes']);
    const [entry] = entriesOf(client.emulator.worlds.default, { limit: 1 });
    expect(entry).toMatchObject({
      status: 404,
      source: 'injected',
      fault: { kind: 'alter' },
      hint: 'The rule found nothing to change at the body, which is not JSON.',
    });
  });

  test('is counted as injected', async () => {
    await alter({ body: { size: 1 } });
    await show();
    expect(await client.cellOf(SHOW, 200)).toMatchObject({ natural: 0, injected: 1 });
  });

  test('leaves the rule unchanged when it fires again', async () => {
    const LIST = 'image-v2.listImages';
    await alter(
      { body: { images: [{ id: 'a' }] }, set: { '/images/0/n': { a: [] }, '/images/0/n/a/-': 1 } },
      { operation: LIST, calls: {} },
    );
    for (const _time of [1, 2]) {
      expect((await client.send(LIST)).body.images).toEqual([{ id: 'a', n: { a: [1] } }]);
    }
  });

  test('can be combined with damage on the wire', async () => {
    await client.admin('post', '/faults', {
      match: { operation: SHOW },
      fault: { alter: { body: { size: 5 } }, corrupt: { type: '/size' } },
    });
    expect((await show()).body.size).toBe('5');
  });
});

describe('an injected response', () => {
  test('leaves out a header of every response of the API that the rule removes', async () => {
    await client.admin('post', '/faults', {
      match: { operation: SHOW },
      fault: { answer: 404, headers: { 'X-Openstack-Request-Id': null } },
    });
    expect((await show()).headers['x-openstack-request-id']).toBeUndefined();
  });
});
