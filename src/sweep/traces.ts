import type { ClientEnd } from '../client-runs/command.ts';

/** How a runtime reports an error that the program did not catch. */
interface Trace {
  readonly runtime: string;
  readonly pattern: RegExp;
}

/** What runtimes write to standard error when they end a program for an error that it did not catch. */
export const TRACES: readonly Trace[] = [
  { runtime: 'Python', pattern: /^(?:Traceback \(most recent call last\):|Fatal Python error: )/m },
  { runtime: 'Node.js', pattern: /^(?:Node\.js v\d+\.\d+|\[UnhandledPromiseRejection)/m },
  { runtime: 'Deno', pattern: /^error: Uncaught /m },
  { runtime: 'Go', pattern: /^(?:panic: |fatal error: |goroutine \d+ \[)/m },
  { runtime: 'Ruby', pattern: /^\S+\.rb:\d+:in [`'].*\((?:[A-Z]\w*::)*[A-Z]\w*\)$/m },
  { runtime: 'Java', pattern: /^Exception in thread "/m },
  { runtime: 'Rust', pattern: /^thread '.*' (?:\(\d+\) )?panicked at /m },
  { runtime: '.NET', pattern: /^Unhandled exception\. /im },
  { runtime: 'PHP', pattern: /^(?:PHP )?Fatal error: {1,2}Uncaught /m },
  { runtime: 'C++', pattern: /^terminate called /m },
  { runtime: 'a sanitizer', pattern: /^==\d+==ERROR: \w+Sanitizer: /m },
];

/** Exit codes with which shells report that a program died of a signal for a fault of its own: 128 and the signal. */
const DIED: Readonly<Record<number, string>> = {
  132: 'SIGILL',
  133: 'SIGTRAP',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  139: 'SIGSEGV',
};

/** Returns how one knows that a program crashed instead of reporting a failure; `undefined` if nothing says so. */
export function crashOf({ kind, exitCode, signal, stderr }: ClientEnd): string | undefined {
  if (kind === 'signalled') return `died of ${signal}`;
  if (kind !== 'exited' || exitCode === 0 || exitCode === null) return undefined;
  if (DIED[exitCode] !== undefined) return `exit ${exitCode}: died of ${DIED[exitCode]}`;
  const trace = TRACES.find(({ pattern }) => pattern.test(stderr.text));
  if (trace === undefined) return undefined;
  const message = errorIn(stderr.text);
  const what = `exit ${exitCode}: an error that nothing caught (trace of ${trace.runtime})`;
  return message === undefined ? what : `${what}: ${message}`;
}

/** Characters of a message that a reason keeps. */
const MAX_MESSAGE = 200;

/** The line that names the error, such as `TypeError: fetch failed`; the last one, because of errors that caused it. */
const errorIn = (text: string): string | undefined =>
  text
    .split('\n')
    .findLast((line) => /^(?:panic: )?[\w.:]*(?:Error|Exception|Timeout|panic)\b.*: ?\S/.test(line))
    ?.slice(0, MAX_MESSAGE);
