import { readFileSync } from 'node:fs';
import { Agent, get as getHttps } from 'node:https';
import { afterEach, describe, expect, test } from '@jest/globals';
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

/** Returns the status of GET, or the code of the error of the connection. */
const outcome = (url: string, { caFile }: Sideglance, agent: Agent | false = false): Promise<string> =>
  new Promise((resolve) => {
    const ca = readFileSync(caFile as string, 'utf8');
    const sent = getHttps(url, { ca, agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(String(response.statusCode)));
    });
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });

describe('the scenarios about TLS', () => {
  test.each([
    ['tls-expired', 'CERT_HAS_EXPIRED'],
    ['tls-not-yet-valid', 'CERT_NOT_YET_VALID'],
    ['tls-wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['tls-self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['tls-unknown-authority', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ])('%s: clients refuse new connections to every port until it is disabled', async (name, error) => {
    const sideglance = await start({ tls: true, listen: { 'image-v2': 0 } });
    const image = `${sideglance.own['image-v2']}/versions`;
    expect(await outcome(image, sideglance)).toBe('200');
    sideglance.scenarios.enable(name);
    expect([await outcome(image, sideglance), await outcome(sideglance.url, sideglance)]).toEqual([error, error]);
    sideglance.scenarios.disable(name);
    expect([await outcome(image, sideglance), await outcome(sideglance.url, sideglance)]).toEqual(['200', '200']);
  });

  test('close connections that clients would reuse', async () => {
    const sideglance = await start({ tls: true });
    const agent = new Agent({ keepAlive: true });
    expect(await outcome(sideglance.url, sideglance, agent)).toBe('200');
    sideglance.scenarios.enable('tls-expired');
    expect(await outcome(sideglance.url, sideglance, agent)).not.toBe('200');
    expect(await outcome(sideglance.url, sideglance, agent)).toBe('CERT_HAS_EXPIRED');
    agent.destroy();
  });

  test('end by the clock of the default world, and at its reset', async () => {
    const sideglance = await start({ tls: true });
    sideglance.scenarios.enable('tls-expired', { seconds: 60 });
    expect(await outcome(sideglance.url, sideglance)).toBe('CERT_HAS_EXPIRED');
    sideglance.clock.change({ advance: '61s' });
    expect(await outcome(sideglance.url, sideglance)).toBe('200');
    sideglance.scenarios.enable('tls-wrong-host');
    expect(sideglance.ports.list()[0]?.certificate).toBe('wrong-host');
    sideglance.reset();
    expect(await outcome(sideglance.url, sideglance)).toBe('200');
  });

  test('leave the port of the admin API as it is', async () => {
    const sideglance = await start({ tls: true, admin: { port: 0 } });
    sideglance.scenarios.enable('tls-expired');
    expect(await outcome(sideglance.url, sideglance)).toBe('CERT_HAS_EXPIRED');
    expect(await outcome(`https://127.0.0.1:${sideglance.adminPort}/__admin/worlds`, sideglance)).toBe('200');
  });

  test('can be of your own, and enabled from the start', async () => {
    const scenario = 'scenario: mine\nenabled: true\ncertificate: expired\n';
    const sideglance = await start({ tls: true, scenarios: filesOf({ 'mine.yaml': scenario })('mine.yaml') });
    expect(await outcome(sideglance.url, sideglance)).toBe('CERT_HAS_EXPIRED');
    expect(sideglance.scenarios.get('mine')).toMatchObject({ certificate: 'expired', rules: [] });
  });

  test('are rejected where they would have no effect', async () => {
    const plain = await start({});
    expect(() => plain.scenarios.enable('tls-expired')).toThrow('the server has no TLS');
    await plain.close();
    const sideglance = await start({ tls: true });
    expect(() => sideglance.worlds.create({ name: 'one' }).scenarios.enable('tls-expired')).toThrow('share the ports');
    expect(() => sideglance.scenarios.enable('tls-expired', { calls: 3 })).toThrow('handshakes are not counted');
    expect(await outcome(sideglance.url, sideglance)).toBe('200');
  });
});
