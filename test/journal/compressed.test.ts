import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { Journal } from '../../src/journal/journal.ts';
import { entriesOf, recorded } from '../support/journal.ts';

const SECRET = Buffer.from('{"auth":{"password":"p4ss"}}');
const PLAIN = Buffer.from('{"name":"image"}');

/** Returns the body that the journal shows of a request with this content. */
function shown(content: Buffer, coding: string | undefined, showsSecrets = false) {
  const journal = new Journal({ showsSecrets });
  const requestHeaders = coding === undefined ? [] : ['Content-Encoding', coding];
  const requestBody = { size: content.length, isArriving: false, content, digests: undefined };
  journal.record(recorded({ requestHeaders, requestBody }));
  return entriesOf({ journal, name: 'default' })[0]?.request.body;
}

test.each([
  ['gzip', gzipSync],
  ['X-Gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
] as const)('a body compressed with %s is withheld when it mentions a secret', (coding, compress) => {
  const [secret, plain] = [compress(SECRET), compress(PLAIN)];
  expect(shown(secret, coding)).toEqual({ size: secret.length, text: '[redacted]' });
  expect(shown(plain, coding)).toEqual({ size: plain.length, base64: plain.toString('base64') });
  expect(shown(secret, coding, true)).toEqual({ size: secret.length, base64: secret.toString('base64') });
});

test('a gzip body without a Content-Encoding is decoded as well', () => {
  expect(shown(gzipSync(SECRET), undefined)).toMatchObject({ text: '[redacted]' });
  expect(shown(gzipSync(PLAIN), undefined)).toHaveProperty('base64');
});

test.each([
  ['of an unknown coding', Buffer.from([0x80, 1, 2]), 'zstd'],
  ['that was cut', gzipSync(PLAIN).subarray(0, 20), 'gzip'],
  ['that holds more than 1 MiB', gzipSync(Buffer.alloc(2 ** 20 + 1)), 'gzip'],
])('a compressed body %s is withheld', (_title, content, coding) => {
  expect(shown(content, coding)).toMatchObject({ text: '[redacted]' });
});
