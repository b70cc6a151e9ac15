import { expect, test } from '@jest/globals';
import { Journal } from '../../src/journal/journal.ts';
import type { StoredBody } from '../../src/journal/stored-body.ts';
import { recorded } from '../support/journal.ts';

const textOf = ({ content }: StoredBody): string | undefined => content?.toString();
const store = (journal: Journal, text: string): StoredBody => journal.storeBody(text, Buffer.byteLength(text));
/** Different texts of a given length. */
const text = (index: number, length: number): string => String(index).padEnd(length, 'äb');

test('large bodies are stored as they are, and truncated bodies up to their limit', () => {
  const journal = new Journal({ bodyBytes: 10_000 });
  for (const body of ['a'.repeat(9000), 'ä'.repeat(4000), 'x'.repeat(9_999)]) {
    expect(store(journal, body)).toMatchObject({ size: Buffer.byteLength(body) });
    expect(textOf(store(journal, body))).toBe(body);
  }
  expect(store(journal, 'y'.repeat(20_000))).toMatchObject({ size: 20_000, storedBytes: 10_000 });
  expect(textOf(store(journal, 'ä'.repeat(20_000)))).toBe('ä'.repeat(5000));
  const bytes = Buffer.from([0, 255, 1]);
  expect(journal.storeBody(bytes, 3).content).toEqual(bytes);
});

test('bodies keep their content while earlier ones are dropped and their memory is used again', () => {
  const journal = new Journal({ capacity: 7 });
  for (let index = 0; index < 300; index += 1) {
    const body = text(index, 100 * (1 + ((index * 37) % 400)));
    journal.record(
      recorded({
        url: body.slice(0, 200),
        requestBody: journal.storeBody(Buffer.from(body), Buffer.byteLength(body)),
        responseBody: store(journal, body),
      }),
    );
    for (const { url, requestBody, responseBody } of journal.after()) {
      expect(textOf(responseBody)?.startsWith(url)).toBe(true);
      expect(textOf(requestBody)).toBe(textOf(responseBody)?.slice(0, textOf(requestBody)?.length));
    }
  }
});

test('equal texts share memory until the last entry with them is dropped', () => {
  const journal = new Journal({ capacity: 2 });
  const body = 'z'.repeat(5000);
  for (let index = 0; index < 5; index += 1) journal.record(recorded({ responseBody: store(journal, body) }));
  const [first, second] = [...journal.after()];
  const [one, other] = [first, second].map((entry) => entry?.responseBody.content as Buffer);
  expect([one?.buffer === other?.buffer, one?.byteOffset]).toEqual([true, other?.byteOffset]);
  expect(textOf(second?.responseBody as StoredBody)).toBe(body);
  for (let index = 0; index < 2; index += 1) journal.record(recorded());
  expect(textOf(second?.responseBody as StoredBody)).toBeUndefined();
  expect(textOf(store(journal, body))).toBe(body);
});
