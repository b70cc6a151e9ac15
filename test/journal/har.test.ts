import { expect, test } from '@jest/globals';
import type { Har } from 'har-format';
import { finish } from '../../src/base/slices.ts';
import { toHar } from '../../src/journal/har.ts';
import { Journal } from '../../src/journal/journal.ts';
import { entriesOf, recorded } from '../support/journal.ts';

test('an archive is one by the types of har-format', () => {
  const journal = new Journal();
  journal.record(recorded({ url: '/image/v2/images?limit=1', status: 401 }));
  const entries = entriesOf({ journal, name: 'default' });
  const har: Har = finish(toHar(entries, { version: '1.2.3', root: 'http://127.0.0.1:9292' }));
  expect(har.log.entries).toMatchObject([
    { request: { queryString: [{ name: 'limit', value: '1' }] }, response: { status: 401 } },
  ]);
});

test.each([
  ['//', 'http://127.0.0.1:9292//'],
  ['//host:x/v2', 'http://127.0.0.1:9292//host:x/v2'],
  ['*', 'http://127.0.0.1:9292/*'],
  ['http://host/v2', 'http://host/v2'],
])('the target %s becomes the URL %s', (url, expected) => {
  const journal = new Journal();
  journal.record(recorded({ url }));
  const har = finish(
    toHar(entriesOf({ journal, name: 'default' }), { version: '1.2.3', root: 'http://127.0.0.1:9292' }),
  );
  expect(har.log.entries[0]?.request.url).toBe(expected);
});

test('a body that mentions a secret in another encoding than UTF-8 is withheld', () => {
  const journal = new Journal();
  const content = Buffer.from('{"password":"p4ss\u00fc"}', 'latin1');
  journal.record(recorded({ requestBody: { size: content.length, isArriving: false, content, digests: undefined } }));
  const [entry] = entriesOf({ journal, name: 'default' });
  expect(entry?.request.body).toEqual({ size: content.length, text: '[redacted]' });
});

test('a request started before its response began', () => {
  const journal = new Journal();
  journal.record(recorded({ time: 1_764_500_000_000, firstByte: 2500, lastByte: 2600 }));
  const har = finish(
    toHar(entriesOf({ journal, name: 'default' }), { version: '1.2.3', root: 'http://127.0.0.1:9292' }),
  );
  expect(har.log.entries[0]).toMatchObject({ startedDateTime: '2025-11-30T10:53:17.500Z', time: 2600 });
});
