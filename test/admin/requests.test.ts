import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import harSchemas from 'har-schema';
import { login, type StartedEmulator, startEmulator } from '../support/emulator.ts';
import { entriesOf, recorded } from '../support/journal.ts';

let emulator: StartedEmulator;
let token: string;

beforeEach(async () => {
  emulator = await startEmulator();
  token = await login(emulator.app);
  emulator.worlds.default.journal.clear();
});

afterEach(() => emulator.close());

const send = (path: string, options: RequestInit = {}): Promise<Response> =>
  fetch(emulator.url + path, { ...options, headers: { 'X-Auth-Token': token, ...options.headers } });

const admin = async <T>(path: string, method = 'GET', body?: unknown): Promise<T> => {
  const response = await fetch(`${emulator.url}/__admin${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
};

const getWith = async (agent: Agent, path: string): Promise<void> => {
  const request = get(emulator.url + path, { agent, headers: { 'X-Auth-Token': token } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
};

const entries = (query: Parameters<typeof entriesOf>[1] = {}) => entriesOf(emulator.worlds.default, query);

describe('a journal entry', () => {
  test('holds headers and bodies of request and response, with secrets redacted', async () => {
    const body = JSON.stringify({ name: 'n', disk_format: 'raw', container_format: 'bare' });
    const created = await send('/image/v2/images', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Sideglance-Label': 'my test' },
      body,
    });
    const { id } = (await created.json()) as { readonly id: string };
    const [entry] = entries();
    expect(entry).toMatchObject({
      world: 'default',
      operation: 'image-v2.createImage',
      status: 201,
      outcome: 'complete',
      user: 'demo',
      image: id,
      label: 'my test',
      attempt: 1,
      request: { body: { size: body.length, text: body } },
      response: { body: { size: Number(created.headers.get('content-length')) } },
    });
    expect(JSON.parse(entry?.response.body?.text ?? '')).toMatchObject({ id, name: 'n' });
    const headers = new Map(entry?.request.headers.map(({ name, value }) => [name.toLowerCase(), value]));
    expect(headers.get('x-auth-token')).toMatch(/^sha256:/);
    expect(entry?.response.headers).toContainEqual({ name: 'Content-Type', value: 'application/json' });
    expect(JSON.stringify(entry)).not.toContain(token);
  });

  test('hides the password of a login, and shows that its token is the one that is used', async () => {
    token = await login(emulator.app);
    await send('/image/v2/images');
    const [logIn, list] = entries();
    expect(logIn?.request.body?.text).toContain('[redacted]');
    const subject = logIn?.response.headers.find(({ name }) => name === 'X-Subject-Token')?.value;
    expect(list?.request.headers).toContainEqual({ name: 'X-Auth-Token', value: subject });
  });

  test('numbers the requests on a connection and the attempts at a request', async () => {
    const rule = { match: { operation: 'image-v2.listImages' }, calls: { to: 2 }, fault: { answer: 503 } };
    await admin('/faults', 'POST', { ...rule, undocumented: true });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let count = 0; count < 4; count += 1) await getWith(agent, '/image/v2/images');
    agent.destroy();
    const [first] = entries();
    const { id, request: number } = first?.connection ?? { id: 0, request: 0 };
    expect(entries().map(({ status, attempt, connection }) => [status, attempt, connection])).toEqual([
      [503, 1, { id, request: number }],
      [503, 2, { id, request: number + 1 }],
      [200, 3, { id, request: number + 2 }],
      [200, 1, { id, request: number + 3 }],
    ]);
  });

  test('holds size and MD5 of an upload, and of what arrives after the response', async () => {
    const { id } = (await (
      await send('/image/v2/images', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ disk_format: 'raw', container_format: 'bare' }),
      })
    ).json()) as { readonly id: string };
    const upload = () =>
      send(`/image/v2/images/${id}/file`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/octet-stream' },
        body: 'hello',
      });
    expect((await upload()).status).toBe(204);
    expect((await upload()).status).toBe(409);
    const body = { size: 5, digests: { md5: '5d41402abc4b2a76b9719d911017c592' } };
    const uploads = (): unknown[] =>
      entries({ operation: 'image-v2.uploadImageData' }).map(({ status, request }) => [status, request.body]);
    const deadline = Date.now() + 20_000;
    while (JSON.stringify(uploads()).split('5d41').length < 3 && Date.now() < deadline) await send('/image/v2/images');
    expect(uploads()).toEqual([
      [204, body],
      [409, body],
    ]);
  });

  test('is written for a body that is too long', async () => {
    const response = await send('/image/v2/images', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: `{"name":"${'x'.repeat(2 ** 20)}`,
    });
    expect(entries().map(({ operation, status }) => [operation, status])).toEqual([
      ['image-v2.createImage', response.status],
    ]);
  });
});

describe('GET requests', () => {
  test('pages forward with next and back with previous', async () => {
    for (let count = 0; count < 5; count += 1) await send(`/image/v2/images?limit=${count + 1}`);
    interface Page {
      readonly requests: readonly { readonly id: number }[];
      readonly next: number | null;
      readonly previous: number | null;
    }
    const page = (query: string): Promise<Page> => admin<Page>(`/requests?view=summary&limit=2${query}`);
    const last = await page('');
    expect([last.requests.map(({ id }) => id), last.next, last.previous]).toEqual([[4, 5], null, 4]);
    const before = await page(`&before=${last.previous}`);
    expect([before.requests.map(({ id }) => id), before.next, before.previous]).toEqual([[2, 3], 3, 2]);
    const first = await page('&after=0');
    expect([first.requests.map(({ id }) => id), first.next, first.previous]).toEqual([[1, 2], 2, null]);
    expect(first.requests[0]).not.toHaveProperty('request');
  });

  test('returns one entry by its id, and 404 for others', async () => {
    await send('/image/v2/images');
    expect(await admin('/requests/1')).toMatchObject({ id: 1, operation: 'image-v2.listImages' });
    expect(await admin('/requests/2')).toMatchObject({
      error: { code: 404, message: 'The journal has no request 2.' },
    });
    expect(await admin('/requests/x')).toMatchObject({ error: { code: 404 } });
  });

  test('rejects a time that is none, and unknown parameters', async () => {
    expect(await admin('/requests?since=yesterday')).toMatchObject({
      error: { pointer: '/since', value: 'yesterday', allowed: 'a time in ISO 8601, or milliseconds since 1970' },
    });
    expect(await admin('/requests?violations=maybe')).toMatchObject({ error: { pointer: '/violations' } });
    expect(await admin('/requests?colour=red')).toMatchObject({ error: { pointer: '/colour' } });
  });

  test('exports a HAR file that is valid by the schema', async () => {
    await send('/image/v2/images?limit=1&name=in%3Aa,b');
    await send('/image/v2/nothing');
    const har = await admin<{ readonly log: { readonly entries: readonly object[] } }>('/requests/har');
    const ajv = new Ajv({ strict: false, validateSchema: false, validateFormats: false });
    for (const schema of Object.values(harSchemas)) ajv.addSchema(withoutDraft(schema));
    const validate = ajv.getSchema('har.json#');
    expect(validate?.(har)).toBe(true);
    expect(har.log.entries).toHaveLength(2);
    expect(har.log.entries[0]).toMatchObject({
      request: {
        method: 'GET',
        url: `${emulator.url}/image/v2/images?limit=1&name=in%3Aa,b`,
        queryString: [
          { name: 'limit', value: '1' },
          { name: 'name', value: 'in:a,b' },
        ],
      },
      response: { status: 200 },
      _operation: 'image-v2.listImages',
    });
    expect(JSON.stringify(har)).not.toContain(token);
  });
});

/** The schemas name a draft that Ajv 8 does not support; they use nothing that later drafts changed. */
const withoutDraft = (schema: object): object => {
  const { $schema: _draft, ...rest } = schema as Record<string, unknown>;
  return rest;
};

describe('the label', () => {
  test('is added to all requests from now on, until it is removed', async () => {
    expect(await admin('/label')).toEqual({ label: null });
    expect(await admin('/label', 'PUT', { label: 'one' })).toEqual({ label: 'one' });
    await send('/image/v2/images');
    await admin('/label', 'PUT', { label: null });
    await send('/image/v2/images');
    expect(entries().map(({ label }) => label)).toEqual(['one', undefined]);
    expect(await admin('/label', 'PUT', { label: '' })).toMatchObject({ error: { code: 400, pointer: '/label' } });
  });

  test('can be that of a world', async () => {
    await admin('/worlds', 'POST', { name: 'labelled', label: 'two' });
    await send('/w/labelled/image/v2/images');
    const { requests } = (await (await fetch(`${emulator.url}/w/labelled/__admin/requests`)).json()) as {
      readonly requests: readonly { readonly label: string }[];
    };
    expect(requests.map(({ label }) => label)).toEqual(['two']);
  });
});

/** Events of a stream of server-sent events, as they arrive. */
async function* eventsOf(path: string, headers = {}): AsyncGenerator<{ event: string; id?: string; data: unknown }> {
  const request = get(emulator.url + path, { headers });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  expect(response.headers['content-type']).toBe('text/event-stream');
  let text = '';
  try {
    for await (const chunk of response) {
      text += String(chunk);
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        if (block.startsWith(':')) continue;
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: ?(.*)/s)));
        yield { ...fields, data: JSON.parse(fields['data']) } as never;
      }
    }
  } finally {
    request.destroy();
  }
}

const next = async <T>(events: AsyncGenerator<T>): Promise<T> => (await events.next()).value as T;

describe('GET requests/stream', () => {
  test('sends stored and new requests, and goes on after the last one that the client has', async () => {
    await send('/image/v2/images');
    const events = eventsOf('/__admin/requests/stream');
    expect(await next(events)).toMatchObject({
      event: 'request',
      id: expect.stringMatching(/^1-[0-9a-f]{8}$/),
      data: { operation: 'image-v2.listImages' },
    });
    await send('/image/v2/schemas/image');
    expect(await next(events)).toMatchObject({ event: 'request', data: { id: 2, status: 200 } });
    await events.return(undefined);
    await send('/image/v2/nothing');
    const resumed = eventsOf('/__admin/requests/stream', { 'Last-Event-ID': '2' });
    expect(await next(resumed)).toMatchObject({ data: { id: 3, status: 404 } });
    await resumed.return(undefined);
  });

  test('starts again when the journal was cleared since the event that the client has', async () => {
    await send('/image/v2/images');
    await send('/image/v2/images');
    const events = eventsOf('/__admin/requests/stream');
    await next(events);
    const { id } = (await next(events)) as unknown as { readonly id: string };
    await events.return(undefined);
    await fetch(`${emulator.url}/__admin/reset`, { method: 'POST' });
    for (let count = 0; count < 3; count += 1) await send('/image/v2/nothing');
    const resumed = eventsOf('/__admin/requests/stream', { 'Last-Event-ID': id });
    expect(await next(resumed)).toMatchObject({ event: 'cleared', id: expect.stringMatching(/^0-/) });
    expect(await next(resumed)).toMatchObject({ event: 'request', data: { id: 1, status: 401 } });
    await resumed.return(undefined);
  });

  test('rejects an event id that it has not sent', async () => {
    const response = await fetch(`${emulator.url}/__admin/requests/stream`, { headers: { 'Last-Event-ID': 'last' } });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('/after');
  });

  test('sends only requests that match the filter', async () => {
    const events = eventsOf('/__admin/requests/stream?status=404');
    const first = next(events);
    await send('/image/v2/images');
    await send('/image/v2/nothing');
    expect(await first).toMatchObject({ data: { id: 2 } });
    await events.return(undefined);
  });

  test('reports that the journal was cleared, and goes on with id 1', async () => {
    await send('/image/v2/images');
    const events = eventsOf('/__admin/requests/stream');
    await next(events);
    await fetch(`${emulator.url}/__admin/reset`, { method: 'POST' });
    expect(await next(events)).toMatchObject({ event: 'cleared', data: {} });
    await send('/image/v2/images');
    expect(await next(events)).toMatchObject({ event: 'request', data: { id: 1 } });
    await events.return(undefined);
  });

  test('reports requests that were dropped before the client received them', async () => {
    const { journal } = emulator.worlds.default;
    await send('/image/v2/images');
    for (let count = 0; count < journal.options.capacity + 4; count += 1) journal.record(recorded());
    const events = eventsOf('/__admin/requests/stream');
    expect(await next(events)).toEqual({ event: 'dropped', data: { count: 5 } });
    expect(await next(events)).toMatchObject({ event: 'request', data: { id: 6 } });
    await events.return(undefined);
  });

  test('ends when the world is dropped', async () => {
    await admin('/worlds', 'POST', { name: 'short' });
    const events = eventsOf('/w/short/__admin/requests/stream');
    const first = events.next();
    await fetch(`${emulator.url}/__admin/worlds/short`, { method: 'DELETE' });
    expect(await first).toEqual({ done: true, value: undefined });
  });
});
