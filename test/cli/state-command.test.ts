import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { startSideglance } from '../../src/library/start-sideglance.ts';
import { Documents } from '../../src/persistence/documents.ts';
import { run } from '../support/cli.ts';
import { anImage, anOrigin } from '../support/documents.ts';
import { filesOf } from '../support/files.ts';

/** Writes a state file and closes it. */
async function closedState(): Promise<string> {
  const file = filesOf({})('cloud.state');
  const documents = await Documents.open(file, 'never');
  documents.create('default', anOrigin([anImage('one'), anImage('two')]));
  await documents.close();
  return file;
}

const spoil = (file: string): void => {
  writeFileSync(file, readFileSync(file, 'utf8').replace('"name of two"', '"named of 2"'));
};

describe('sideglance state', () => {
  test('check says that a file is sound', async () => {
    const file = await closedState();
    expect(await run(['state', 'check', file])).toMatchObject({
      code: 0,
      stdout: `${file} is sound: 1 world (default), 2 images\n`,
    });
  });

  test('check names file, line, record, what was found and what is allowed, and ends with 1', async () => {
    const file = await closedState();
    spoil(file);
    const { code, stdout, stderr } = await run(['state', 'check', file]);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(new RegExp(`^${file}, line 4: the checksum does not fit the record`));
    expect(stdout).toMatch(/ {2}image two "named of 2"\n {2}found: "[0-9a-f]{8}"\n {2}allowed: [0-9a-f]{8}\n/);
    expect(stdout).toContain(`"sideglance state repair ${file}" keeps what can be kept.`);
  });

  test('a server refuses such a file with the same message and the command that repairs it', async () => {
    const file = await closedState();
    spoil(file);
    const { code, stderr } = await run(['serve', '--port', '0', '--state', file]);
    expect(code).toBe(2);
    expect(stderr).toContain('line 4, (document): the checksum does not fit the record');
    expect(stderr).toContain(`"sideglance state repair ${file}"`);
  });

  test('repair keeps what can be read, and the files as they were', async () => {
    const file = await closedState();
    spoil(file);
    const spoilt = readFileSync(file, 'utf8');
    const { code, stdout } = await run(['state', 'repair', file, '--json']);
    const report = JSON.parse(stdout);
    expect([code, report]).toMatchObject([0, { file, images: 2, problems: [{ isLoss: false, line: 4 }] }]);
    expect(readFileSync(`${report.backup}/cloud.state`, 'utf8')).toBe(spoilt);
    expect((await run(['state', 'check', file])).code).toBe(0);
    expect((await run(['state', 'repair', file])).stdout).toContain('is sound, nothing was changed');
  });

  test('repair says when no world is left, and a server starts with the fixtures then', async () => {
    const file = await closedState();
    // Only the first record is left, as when the first write was cut.
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\n.*/s, '\n'));
    const { code, stdout } = await run(['state', 'repair', file]);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining(
        `${file} is repaired: no world; the next start with this file begins with the fixtures\n`,
      ),
    ]);
    const cloud = await startSideglance({ state: file });
    expect(cloud.worlds.list()).toHaveLength(1);
    await cloud.close();
  });

  test('a file that does not exist is a problem', async () => {
    const { code, stdout } = await run(['state', 'check', filesOf({})('none')]);
    expect([code, stdout]).toEqual([1, expect.stringContaining('none: does not exist')]);
  });
});
