import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { HeldView } from '../../../src/admin/held.ts';
import { MAX_HELD } from '../../../src/faults/engine/held-requests.ts';
import { type Client, clientOf } from '../../conformance/support.ts';
import { startEmulator } from '../../support/emulator.ts';
import { entriesOf } from '../../support/journal.ts';

let client: Client;
beforeEach(async () => {
  client = await clientOf(await startEmulator());
});
afterEach(() => client.emulator.close());

const world = () => client.emulator.worlds.default;
const DELETE = 'image-v2.deleteImage';
const CREATE = 'image-v2.createImage';
const SHOW = 'image-v2.showImage';

const arm = (operation: string, rule: object = {}) =>
  client.admin('post', '/faults', { match: { operation }, fault: { hold: true }, ...rule });

/** The held requests, once there are so many. */
async function held(count = 1): Promise<readonly HeldView[]> {
  for (;;) {
    const list = (await client.admin('get', '/held')).held as readonly HeldView[];
    if (list.length === count) return list;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Sends a request that a rule holds. */
async function sendHeld(operation: string, body?: object) {
  const sent = client.send(operation);
  const response = (body === undefined ? sent : sent.send(body)).then((got) => got);
  const [view] = await held();
  return { response, view: view as HeldView };
}

const decide = (id: string, how: 'continue' | 'respond', body?: object) =>
  request(client.emulator.url).post(`/__admin/held/${id}/${how}`).send(body);
const isStored = (): boolean => world().images.peek(client.imageId('demo-private'))?.status === 'active';
const lastEntry = (operation: string) => entriesOf(world(), { operation }).at(-1);

describe('a rule that holds requests', () => {
  test('shows the request, and lets it go on as it is', async () => {
    await arm(CREATE);
    const { response, view } = await sendHeld(CREATE, { name: 'one' });
    expect(view).toMatchObject({
      id: 'held-1',
      world: 'default',
      at: 'request',
      scenario: 'fault-1',
      rule: 0,
      operation: CREATE,
      method: 'POST',
      url: '/image/v2/images',
      user: 'demo',
      request: { body: { text: '{"name":"one"}' } },
    });
    expect(JSON.stringify(view)).not.toContain(client.token);
    expect(Date.parse(view.until) - Date.parse(view.since)).toBe(60_000);
    expect((await request(client.emulator.url).get('/__admin/held/held-1')).body).toEqual(view);
    expect(world().journal.unanswered.size).toBe(1);
    expect((await decide(view.id, 'continue')).status).toBe(204);
    expect((await response).status).toBe(201);
    expect(lastEntry(CREATE)).toMatchObject({
      source: 'natural',
      fault: { scenario: 'fault-1', rule: 0, kind: 'hold', phase: 'before' },
    });
    await held(0);
  });

  test('lets it go on with another body and other headers; the journal keeps what the client sent', async () => {
    await arm(CREATE);
    const { response, view } = await sendHeld(CREATE, { name: 'one' });
    await decide(view.id, 'continue', { body: { name: 'two' }, headers: { 'X-Extra': '1' } });
    expect((await response).body.name).toBe('two');
    expect(lastEntry(CREATE)).toMatchObject({
      source: 'injected',
      fault: { kind: 'hold', byHand: true },
      request: { body: { text: '{"name":"one"}' } },
      hint: 'The request was changed by hand before the operation.',
    });
  });

  test('does not blame the client for what a changed body violates', async () => {
    await arm(CREATE);
    const { response, view } = await sendHeld(CREATE, { name: 'one' });
    await decide(view.id, 'continue', { body: { name: 5 } });
    expect((await response).status).toBe(400);
    expect(lastEntry(CREATE)?.violations).toBeUndefined();
  });

  test('lets somebody answer by hand, with the words of the service', async () => {
    await arm(DELETE);
    const { response, view } = await sendHeld(DELETE);
    await decide(view.id, 'respond', { fault: { answer: 403, problem: 'image-protected' } });
    const { status, text } = await response;
    expect([status, text.includes('is protected')]).toEqual([403, true]);
    expect(isStored()).toBe(true);
    expect(lastEntry(DELETE)).toMatchObject({
      status: 403,
      source: 'injected',
      fault: { scenario: 'fault-1', kind: 'answer', phase: 'before', byHand: true },
    });
    expect(await client.cellOf(DELETE, 403)).toMatchObject({ natural: 0, injected: 1 });
  });

  test('loses the response of a request that has taken effect', async () => {
    await arm(DELETE);
    const { response, view } = await sendHeld(DELETE);
    await decide(view.id, 'respond', { fault: { answer: 503 }, phase: 'after', undocumented: true });
    expect((await response).status).toBe(503);
    expect(isStored()).toBe(false);
    expect(lastEntry(DELETE)?.fault).toMatchObject({ phase: 'after', byHand: true });
  });

  test('resets the connection', async () => {
    await arm(DELETE);
    const sent = client.send(DELETE).then(
      () => 'a response',
      (error: NodeJS.ErrnoException) => error.code,
    );
    const [view] = await held();
    await decide(view?.id as string, 'respond', { fault: { cut: 'reset' } });
    expect(await sent).toBe('ECONNRESET');
    expect(lastEntry(DELETE)).toMatchObject({ status: 0, outcome: 'faulty', fault: { kind: 'cut', byHand: true } });
  });

  test('lets go by itself after its time', async () => {
    await arm(DELETE, { fault: { hold: '20ms' } });
    expect((await client.send(DELETE)).status).toBe(204);
  });

  test.each<readonly [string, object, string]>([
    ['an undocumented status', { fault: { answer: 503 } }, 'is not documented'],
    ['a fault that does not decide the response', { fault: { delay: '1s' } }, 'does not decide the response'],
    ['another hold', { fault: { hold: true } }, 'does not decide the response'],
    ['a delay', { fault: { answer: 403, delay: '1s' } }, 'is held already'],
    ['an unknown cause', { fault: { answer: 403, problem: 'nothing' } }, 'nothing'],
  ])('rejects %s, and holds on', async (_what, answer, message) => {
    await arm(DELETE);
    const { response, view } = await sendHeld(DELETE);
    const rejected = await decide(view.id, 'respond', answer);
    expect([rejected.status, JSON.stringify(rejected.body)]).toEqual([400, expect.stringContaining(message)]);
    await held(1);
    await decide(view.id, 'continue');
    expect((await response).status).toBe(204);
  });

  test('returns 404 with the ids that are held for another id', async () => {
    await arm(DELETE);
    const { response, view } = await sendHeld(DELETE);
    const missing = await decide('held-7', 'continue');
    expect([missing.status, missing.body.error.allowed]).toEqual([404, ['held-1']]);
    await decide(view.id, 'continue');
    expect((await decide(view.id, 'continue')).status).toBe(404);
    await response;
  });
});

describe('a rule that holds responses', () => {
  test('shows the response after the request has taken effect', async () => {
    await arm(DELETE, { phase: 'after' });
    const { response, view } = await sendHeld(DELETE);
    expect(view).toMatchObject({ at: 'response', response: { status: 204 } });
    expect(isStored()).toBe(false);
    await decide(view.id, 'continue');
    expect((await response).status).toBe(204);
    expect(lastEntry(DELETE)).toMatchObject({ source: 'natural', fault: { kind: 'hold', phase: 'before' } });
  });

  test('lets somebody alter it', async () => {
    await arm(SHOW, { phase: 'after' });
    const { response, view } = await sendHeld(SHOW);
    expect(view.response?.body?.text).toContain('demo-private');
    await decide(view.id, 'respond', { fault: { alter: { body: { name: 'other' }, headers: { 'X-Extra': '1' } } } });
    const { body, headers } = await response;
    expect([body.name, headers['x-extra'], body.status]).toEqual(['other', '1', 'active']);
    expect(lastEntry(SHOW)).toMatchObject({
      source: 'injected',
      fault: { kind: 'alter', phase: 'after', byHand: true },
    });
  });

  test('lets somebody replace a success, whose effect stays', async () => {
    await arm(DELETE, { phase: 'after' });
    const { response, view } = await sendHeld(DELETE);
    await decide(view.id, 'respond', { fault: { answer: 404 } });
    expect((await response).status).toBe(404);
    expect([isStored(), lastEntry(DELETE)?.fault?.phase]).toEqual([false, 'after']);
  });

  test('holds errors of the service, and those of other rules', async () => {
    await arm(SHOW, { phase: 'after', calls: 2 });
    await arm(SHOW, { fault: { answer: 404 } });
    const { response, view } = await sendHeld(SHOW);
    expect(view).toMatchObject({ at: 'response', response: { status: 404 } });
    await decide(view.id, 'respond', { fault: { answer: 200 } });
    expect((await response).status).toBe(200);
    const missing = client
      .send(SHOW, { image_id: '00000000-0000-4000-8000-000000000000' })
      .then(({ status }) => status);
    const [natural] = await held();
    expect(natural?.response?.status).toBe(404);
    await decide(natural?.id as string, 'continue');
    expect(await missing).toBe(404);
  });

  test('replaces image data', async () => {
    await arm('image-v2.downloadImageData', { phase: 'after' });
    const { response, view } = await sendHeld('image-v2.downloadImageData');
    expect(view.response?.status).toBe(200);
    await decide(view.id, 'respond', { fault: { answer: 403 } });
    expect((await response).status).toBe(403);
  });

  test.each<readonly [string, 'continue' | 'respond', object]>([
    ['a change of the request', 'continue', { body: {} }],
    ['a phase', 'respond', { fault: { answer: 404 }, phase: 'after' }],
  ])('rejects %s, which is too late', async (_what, how, body) => {
    await arm(DELETE, { phase: 'after' });
    const { response, view } = await sendHeld(DELETE);
    expect((await decide(view.id, how, body)).status).toBe(400);
    await decide(view.id, 'continue');
    await response;
  });
});

test('A request is held before and after its operation by two rules', async () => {
  await arm(DELETE);
  await arm(DELETE, { phase: 'after' });
  const { response, view } = await sendHeld(DELETE);
  expect(view.at).toBe('request');
  await decide(view.id, 'continue');
  const [next] = await held();
  expect(next?.at).toBe('response');
  await decide(next?.id as string, 'continue');
  expect((await response).status).toBe(204);
});

test('A client that leaves frees its request at once', async () => {
  await arm(DELETE);
  const path = `/image/v2/images/${client.imageId('demo-private')}`;
  const options = { method: 'DELETE', headers: { 'X-Auth-Token': client.token } };
  const sent = httpRequest(client.emulator.url + path, options).on('error', () => undefined);
  sent.end();
  await held();
  sent.destroy();
  await held(0);
  expect(world().clock.waiting).toBe(0);
});

test('A reset lets held requests go', async () => {
  await arm(DELETE);
  const { response } = await sendHeld(DELETE);
  world().reset();
  expect((await client.admin('get', '/held')).held).toEqual([]);
  expect((await response).status).toBe(204);
});

test('Closing the server ends held requests', async () => {
  await arm(DELETE);
  const sent = client.send(DELETE).then(
    () => 'a response',
    () => 'no response',
  );
  await held();
  await client.emulator.close();
  expect(await sent).toBe('no response');
});

test('No more than a bounded number of requests is held; further ones go on at once', async () => {
  await arm(SHOW, { calls: MAX_HELD + 1 });
  const sent = Array.from({ length: MAX_HELD }, () => client.send(SHOW).then(({ status }) => status));
  await held(MAX_HELD);
  expect((await client.send(SHOW)).status).toBe(200);
  expect(lastEntry(SHOW)?.hint).toContain('was not held');
  for (const { id } of await held(MAX_HELD)) await decide(id, 'continue');
  expect(new Set(await Promise.all(sent))).toEqual(new Set([200]));
});

test('Held requests of all worlds are listed together', async () => {
  await client.admin('post', '/worlds', { name: 'other' });
  await arm(DELETE);
  const { response, view } = await sendHeld(DELETE);
  const { body } = await request(client.emulator.url).get('/w/other/__admin/held');
  expect(body.held).toEqual([]);
  const all = await request(client.emulator.url).get('/w/other/__admin/held?worlds=all');
  expect(all.body.held).toEqual([view]);
  await decide(view.id, 'continue');
  await response;
});

test('A recording states what was decided, and is valid', async () => {
  await arm(DELETE);
  const { response, view } = await sendHeld(DELETE);
  await decide(view.id, 'respond', { fault: { answer: 403 } });
  await response;
  const recording = await client.admin('get', '/recording');
  expect(recording.requests.at(-1)).toMatchObject({
    fault: { kind: 'answer', byHand: true },
    decision: { isByHand: true, scenario: 'fault-1' },
  });
});
