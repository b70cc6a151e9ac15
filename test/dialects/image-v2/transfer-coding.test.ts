import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Client, clientOf } from '../../conformance/support.ts';
import { startEmulator } from '../../support/emulator.ts';
import { type RawResponse, sendRaw } from '../../support/raw-socket.ts';

let client: Client;
beforeAll(async () => {
  client = await clientOf(await startEmulator());
});
afterAll(() => client.emulator.close());

/** Creates an image with a chunked body. */
const create = (coding: string): Promise<RawResponse> =>
  sendRaw(Number(new URL(client.emulator.url).port), {
    method: 'POST',
    path: '/image/v2/images',
    headers: { 'X-Auth-Token': client.token, 'Content-Type': 'application/json', 'Transfer-Encoding': coding },
    body: ['2\r\n{}\r\n0\r\n\r\n'],
  });

test.each(['chunked', 'Chunked', ' chunked'])('a body with the transfer coding "%s" is read', async (coding) => {
  expect((await create(coding)).head).toContain('HTTP/1.1 201 Created');
});

test.each(['gzip, chunked', 'identity, chunked'])(
  'Glance sees no body with the transfer codings "%s"',
  async (coding) => {
    const { head, body } = await create(coding);
    expect(head).toContain('HTTP/1.1 400 Bad Request');
    expect(body).toContain('Body expected in request.');
  },
);
