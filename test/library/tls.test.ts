import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createAuthority, issueCertificate } from '../../src/http/tls/certificates.ts';
import { type Sideglance, type SideglanceOptions, startSideglance } from '../../src/index.ts';
import { filesOf } from '../support/files.ts';

let cloud: Sideglance | undefined;
afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
});

const start = async (options: SideglanceOptions): Promise<Sideglance> => {
  cloud = await startSideglance(options);
  return cloud;
};

/** Sends GET and returns the status and the body; rejects with the error of the connection. */
const get = (url: string, ca: string): Promise<{ readonly status: number; readonly body: string }> =>
  new Promise((resolve, reject) => {
    const sent = getHttps(url, { ca, agent: false }, (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode as number, body: Buffer.concat(chunks).toString() }),
      );
    });
    sent.on('error', reject);
  });
const errorOf = (url: string, ca: string): Promise<string> =>
  get(url, ca).then(
    ({ status }) => String(status),
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
const caOf = ({ caFile }: Sideglance): string => readFileSync(caFile as string, 'utf8');

describe('tls: true', () => {
  test('serves HTTPS with a certificate of an authority that clients can trust', async () => {
    const sideglance = await start({ tls: true });
    expect(sideglance.url).toMatch(/^https:/);
    const { status, body } = await get(sideglance.url, caOf(sideglance));
    expect(status).toBe(200);
    expect(JSON.parse(body).addresses.identity).toBe(`${sideglance.url}/identity`);
    for (const host of ['localhost', '127.0.0.1']) {
      expect((await get(`https://${host}:${sideglance.port}`, caOf(sideglance))).status).toBe(200);
    }
  });

  test('names the authority in the settings of clients, and removes the file at the end', async () => {
    const sideglance = await start({ tls: true });
    const world = sideglance.worlds.create();
    const file = sideglance.caFile as string;
    expect(world.settings().openstack['OS_CACERT']).toBe(file);
    expect(world.settings().clouds.clouds['sideglance']).toMatchObject({ cacert: file });
    expect(world.describe().settings?.openstack['OS_CACERT']).toBe(file);
    await sideglance.close();
    expect(existsSync(file)).toBe(false);
  });

  test('applies faults to encrypted connections', async () => {
    const sideglance = await start({ tls: true });
    const versions = `${sideglance.url}/image/`;
    const operation = 'image-v2.listVersions';
    sideglance.faults.arm({ match: { operation }, fault: { cut: 'reset' } });
    expect(await errorOf(versions, caOf(sideglance))).toBe('ECONNRESET');
    sideglance.faults.arm({ match: { operation }, fault: { cut: { after: 10, by: 'reset' } } });
    expect(await errorOf(versions, caOf(sideglance))).toBe('ECONNRESET');
    expect(await errorOf(versions, caOf(sideglance))).toBe('300');
  });
});

describe('a certificate that clients refuse', () => {
  const CODES = {
    valid: '200',
    expired: 'CERT_HAS_EXPIRED',
    'not-yet-valid': 'CERT_NOT_YET_VALID',
    'wrong-host': 'ERR_TLS_CERT_ALTNAME_INVALID',
    'self-signed': 'DEPTH_ZERO_SELF_SIGNED_CERT',
    'unknown-authority': 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  } as const;

  test('is presented from the next connection on', async () => {
    const sideglance = await start({ tls: true });
    for (const [certificate, code] of Object.entries(CODES) as [keyof typeof CODES, string][]) {
      expect(await sideglance.ports.change('common', { certificate })).toMatchObject({ certificate });
      expect(await errorOf(sideglance.url, caOf(sideglance))).toBe(code);
    }
  });

  test('is presented by one port from the start', async () => {
    const sideglance = await start({ tls: { certificate: { identity: 'expired' } }, listen: { identity: 0 } });
    expect(await errorOf(sideglance.own['identity'] as string, caOf(sideglance))).toBe(CODES.expired);
    expect(await errorOf(sideglance.url, caOf(sideglance))).toBe('200');
    expect(sideglance.ports.list()).toMatchObject([
      { name: 'common', certificate: 'valid' },
      { name: 'identity', certificate: 'expired' },
    ]);
  });
});

describe('a given certificate', () => {
  const authority = createAuthority('Authority of this test', Date.now());
  const { cert, key } = issueCertificate(authority, {
    hosts: ['127.0.0.1', 'fe80::1:2'],
    from: Date.now() - 1000,
    to: Date.now() + 86_400_000,
  });

  test('is presented, and the file of the authority goes where the options say', async () => {
    const path = filesOf({ 'cert.pem': cert, 'key.pem': key });
    const ca = path('ca.pem');
    const sideglance = await start({ tls: { cert: path('cert.pem'), key: path('key.pem'), ca } });
    expect(await errorOf(sideglance.url, authority.cert)).toBe('200');
    expect(sideglance.caFile).toBe(ca);
    expect(await errorOf(sideglance.url, caOf(sideglance))).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  });

  test.each<[string, (path: (name: string) => string) => object, string]>([
    ['without its key', (path) => ({ cert: path('cert.pem') }), '/key: is missing; allowed: both cert and key'],
    [
      'with another key',
      (path) => ({ cert: path('cert.pem'), key: path('other.pem') }),
      'is not a certificate with its key',
    ],
    ['that does not exist', (path) => ({ cert: path('none.pem'), key: path('key.pem') }), '/cert: cannot be read'],
  ])('%s is rejected', async (_title, tls, message) => {
    const other = issueCertificate(authority, { hosts: ['a'], from: 0, to: 1 });
    const path = filesOf({ 'cert.pem': cert, 'key.pem': key, 'other.pem': other.key });
    await expect(start({ tls: tls(path) })).rejects.toThrow(message);
  });

  test.each<[string, object, string]>([
    ['a certificate of an unknown port', { certificate: { identity: 'expired' } }, 'no port is called "identity"'],
    ['an unknown kind of certificate', { certificate: { common: 'old' } }, '/certificate/common: is not a kind'],
    ['an unknown member', { file: 'a' }, '/tls/file: unknown option "file"'],
    ['a file that cannot be written', { ca: '/no/such/folder/ca.pem' }, '/ca: cannot be written'],
  ])('%s is rejected', async (_title, tls, message) => {
    await expect(start({ tls })).rejects.toThrow(message);
  });

  test('does not follow a link at the place of the file', async () => {
    const path = filesOf({ 'other.txt': 'old' });
    symlinkSync(path('other.txt'), path('ca.pem'));
    const sideglance = await start({ tls: { ca: path('ca.pem') } });
    expect(caOf(sideglance)).toContain('BEGIN CERTIFICATE');
    expect(readFileSync(path('other.txt'), 'utf8')).toBe('old');
  });
});
