import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StorageFailure } from '../domain/storage-failure.ts';
import { InputError } from '../input/input-error.ts';
import { currentOwner, isRunning, type LockOwner, parseOwner } from './lock-owner.ts';

/** How long to wait for the owner of a lock: a process that was just killed may take a moment to end. */
const MAX_WAIT_MILLISECONDS = 2000;
const RETRY_MILLISECONDS = 50;
/** How often a lock is renewed. */
const RENEWAL_MILLISECONDS = 1000;
/** Age from which a lock is stale whose owner is a process that this one cannot see, as in another container. */
const STALE_MILLISECONDS = 10_000;

/** Names of the files in the directory of locks. */
const NAME = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Names of the locks that this process holds. */
const held = new Set<string>();

/** The lock of another process. */
interface OtherLock {
  readonly name: string;
  readonly owner: LockOwner | undefined;
  /** When the owner renewed it, in milliseconds since 1970 by the clock of the owner. */
  readonly renewedAt: number;
}

/**
 * A lock on a state file, since two processes that write one log would destroy it: a file of its own in the directory
 * `FILE.lock`. A process that finds no other lock there after it has created its own has the lock. Of two processes that
 * start at once, at least one finds the other's lock. The owner renews its lock, so that other containers see that it runs.
 */
export class StateLock {
  readonly #file: string;
  readonly #directory: string;
  readonly #name = randomUUID();
  readonly #path: string;
  readonly #renewal: NodeJS.Timeout;

  private constructor(file: string) {
    this.#file = file;
    this.#directory = directoryOf(file);
    this.#path = join(this.#directory, this.#name);
    this.#create();
    held.add(this.#name);
    this.#renewal = setInterval(() => this.#renew(), RENEWAL_MILLISECONDS).unref();
  }

  /** Locks a state file. @throws InputError if a running process has the file open. */
  static async acquire(file: string): Promise<StateLock> {
    rejectFormerLock(file);
    for (const watched = new Map<string, Watched>(), start = Date.now(); ; await wait(RETRY_MILLISECONDS)) {
      const lock = new StateLock(file);
      const others = lock.#others().filter((other) => lock.#isInUse(other, watched));
      if (others.length === 0) return lock;
      lock.release();
      const [other] = others as [OtherLock];
      if (Date.now() - start >= MAX_WAIT_MILLISECONDS && isKnownToRun(other, watched)) throw inUse(file, other);
      await wait(Math.random() * RETRY_MILLISECONDS);
    }
  }

  /**
   * Checks that this process still has the lock. A lock that was removed is lost for good: another process may have had the
   * file open meanwhile.
   * @throws StorageFailure if the lock was removed.
   */
  assertHeld(): void {
    if (existsSync(this.#path)) return;
    this.release();
    throw new StorageFailure(
      this.#file,
      new Error(`its lock ${this.#directory} was removed, or another process took it`),
    );
  }

  /** Releases the lock. */
  release(): void {
    clearInterval(this.#renewal);
    held.delete(this.#name);
    rmSync(this.#path, { force: true });
    try {
      rmdirSync(this.#directory);
    } catch {
      // Another process waits for the lock.
    }
  }

  #create(): void {
    const text = JSON.stringify(currentOwner());
    for (let attempt = 1; ; attempt += 1) {
      try {
        makeDirectory(this.#directory);
        writeFileSync(this.#path, text, { mode: 0o600 });
        return;
      } catch (error) {
        // Another process may remove the directory between the two calls.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt > 3) throw cannotBeUsed(this.#file, error);
      }
    }
  }

  #renew(): void {
    const now = Date.now() / 1000;
    try {
      utimesSync(this.#path, now, now);
    } catch {
      // The lock was removed; `assertHeld` finds that out.
    }
  }

  /** The other locks on the file. */
  #others(): readonly OtherLock[] {
    const names = readdirSync(this.#directory).filter((name) => name !== this.#name && NAME.test(name));
    return names.flatMap((name) => readLock(join(this.#directory, name), name));
  }

  /** Returns whether the owner of a lock may still run; otherwise removes the lock. */
  #isInUse(other: OtherLock, watched: Map<string, Watched>): boolean {
    const isInUse = mayRun(other, watched);
    if (!isInUse) rmSync(join(this.#directory, other.name), { force: true });
    return isInUse;
  }
}

/** Since when a lock has been watched, and whether its owner has renewed it since. */
interface Watched {
  readonly since: number;
  readonly renewedAt: number;
  readonly isRenewed: boolean;
}

const directoryOf = (file: string): string => `${file}.lock`;

function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function readLock(path: string, name: string): readonly OtherLock[] {
  try {
    return [{ name, owner: parseOwner(readFileSync(path, 'utf8')), renewedAt: statSync(path).mtimeMs }];
  } catch {
    // Released meanwhile.
    return [];
  }
}

/** Returns whether the owner of a lock may still run. */
function mayRun(other: OtherLock, watched: Map<string, Watched>): boolean {
  const { name, owner, renewedAt } = other;
  const here = currentOwner();
  if (owner?.processes === here.processes) {
    const isThisProcess = owner.pid === here.pid && owner.started === here.started;
    return isThisProcess ? held.has(name) : isRunning(owner);
  }
  const now = Date.now();
  // Containers of one machine share its clock, so the age of their locks is known at once.
  if (owner?.machine === here.machine && now - renewedAt > STALE_MILLISECONDS) return false;
  const before = watched.get(name) ?? { since: now, renewedAt, isRenewed: false };
  const isRenewed = before.renewedAt !== renewedAt;
  watched.set(name, { since: isRenewed ? now : before.since, renewedAt, isRenewed: isRenewed || before.isRenewed });
  return isRenewed || now - before.since <= STALE_MILLISECONDS;
}

/** Returns whether the owner of a lock certainly runs, so that waiting longer is of no use. */
function isKnownToRun({ name, owner }: OtherLock, watched: ReadonlyMap<string, Watched>): boolean {
  return owner?.processes === currentOwner().processes || watched.get(name)?.isRenewed === true;
}

/** Rejects a file that a process of an earlier release has open, which held its lock as a file. @throws InputError */
function rejectFormerLock(file: string): void {
  const path = directoryOf(file);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return;
  const [pid, started = ''] = readFileSync(path, 'utf8').trim().split(' ');
  const owner = { pid: Number(pid), started };
  if (owner.pid !== process.pid && isRunning(owner)) throw inUse(file, { owner });
  rmSync(path, { force: true });
}

function inUse(file: string, { owner }: { readonly owner: Partial<LockOwner> | undefined }): InputError {
  const isHere = owner?.processes === undefined || owner.processes === currentOwner().processes;
  const where = isHere ? '' : ' of another container or machine';
  const message = `is in use by process ${owner?.pid ?? '(unknown)'}${where} (see ${directoryOf(file)})`;
  return new InputError(file, [{ pointer: '', message, allowed: 'a state file that no other process uses' }]);
}

/** Creates the error for a file that the operating system does not let the process read or write. */
export const cannotBeUsed = (file: string, error: unknown): InputError =>
  new InputError(file, [
    {
      pointer: '',
      message: `cannot be used (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
      allowed: 'a file that can be read and written',
    },
  ]);
