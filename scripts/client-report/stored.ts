import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseResult } from '../../src/conform/result.ts';
import { WORK_FOLDER } from './install.ts';

/** A result, and the digest of the case and of the program that it belongs to. */
interface StoredResult {
  readonly digest: string;
  readonly result: CaseResult;
}

/** Results for the page, and those of a few cases that are played for a look or a check. */
export type Store = 'results' | 'few';

/** Results of a client. */
export interface ClientStore {
  readonly store: Store;
  readonly client: string;
}

const fileOf = ({ store, client }: ClientStore): string => join(WORK_FOLDER, store, `${client}.jsonl`);

/** Folder of the recordings of a client. */
export const recordingsOf = (client: string): string => join(WORK_FOLDER, 'recordings', client);

/** Returns the stored results of a client by case; of several of one case, the latest. */
export function readResults(place: ClientStore): ReadonlyMap<string, StoredResult> {
  const file = fileOf(place);
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').trim().split('\n').filter(Boolean);
  const stored = lines.map((line) => JSON.parse(line) as StoredResult);
  return new Map(stored.map((one) => [one.result.case, one]));
}

/** Stores a result at once, so that an interrupted run goes on where it was. */
export function storeResult(place: ClientStore, stored: StoredResult): void {
  mkdirSync(join(WORK_FOLDER, place.store), { recursive: true });
  appendFileSync(fileOf(place), `${JSON.stringify(stored)}\n`);
}

/** Forgets the results of a client. */
export const forgetResults = (place: ClientStore): void => rmSync(fileOf(place), { force: true });
