import { hash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { RecordedRequest } from '../../src/journal/recorded.ts';
import { judge } from './support.ts';

type Sent = Partial<RecordedRequest>;

const rulesIn = (...given: Parameters<typeof judge>) => judge(...given).findings.map(({ rule }) => rule);

const headers = (...more: readonly string[]): readonly string[] => ['User-Agent', 'client', ...more];

const IMAGE = '/image/v2/images/x';
const FILE = `${IMAGE}/file`;

/** A body that the journal has, or only the size of it. */
const body = (text: string, isStored = true) => ({
  size: text.length,
  isArriving: false,
  content: isStored ? text : undefined,
  digests: undefined,
});

const login = (token: string, started: number, more: Sent = {}): Sent => ({
  dialect: 'identity',
  operation: 'identity.authPasswordScoped',
  method: 'POST',
  url: '/identity/v3/auth/tokens',
  status: 201,
  started,
  requestHeaders: headers('Content-Type', 'application/json', 'Host', 'localhost:9292'),
  responseHeaders: ['X-Subject-Token', token],
  requestBody: body('{"auth":{}}'),
  ...more,
});

const read = (token: string, started: number, more: Sent = {}): Sent => ({
  started,
  requestHeaders: headers('X-Auth-Token', token, 'Host', 'localhost:9292'),
  ...more,
});

test('a thread that goes on with the token that another one has renewed need not log in again', () => {
  const requests = [login('old', 0), read('old', 1000), login('new', 2000), read('old', 2100, { status: 401 })];
  expect(rulesIn([...requests, read('new', 2200)])).toEqual([]);
  expect(rulesIn(requests)).toEqual(['no-login-after-401']);
});

test('a client may poll quickly at first, with pauses that grow', () => {
  const polls = (pauses: readonly number[]): readonly Sent[] => {
    let started = 0;
    return [0, ...pauses].map((pause) => {
      started += pause;
      return { url: IMAGE, started, connection: 1 };
    });
  };
  expect(rulesIn(polls([10, 20, 40, 80, 160, 320, 640]))).toEqual([]);
  expect(rulesIn(polls([10, 10, 10, 10, 10, 10]))).toEqual(['polled-too-often']);
});

test('requests that take turns on the connections of a proxy may be of several clients', () => {
  const busy = { status: 503, responseHeaders: ['Retry-After', '5'], connection: 1 };
  const via = { requestHeaders: headers('Via', '1.1 proxy') };
  expect(
    rulesIn([
      { ...busy, ...via, started: 0 },
      { ...via, connection: 1, started: 100 },
    ]),
  ).toEqual([]);
  expect(
    rulesIn([
      { ...busy, started: 0 },
      { connection: 1, started: 100 },
    ]),
  ).toEqual(['retry-after-seconds-ignored']);
});

test('a client may read the length with HEAD, and then ask for ranges', () => {
  const head = { method: 'HEAD', url: FILE, connection: 1 };
  const get = (...more: readonly string[]): Sent => ({ url: FILE, connection: 1, requestHeaders: headers(...more) });
  expect(rulesIn([head, get('Range', 'bytes=0-9')])).toEqual([]);
  expect(rulesIn([head, get()])).toEqual(['head-followed-by-get']);
});

test('parts that were asked for at once do not show that a client ignores what the service sends', () => {
  const part = (connection: number, started: number, range: string): Sent => ({
    url: FILE,
    operation: 'image-v2.downloadImageData',
    connection,
    started,
    lastByte: 100,
    requestHeaders: headers('Range', range),
  });
  expect(rulesIn([part(1, 0, 'bytes=0-9'), part(2, 5, 'bytes=10-19')])).toEqual([]);
  expect(rulesIn([part(1, 0, 'bytes=0-9'), part(1, 200, 'bytes=10-19')])).toEqual(['range-ignored']);
});

test('bodies that the journal does not hold are not taken for the same', () => {
  const create = (name: string, isStored: boolean, more: Sent = {}): Sent => ({
    method: 'POST',
    url: '/image/v2/images',
    operation: 'image-v2.createImage',
    connection: 1,
    requestHeaders: headers('Content-Type', 'application/json'),
    requestBody: body(`{"name":"${name}"}`, isStored),
    status: 502,
    ...more,
  });
  expect(rulesIn([create('a', false), create('b', false, { status: 201 })])).toEqual([]);
  expect(rulesIn([create('a', true), create('a', true, { status: 201 })])).toContain('retried-not-idempotent');
});

test('a host may be in a catalog that the journal does not hold', () => {
  const elsewhere = (token: string): Sent =>
    read(token, 1000, { requestHeaders: headers('X-Auth-Token', token, 'Host', '127.0.0.1:9292') });
  const catalog = 'x'.repeat(20);
  expect(rulesIn([login('t', 0, { responseBody: body(catalog, false) }), elsewhere('t')])).toEqual([]);
  expect(rulesIn([login('t', 0, { responseBody: body(catalog) }), elsewhere('t')])).toEqual(['token-to-another-host']);
  const named = body('{"url":"http://[::1]:9292/image"}');
  const local = read('t', 1000, { requestHeaders: headers('X-Auth-Token', 't', 'Host', '[::1]:9292') });
  expect(rulesIn([login('t', 0, { responseBody: named }), local])).toEqual([]);
});

test('a delay is no fault that a client could swallow', () => {
  const fired = (kind: string) => ({ scenario: 's', rule: 0, kind, phase: 'before' });
  const add = (kind: string): Sent => ({ method: 'POST', url: `${IMAGE}/members`, status: 409, fired: fired(kind) });
  expect(rulesIn([add('delay')], { clientSucceeded: true })).toEqual([]);
  expect(rulesIn([add('answer')], { clientSucceeded: true })).toEqual(['fault-swallowed']);
});

test('uploads of the same image that overlap do not show that a client knew it was active', () => {
  const upload = (connection: number, started: number, status: number): Sent => ({
    method: 'PUT',
    url: FILE,
    operation: 'image-v2.uploadImageData',
    connection,
    started,
    lastByte: 100,
    status,
    requestHeaders: headers('Content-Type', 'application/octet-stream'),
    requestBody: { size: 1, isArriving: false, content: undefined, digests: { md5: hash('md5', 'a') } },
  });
  expect(rulesIn([upload(1, 0, 204), upload(2, 5, 409)])).toEqual([]);
  expect(rulesIn([upload(1, 0, 204), upload(1, 200, 409)])).toEqual(['uploaded-again-though-active']);
});

test('a client may repeat the creation of an image whose id it has chosen', () => {
  const creation = (started: number, content: string, more: Sent = {}): Sent => ({
    method: 'POST',
    url: '/image/v2/images',
    operation: 'image-v2.createImage',
    requestHeaders: headers('Content-Type', 'application/json'),
    requestBody: body(content),
    started,
    ...more,
  });
  const repeated = (content: string): readonly Sent[] => [
    creation(0, content, { status: 0, outcome: 'faulty' }),
    creation(1000, content, { status: 409 }),
  ];
  expect(rulesIn(repeated('{"id":"3f1c","name":"one"}'))).toEqual([]);
  expect(rulesIn(repeated('{"name":"one"}'))).toEqual(['retried-not-idempotent']);
});

test('a client that logs in for each request is found although it sends its old token along', () => {
  const sent = (count: number): readonly Sent[] =>
    Array.from({ length: count }, (_, at) => [
      login(`token ${at}`, 2000 * at, {
        requestHeaders: headers(
          'X-Auth-Token',
          `token ${at - 1}`,
          'Content-Type',
          'application/json',
          'Host',
          'localhost',
        ),
      }),
      read(`token ${at}`, 2000 * at + 1000, { url: `${IMAGE}${at}` }),
    ]).flat();
  expect(rulesIn(sent(5))).toEqual(['login-per-request']);
  expect(rulesIn(sent(2))).toEqual([]);
});

const creation = (started: number, content: string, status: number): Sent => ({
  method: 'POST',
  url: '/image/v2/images',
  operation: 'image-v2.createImage',
  requestHeaders: headers('Content-Type', 'application/json'),
  requestBody: body(content),
  started,
  status,
  outcome: status === 0 ? 'faulty' : 'complete',
});

test('a retry is one although its body is nested very deeply', () => {
  const content = `{"name":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`;
  expect(rulesIn([creation(0, content, 0), creation(1000, content, 201)])).toContain('retried-not-idempotent');
});

test('a retry is one although the members of its body are in another order', () => {
  const first = creation(0, '{"name":"one","tags":[{"a":1,"b":2}]}', 0);
  expect(rulesIn([first, creation(1000, '{"tags":[{"b":2,"a":1}],"name":"one"}', 201)])).toEqual([
    'retried-not-idempotent',
  ]);
  expect(rulesIn([first, creation(1000, '{"tags":[{"b":1,"a":2}],"name":"one"}', 201)])).toEqual([]);
});
