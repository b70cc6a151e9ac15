import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const directories: string[] = [];

afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/**
 * Creates a temporary directory with these files, which is removed after the tests of the file. Objects are written as
 * JSON.
 * @returns a function from a file name to its path; without a name it returns the path of the directory.
 */
export function filesOf(files: Readonly<Record<string, string | Buffer | object>>): (name?: string) => string {
  const directory = mkdtempSync(join(tmpdir(), 'sideglance-test-'));
  directories.push(directory);
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
    writeFileSync(join(directory, name), text);
  }
  return (name = '') => join(directory, name);
}
