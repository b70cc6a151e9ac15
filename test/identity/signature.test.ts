import { describe, expect, test } from '@jest/globals';
import { isSignedBy, parseSdkDate, parseSignature, sign } from '../../src/identity/signature.ts';

const ACCESS = 'QTWAOYTTINDUT2QVKYUC';
// The example of the signing guide, with its keys.
const SECRET = 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc';
const DATE = '20191115T033655Z';
const KEY = { sdkDate: DATE, secretKey: SECRET };

const request = {
  method: 'GET',
  target: '/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0',
  headers: {
    'content-type': 'application/json',
    host: 'service.region.example.com',
    'x-sdk-date': DATE,
  },
  body: undefined,
};

describe('An AK/SK signature', () => {
  test('is parsed in both of its forms and rejected in any other', () => {
    const signature = 'a'.repeat(64);
    expect(
      parseSignature(`SDK-HMAC-SHA256 Access=${ACCESS}, SignedHeaders=host;x-sdk-date, Signature=${signature}`),
    ).toEqual({ accessKey: ACCESS, signedHeaders: ['host', 'x-sdk-date'], signature });
    expect(
      parseSignature(
        `SDK-HMAC-SHA256 Credential=${ACCESS}/20191115/eu-de/ims/sdk_request, SignedHeaders=host, Signature=${signature}`,
      ),
    ).toEqual({
      accessKey: ACCESS,
      signedHeaders: ['host'],
      signature,
      scope: { date: '20191115', region: 'eu-de', service: 'ims' },
    });
    for (const invalid of [
      `AWS4-HMAC-SHA256 Access=${ACCESS}, SignedHeaders=host, Signature=${signature}`,
      `SDK-HMAC-SHA256 Access=${ACCESS}, Signature=${signature}`,
      `SDK-HMAC-SHA256 Access=${ACCESS}, SignedHeaders=host, Signature=short`,
      `SDK-HMAC-SHA256 Credential=${ACCESS}/20191115/eu-de/ims, SignedHeaders=host, Signature=${signature}`,
    ]) {
      expect(parseSignature(invalid)).toBeUndefined();
    }
  });

  test.each([
    ['method', { ...request, method: 'DELETE' }],
    ['path', { ...request, target: request.target.replace('/vpcs', '/vpc') }],
    ['query', { ...request, target: `${request.target}&x=1` }],
    ['signed header', { ...request, headers: { ...request.headers, host: 'other.example.com' } }],
    ['body', { ...request, body: Buffer.from('{}') }],
  ])('does not match another %s', (_title, changed) => {
    const header = { accessKey: ACCESS, signedHeaders: ['content-type', 'host', 'x-sdk-date'], signature: '' };
    const signed = { ...header, signature: sign(request, header, KEY) };
    expect(isSignedBy(request, signed, KEY)).toBe(true);
    expect(isSignedBy(changed, signed, KEY)).toBe(false);
    expect(isSignedBy(request, signed, { sdkDate: DATE, secretKey: `${SECRET}x` })).toBe(false);
  });

  test('does not depend on the order of query parameters and signed headers, or on the escaping of the path', () => {
    const header = { accessKey: ACCESS, signedHeaders: ['host', 'x-sdk-date'], signature: '' };
    const signature = sign({ ...request, target: '/a%7Eb/c?x=1&a=2' }, header, KEY);
    const reordered = { ...header, signedHeaders: ['x-sdk-date', 'host'] };
    expect(sign({ ...request, target: '/a~b/c/?a=2&x=1' }, reordered, KEY)).toBe(signature);
  });

  test('equals the published signature of the example in the signing guide', () => {
    const header = { accessKey: ACCESS, signedHeaders: ['content-type', 'host', 'x-sdk-date'], signature: '' };
    expect(sign(request, header, KEY)).toBe('7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe');
  });

  test('accepts dates only in the format of X-Sdk-Date', () => {
    expect(parseSdkDate(DATE)).toBe(Date.UTC(2019, 10, 15, 3, 36, 55));
    expect(parseSdkDate('2019-11-15T03:36:55Z')).toBeUndefined();
  });
});
