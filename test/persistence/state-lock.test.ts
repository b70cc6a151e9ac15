import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { InputError } from '../../src/input/input-error.ts';
import { Documents } from '../../src/persistence/documents.ts';
import { StateLock } from '../../src/persistence/state-lock.ts';
import { inputErrorOf } from '../support/documents.ts';
import { filesOf } from '../support/files.ts';

const open = (file: string): Promise<Documents> => Documents.open(file, 'never');

/** Writes the lock of a process: this one by default. Returns its path. */
function writeLock(file: string, owner: object): string {
  const path = join(`${file}.lock`, '00000000-0000-4000-8000-000000000000');
  mkdirSync(`${file}.lock`, { recursive: true });
  writeFileSync(path, JSON.stringify(owner));
  return path;
}

/** The owner that this process writes into its locks. */
async function ownOwner(): Promise<{
  readonly pid: number;
  readonly started: string;
  readonly processes: string;
  readonly machine: string;
}> {
  const file = filesOf({})('state');
  const lock = await StateLock.acquire(file);
  const [name = ''] = readdirSync(`${file}.lock`);
  const owner = JSON.parse(readFileSync(join(`${file}.lock`, name), 'utf8'));
  lock.release();
  expect(existsSync(`${file}.lock`)).toBe(false);
  return owner;
}

describe('a state file that is open', () => {
  test('is refused a second time, in the same process too', async () => {
    const file = filesOf({})('state');
    const first = await open(file);
    expect((await inputErrorOf(open(file))).message).toContain(`is in use by process ${process.pid}`);
    await first.close();
    await (await open(file)).close();
  });

  test('is refused through a symbolic link to it, or to its directory', async () => {
    const path = filesOf({});
    mkdirSync(path('real'));
    symlinkSync(path('real'), path('link'));
    symlinkSync(path('real/state'), path('state-link'));
    const first = await open(path('real/state'));
    for (const name of ['link/state', 'state-link']) {
      expect((await inputErrorOf(open(path(name)))).message).toContain('is in use by process');
    }
    await first.close();
    const again = await open(path('state-link'));
    expect(existsSync(path('real/state.log'))).toBe(true);
    await again.close();
  });

  test('is refused through a hard link, and so is the file itself', async () => {
    const path = filesOf({});
    await (await open(path('state'))).close();
    linkSync(path('state'), path('other'));
    for (const name of ['state', 'other']) {
      expect((await inputErrorOf(open(path(name)))).message).toContain('has several names (hard links)');
    }
  });
});

describe('the lock of', () => {
  test('a process that ended is ignored, also if its id is in use again', async () => {
    const owner = await ownOwner();
    for (const ended of [
      { ...owner, pid: 999_999_999 },
      { ...owner, pid: process.ppid, started: '17' },
      { ...owner, started: '17' },
    ]) {
      const file = filesOf({})('state');
      const lock = writeLock(file, ended);
      await (await open(file)).close();
      expect(existsSync(lock)).toBe(false);
    }
  });

  test('a process in another container counts while it is renewed', async () => {
    const owner = { ...(await ownOwner()), processes: 'another namespace' };
    const file = filesOf({})('state');
    const lock = writeLock(file, owner);
    let renewed = Date.now() / 1000;
    const timer = setInterval(() => {
      renewed += 1;
      utimesSync(lock, renewed, renewed);
    }, 200);
    const error = await inputErrorOf(open(file));
    clearInterval(timer);
    expect(error.message).toContain(`is in use by process ${owner.pid} of another container or machine`);
  });

  test('a process in another container is taken over once it is not renewed any more', async () => {
    const owner = { ...(await ownOwner()), processes: 'another namespace' };
    const file = filesOf({})('state');
    const lock = writeLock(file, owner);
    const old = Date.now() / 1000 - 60;
    utimesSync(lock, old, old);
    await (await open(file)).close();
    expect(existsSync(lock)).toBe(false);
  });

  test('a running process of an earlier release, which is a file, is respected', async () => {
    const file = filesOf({})('state');
    writeFileSync(`${file}.lock`, `${process.ppid}\n`);
    expect((await inputErrorOf(open(file))).message).toContain(`is in use by process ${process.ppid}`);
    for (const ended of ['999999999', `${process.ppid} 17`, '', 'nonsense']) {
      writeFileSync(`${file}.lock`, `${ended}\n`);
      await (await open(file)).close();
    }
  });
});

test('of several that open a file at the same time, one gets it', async () => {
  const file = filesOf({})('state');
  const results = await Promise.all(Array.from({ length: 5 }, () => open(file).catch((error: unknown) => error)));
  const opened = results.filter((each) => each instanceof Documents);
  expect(results.filter((each) => each instanceof InputError)).toHaveLength(4);
  expect(opened).toHaveLength(1);
  for (const each of opened) await each.close();
});

test('something other than a file is refused', async () => {
  expect((await inputErrorOf(open(filesOf({})()))).message).toContain('is not a file');
});
