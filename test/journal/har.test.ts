import { expect, test } from '@jest/globals';
import type { Har } from 'har-format';
import { toHar } from '../../src/journal/har.ts';
import { Journal } from '../../src/journal/journal.ts';
import { entriesOf, recorded } from '../support/journal.ts';

test('an archive is one by the types of har-format', () => {
  const journal = new Journal();
  journal.record(recorded({ url: '/image/v2/images?limit=1', status: 401 }));
  const entries = entriesOf({ journal, name: 'default' });
  const har: Har = toHar(entries, { version: '1.2.3', root: 'http://127.0.0.1:9292' });
  expect(har.log.entries).toMatchObject([
    { request: { queryString: [{ name: 'limit', value: '1' }] }, response: { status: 401 } },
  ]);
});
