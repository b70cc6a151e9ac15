import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** The process that holds a lock. */
export interface LockOwner {
  readonly pid: number;
  /** Start time as Linux reports it, since process ids are reused; empty on other systems. */
  readonly started: string;
  /** Where the process id is valid: the boot of the machine and the namespace; on systems other than Linux the host name. */
  readonly processes: string;
  /** The boot of the machine, whose containers share a clock; on systems other than Linux the host name. */
  readonly machine: string;
}

/** State and start time of a process, as Linux reports them. */
interface ProcessStatus {
  readonly state: string | undefined;
  readonly started: string | undefined;
}

/** Returns this process as the owner of a lock. */
export function currentOwner(): LockOwner {
  const machine = readOr('/proc/sys/kernel/random/boot_id', hostname());
  return {
    pid: process.pid,
    started: statusOf(process.pid)?.started ?? '',
    processes: `${machine} ${namespaceOr(hostname())}`,
    machine,
  };
}

/** Converts the content of a lock to its owner; `undefined` for another text, such as half of one. */
export function parseOwner(text: string): LockOwner | undefined {
  try {
    const { pid, started, processes, machine } = JSON.parse(text) as LockOwner;
    return { pid, started, processes, machine };
  } catch {
    return undefined;
  }
}

/** Returns whether a process of this machine and namespace runs. */
export function isRunning({ pid, started }: Pick<LockOwner, 'pid' | 'started'>): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const status = statusOf(pid);
  if (status === undefined) return true;
  // A process that has ended stays in this state until its parent reads the exit code.
  if (status.state === 'Z' || status.state === 'X') return false;
  return started === '' || started === status.started;
}

/** Returns the status of a process; `undefined` on systems other than Linux. */
function statusOf(pid: number): ProcessStatus | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name in parentheses and may contain spaces. State is the third field, start the 22nd.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], started: fields[19] };
  } catch {
    return undefined;
  }
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return otherwise;
  }
}

function namespaceOr(otherwise: string): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return otherwise;
  }
}
