import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { types } from 'node:util';
import type { Entry, WorldControl } from '../index.ts';

/** The test that a recording is about. */
export interface TestIdentity {
  /** Its full name, with the groups that it is in. */
  readonly name: string;
  /** Its file. */
  readonly file: string | undefined;
}

/** Longest part of a folder name that comes from the name of the test. */
const MAX_SLUG = 80;

/** Entries of one page of the journal. */
const PAGE = 1000;

/**
 * Writes what happened in a world: `requests.json`, `requests.har`, `conduct.json` and `test.json`. A later run of the
 * same test replaces it.
 * @param folder - the folder of all recordings.
 * @returns the folder of this recording.
 */
export function writeRecording(folder: string, world: WorldControl, test: TestIdentity, error: unknown): string {
  const path = resolve(folder, folderName(test));
  const { name, file } = test;
  mkdirSync(path, { recursive: true });
  const write = (filename: string, value: unknown): void =>
    writeFileSync(join(path, filename), `${JSON.stringify(value, undefined, 2)}\n`);
  write('requests.json', { requests: [...entriesOf(world)] });
  write('requests.har', world.requests.har());
  write('conduct.json', world.conduct());
  write('test.json', { name, file, seed: world.describe().seed, error: String(error) });
  return path;
}

/** A readable name, and a digest that tells tests with similar names apart. */
function folderName({ name, file = '' }: TestIdentity): string {
  const slug = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  const digest = createHash('sha256').update(`${file}\0${name}`).digest('hex').slice(0, 8);
  return `${[...slug].slice(0, MAX_SLUG).join('')}-${digest}`;
}

function* entriesOf(world: WorldControl): Generator<Entry> {
  let after: number | null = 0;
  while (after !== null) {
    const page = world.requests.list({ after, limit: PAGE });
    yield* page.requests as readonly Entry[];
    after = page.next;
  }
}

/** Adds the path of a recording to the message of an error, which test runners print. */
export function withRecording(error: unknown, path: string): Error {
  const note = `\n\nRecording: ${path}`;
  // Errors of Node are of another realm than those of a test in Jest.
  if (!types.isNativeError(error)) return new Error(`${String(error)}${note}`, { cause: error });
  const { message, stack } = error;
  error.message = `${message}${note}`;
  if (stack !== undefined) error.stack = stack.replace(message, () => error.message);
  return error;
}
