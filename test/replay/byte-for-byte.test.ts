import { afterEach, expect, test } from '@jest/globals';
import { type Replay, type Sideglance, startReplay, startSideglance } from '../../src/index.ts';
import type { Rule } from '../../src/input/types/scenarios.ts';
import { filesOf } from '../support/files.ts';
import { type RawResponse, sendRaw } from '../support/raw-socket.ts';

const IMAGES = '/image/v2/images';
const HOST = 'cloud.example';

let cloud: Sideglance | undefined;
let replay: Replay | undefined;
afterEach(async () => {
  await cloud?.close();
  await replay?.close();
  cloud = undefined;
  replay = undefined;
});

/** A client that sends its requests one after the other, and keeps every byte that it receives. */
class RawClient {
  readonly received: RawResponse[] = [];
  readonly #port: number;
  token = '';

  constructor(port: number) {
    this.#port = port;
  }

  async send(method: string, path: string, options: Sent = {}): Promise<RawResponse> {
    const { body, headers = {} } = options;
    const parts =
      body === undefined ? [] : [Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body)];
    const length = parts.reduce((total, part) => total + Buffer.byteLength(part), 0);
    const response = await sendRaw(this.#port, {
      method,
      path,
      headers: {
        Host: HOST,
        'User-Agent': 'raw/1',
        ...(this.token !== '' && { 'X-Auth-Token': this.token }),
        ...(parts.length > 0 && { 'Content-Length': length }),
        ...headers,
      },
      body: parts,
    });
    this.received.push(response);
    return response;
  }

  async logIn(): Promise<void> {
    const { head } = await this.send('POST', '/identity/v3/auth/tokens', { body: KEYSTONE_3 });
    this.token = /X-Subject-Token: (.*)\r\n/.exec(head)?.[1] ?? '';
  }
}

interface Sent {
  readonly body?: string | Buffer | object;
  readonly headers?: Readonly<Record<string, string | number>>;
}

const DOMAIN = { id: 'default' };
const KEYSTONE_3 = {
  auth: {
    identity: { methods: ['password'], password: { user: { name: 'demo', domain: DOMAIN, password: 'secret' } } },
    scope: { project: { name: 'demo', domain: DOMAIN } },
  },
};
const KEYSTONE_2 = { auth: { tenantName: 'demo', passwordCredentials: { username: 'demo', password: 'secret' } } };

/** Records a session, replays it, and compares every byte. */
async function replaySession(
  session: (client: RawClient, arm: (rule: Rule) => void) => Promise<void>,
): Promise<Replay> {
  // Another time, so that a response that was made anew would differ.
  cloud = await startSideglance({ port: 0, clock: { set: '2026-11-21T12:00:00Z' } });
  const first = new RawClient(cloud.port);
  const { faults } = cloud;
  await session(first, (rule) => void faults.arm(rule));
  const file = filesOf({})('recording.json');
  cloud.world().writeRecording(file);
  replay = await startReplay(file, { fast: true });
  const second = new RawClient(replay.cloud.port);
  await session(second, () => undefined);
  expect(second.received.map(({ ending }) => ending)).toEqual(first.received.map(({ ending }) => ending));
  for (const [index, response] of second.received.entries()) expectSame(response, first.received[index] as RawResponse);
  expect(replay.result()).toMatchObject({ result: 'same', notes: [], missing: [] });
  return replay;
}

/** Compares every byte; of a connection that was reset, those that had arrived, because a reset discards the others. */
function expectSame(second: RawResponse, first: RawResponse): void {
  const length = first.ending === 'reset' ? Math.min(first.text.length, second.text.length) : undefined;
  expect(second.text.slice(0, length)).toBe(first.text.slice(0, length));
}

const json = (body: object): Sent => ({ body, headers: { 'Content-Type': 'application/json' } });
const idIn = ({ body }: RawResponse): string => (JSON.parse(body) as { readonly id: string }).id;

test('a session with bytes that are not a request', async () => {
  await replaySession(async (client) => {
    await client.send('GRAB', IMAGES);
    await client.send('GET', IMAGES);
  });
});

test('a session with tokens, changes, errors and unknown paths', async () => {
  const { cloud: played } = await replaySession(async (client) => {
    await client.send('GET', '/identity/v3');
    await client.send('GET', IMAGES);
    await client.logIn();
    await client.send('GET', `${IMAGES}?limit=2`);
    const id = idIn(await client.send('POST', IMAGES, json({ name: 'mine' })));
    await client.send('GET', `${IMAGES}/${id}`);
    await client.send('POST', IMAGES, json({ name: 7 }));
    await client.send('GET', '/image/v2/nothing');
    await client.send('GET', '/nowhere');
    await client.send('DELETE', `${IMAGES}/${id}`);
    await client.send('DELETE', `${IMAGES}/${id}`);
    await client.send('GET', '/identity/v3/auth/tokens', { headers: { 'X-Subject-Token': client.token } });
    await client.send('POST', '/identity/v2.0/tokens', json(KEYSTONE_2));
    await client.send('POST', '/rackspace/identity/v2.0/tokens', json(KEYSTONE_2));
  });
  expect(played.requests.list({ operation: 'image-v2.deleteImage' }).requests.map(({ status }) => status)).toEqual([
    204, 404,
  ]);
});

test('uploads and downloads whose bytes the recording does not have', async () => {
  const data = Buffer.alloc(300_000, 'image data ');
  const upload = { body: data, headers: { 'Content-Type': 'application/octet-stream' } };
  await replaySession(async (client) => {
    await client.logIn();
    const id = idIn(
      await client.send('POST', IMAGES, json({ name: 'mine', disk_format: 'raw', container_format: 'bare' })),
    );
    await client.send('PUT', `${IMAGES}/${id}/file`, upload);
    const { body } = await client.send('GET', `${IMAGES}/${id}/file`);
    expect(body.length).toBe(data.length);
    await client.send('GET', `${IMAGES}/${id}/file`, { headers: { Range: 'bytes=100-199' } });
    await client.send('HEAD', `${IMAGES}/${id}/file`);
    await client.send('PUT', `${IMAGES}/${id}/file`, upload);
  });
});

const LIST = { match: { operation: 'image-v2.listImages' }, undocumented: true } as const;
const CREATE = { match: { operation: 'image-v2.createImage' }, undocumented: true } as const;

test.each<readonly [string, Rule]>([
  ['an error with Retry-After', { ...LIST, fault: { answer: 503, retryAfter: 5 } }],
  ['an error before authentication', { ...LIST, stage: 'before-auth', fault: { answer: 429, retryAfter: 5 } }],
  ['a response of a proxy', { ...LIST, fault: { answer: { observed: 'nginx-504' } } }],
  ['a changed response', { ...LIST, fault: { alter: { status: 206, headers: { 'X-Extra': '1', Date: null } } } }],
  ['a closed connection', { ...LIST, fault: { cut: 'empty' } }],
  ['a reset in the head', { ...LIST, fault: { cut: { of: 'head', after: 20, by: 'reset' } } }],
  ['a cut body', { ...LIST, fault: { cut: { after: 100 } } }],
  ['a reset after the body', { ...LIST, fault: { cut: { after: 100, by: 'reset' } } }],
  ['garbage', { ...LIST, fault: { cut: 'garbage' } }],
  ['a broken chunk', { ...LIST, fault: { cut: 'chunk' } }],
  ['half of the JSON', { ...LIST, fault: { corrupt: 'json' } }],
  ['a flipped bit', { ...LIST, fault: { corrupt: { flip: 30 } } }],
  ['a wrong length', { ...LIST, fault: { corrupt: { length: 7 } } }],
  ['a stall', { ...LIST, fault: { stall: { after: 50, for: '200ms' } } }],
  ['a slow body', { ...LIST, fault: { slow: 40_000 } }],
  ['a delay', { ...LIST, fault: { delay: '200ms' } }],
  ['an effect without a response', { ...CREATE, phase: 'after', fault: { cut: 'empty' } }],
  ['an effect that takes place twice', { ...CREATE, phase: 'twice', fault: { answer: 500 } }],
])('%s', async (_name, rule) => {
  await replaySession(async (client, arm) => {
    await client.logIn();
    arm(rule);
    for (let count = 0; count < 2; count += 1) {
      await client.send('GET', `${IMAGES}?limit=3`);
      await client.send('POST', IMAGES, json({ name: 'mine' }));
    }
    await client.send('GET', `${IMAGES}?name=mine`);
  });
});
