import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Sideglance, startSideglance, type Verification } from '../../src/index.ts';

let cloud: Sideglance;
beforeEach(async () => {
  cloud = await startSideglance({ port: 0 });
});
afterEach(() => cloud.close());

const LIST = 'image-v2.listImages';

/** Sends a request that a rule holds back until it is aborted, and waits until it has arrived. */
async function heldRequest(): Promise<() => Promise<void>> {
  cloud.faults.arm({ match: { operation: LIST }, stage: 'before-auth', fault: { delay: '60m' } });
  const controller = new AbortController();
  const url = `${cloud.url}/image/v2/images?limit=1`;
  const sent = fetch(url, { signal: controller.signal }).catch(() => undefined);
  while (cloud.requests.list().unanswered === 0) await new Promise(setImmediate);
  return async () => {
    controller.abort();
    await sent;
    while (cloud.requests.list().unanswered > 0) await new Promise(setImmediate);
  };
}

test.each<[string, Verification, string]>([
  ['never', { requests: { operation: LIST }, never: true }, 'inconclusive'],
  ['an exact number', { requests: { path: '/image/v2/images' }, exactly: 0 }, 'inconclusive'],
  ['a status that may come', { requests: { status: 503 }, never: true }, 'inconclusive'],
  ['at least one', { requests: { operation: LIST } }, 'inconclusive'],
  ['an order', { inOrder: [{ operation: LIST }] }, 'inconclusive'],
  ['another operation', { requests: { operation: 'image-v2.deleteImage' }, never: true }, 'yes'],
  ['another query', { requests: { query: { limit: '2' } }, never: true }, 'yes'],
])(
  'a request without a response leaves open whether %s holds, if it may match',
  async (_title, verification, result) => {
    const release = await heldRequest();
    expect(cloud.requests.verify(verification).result).toBe(result);
    if (result === 'inconclusive' && verification.inOrder === undefined) {
      expect(cloud.requests.verify(verification).message).toContain('1 more may match: they have no response yet');
    }
    await release();
    expect(cloud.requests.verify(verification).result).not.toBe('inconclusive');
  },
);

test('a request whose body is still arriving leaves open whether it matches', async () => {
  const { port, hostname } = new URL(cloud.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    'POST /image/v2/images HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"name":',
  );
  while (cloud.requests.list().unanswered === 0) await new Promise(setImmediate);
  const creates = (verification: Verification) =>
    cloud.requests.verify({ requests: { operation: 'image-v2.createImage' }, ...verification }).result;
  expect([creates({ never: true }), creates({ atMost: 1 }), creates({ exactly: 1 })]).toEqual([
    'inconclusive',
    'yes',
    'inconclusive',
  ]);
  socket.destroy();
  while (cloud.requests.list().unanswered > 0) await new Promise(setImmediate);
  expect(creates({ exactly: 1 })).toBe('yes');
});
