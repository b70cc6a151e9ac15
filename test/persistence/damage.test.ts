import { cpSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { InputError } from '../../src/input/input-error.ts';
import { Documents } from '../../src/persistence/documents.ts';
import { checkState, repairState } from '../../src/persistence/repair-state.ts';
import { filesOf } from '../support/files.ts';
import { contentOf, writeSampleStates } from '../torture/sample-state.ts';
import { SPOILINGS, type Spoilt } from '../torture/spoiling.ts';

let sample: Spoilt;
let content: string;

/** Returns a fresh copy of the sample. */
function copyOfSample(): Spoilt {
  const path = filesOf({});
  cpSync(dirname(sample.file), path('first'), { recursive: true });
  return { ...sample, file: join(path('first'), 'state') };
}

beforeAll(async () => {
  sample = await writeSampleStates(filesOf({})());
  const documents = await Documents.open(copyOfSample().file, 'never');
  content = contentOf(documents);
  await documents.close();
});

const open = (file: string): Promise<Documents | InputError> =>
  Documents.open(file, 'never').catch((error: unknown) => {
    if (error instanceof InputError) return error;
    throw error;
  });

describe.each(SPOILINGS)('$name', ({ outcome, apply }) => {
  test(`is ${outcome} at the next start`, async () => {
    const spoilt = copyOfSample();
    apply(spoilt);
    const opened = await open(spoilt.file);
    if (opened instanceof InputError) {
      expect(outcome).toBe('refused');
      expect(opened.message).toContain('"sideglance state repair');
      expect(existsSync(`${spoilt.file}.lock`)).toBe(false);
      return;
    }
    expect(outcome).not.toBe('refused');
    expect(contentOf(opened)).toBe(content);
    expect(opened.notices).toHaveLength(outcome === 'named' ? 1 : 0);
    await opened.close();
  });

  test('is found by a check, and opens after a repair', async () => {
    const spoilt = copyOfSample();
    apply(spoilt);
    const { problems } = await checkState(spoilt.file);
    expect(problems.length > 0).toBe(outcome !== 'whole');
    const { backup } = await repairState(spoilt.file);
    expect(backup === undefined).toBe(outcome === 'whole');
    expect((await checkState(spoilt.file)).problems).toEqual([]);
    const opened = await Documents.open(spoilt.file, 'never');
    if (outcome !== 'refused') expect(contentOf(opened)).toBe(content);
    await opened.close();
  });
});

test('a state file that was closed is sound, and is opened without any loss', async () => {
  const { file } = copyOfSample();
  await (await Documents.open(file, 'never')).close();
  expect(existsSync(`${file}.log`)).toBe(false);
  expect(await checkState(file)).toMatchObject({ problems: [], worlds: ['default', 'second'] });
  const again = await Documents.open(file, 'never');
  expect(contentOf(again)).toBe(content);
  expect(readFileSync(file, 'utf8')).toMatch(/"end",0\]\n$/);
  await again.close();
});

test('a closed state file without its log is opened; an open one is refused', async () => {
  const { file } = copyOfSample();
  const documents = await Documents.open(file, 'never');
  cpSync(file, `${file}-open`);
  await documents.close();
  expect(await open(`${file}-open`)).toBeInstanceOf(InputError);
});

test('a repair keeps the images whose records can be read, and queues those whose data is lost', async () => {
  const { file } = copyOfSample();
  SPOILINGS.find(({ name }) => name === 'data: a flipped bit')?.apply({ ...sample, file });
  const { problems, images, backup } = await repairState(file);
  expect(problems).toMatchObject([{ message: expect.stringContaining('its checksum differs'), isLoss: true }]);
  expect(backup).toMatch(/\.backup-\d{8}T\d{6}Z$/);
  expect(images).toBe((await checkState(file)).images);
});
