import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Client, clientOf } from '../../conformance/support.ts';
import { startEmulator } from '../../support/emulator.ts';

let client: Client;
beforeAll(async () => {
  client = await clientOf(await startEmulator());
});
afterAll(() => client.emulator.close());

const JSON_TYPE = 'application/json';
const PATCH = 'application/openstack-images-v2.1-json-patch';

/** Operations with a body each, in which `?` marks the place of a string. */
const BODIES: readonly (readonly [string, string, string])[] = [
  ['image-v2.createImage', JSON_TYPE, '{"name": "?"}'],
  ['image-v2.updateImage', PATCH, '[{"op": "add", "path": "/odd", "value": "?"}]'],
  ['image-v2.createImageMember', JSON_TYPE, '{"member": "?"}'],
  ['rackspace-images.updateImage', PATCH, '[{"op": "add", "path": "/odd", "value": "?"}]'],
  ['rackspace-images.createImageMember', JSON_TYPE, '{"member": "?"}'],
  ['rackspace-images.createImportTask', JSON_TYPE, '{"type": "import", "input": {"import_from": "?"}}'],
  ['rackspace-servers.updateImageMetadata', JSON_TYPE, '{"metadata": {"odd": "?"}}'],
  ['ims.updateImage', PATCH, '[{"op": "add", "path": "/odd", "value": "?"}]'],
  ['ims.createImageMember', JSON_TYPE, '{"member": "?"}'],
];

/**
 * Statuses for half a surrogate pair; 400 for others. Glance checks first whether the image can have members. Rackspace documents no 500
 * that a client can cause, and patches of ims are parsed like those of Rackspace.
 */
const REJECTIONS: Readonly<Record<string, number>> = {
  'image-v2.createImage': 500,
  'image-v2.updateImage': 500,
  'image-v2.createImageMember': 403,
  'ims.createImageMember': 500,
};

const send = async (operation: string, type: string, body: Buffer | string): Promise<number> => {
  const pending = client
    .send(operation)
    .set({ 'Content-Type': type, 'Content-Length': String(Buffer.byteLength(body)) });
  pending.write(body);
  return (await pending).status;
};

test.each(BODIES)('%s rejects bytes that are not UTF-8', async (operation, type, body) => {
  const [before = '', after = ''] = body.split('?');
  const bytes = Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);
  expect(await send(operation, type, bytes)).toBe(400);
});

test.each(BODIES)('%s rejects a byte order mark', async (operation, type, body) => {
  expect(await send(operation, type, `\ufeff${body}`)).toBe(400);
});

test.each(BODIES)('%s rejects half a surrogate pair', async (operation, type, body) => {
  const status = await send(operation, type, body.replace('?', '\\ud83d'));
  expect(status).toBe(REJECTIONS[operation] ?? 400);
});

test('a login accepts a byte order mark and rejects bytes that are not UTF-8', async () => {
  const user = '{"name": "demo", "domain": {"name": "Default"}, "password": "secret"}';
  const body = `{"auth": {"identity": {"methods": ["password"], "password": {"user": ${user}}}}}`;
  const operation = 'identity.authPasswordUnscoped';
  expect(await send(operation, JSON_TYPE, `\ufeff${body}`)).toBe(201);
  const [before = '', after = ''] = body.split('secret');
  expect(
    await send(operation, JSON_TYPE, Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)])),
  ).toBe(400);
});
