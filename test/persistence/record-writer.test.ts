import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { RecordFile } from '../../src/persistence/record-file.ts';
import { RecordWriter } from '../../src/persistence/record-writer.ts';
import { SOURCES } from '../support/build.ts';
import { filesOf } from '../support/files.ts';

test('records of all lengths are written as they are, in order', async () => {
  const path = filesOf({})('records');
  const writer = await RecordWriter.create(path, 'interval');
  const id = 'an id';
  await writer.add(['state', { generation: 1, id, previous: null }]);
  writer.setId(id);
  const texts = [1, 100, 200_000, 300_000, 600_000, 2_000_000, 3].map((length) =>
    'ü"\\\u2028😀'.repeat(length / 5 + 1),
  );
  for (const text of texts) await writer.add(['text', text]);
  const { bytes, sequence } = writer.end;
  await writer.finish();

  const file = new RecordFile(path);
  const read = [...file.records()];
  expect(read.map(({ issue }) => issue)).toEqual(texts.map(() => undefined));
  expect(read.map(({ decoded }) => decoded?.record)).toEqual(texts.map((text) => ['text', text]));
  expect(file.end).toEqual({ bytes, sequence });
  expect(readFileSync(path).length).toBe(bytes);
});

test('writing a state causes hardly any collection of the whole heap, which would stall the process', () => {
  const script = fileURLToPath(new URL('../support/write-records.mjs', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [script, SOURCES, filesOf({})('records'), '60']);
  expect(stderr.toString()).toBe('');
  // 17 when the records were joined to texts first.
  expect(Number(stdout.toString())).toBeLessThan(8);
});
