import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];

afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** Creates a temporary directory with these files. It is removed after the tests of the file. */
export function filesOf(files: Readonly<Record<string, string | Buffer | object>>): (name?: string) => string {
  const directory = mkdtempSync(join(tmpdir(), 'sideglance-test-'));
  made.push(directory);
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
    writeFileSync(join(directory, name), text);
  }
  return (name = '') => join(directory, name);
}
