import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];

afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** A directory of its own with these files; it goes when the tests of the file are done. */
export function filesOf(files: Readonly<Record<string, string | Buffer | object>>): (name?: string) => string {
  const directory = mkdtempSync(join(tmpdir(), 'sideglance-test-'));
  made.push(directory);
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
    writeFileSync(join(directory, name), text);
  }
  return (name = '') => join(directory, name);
}
