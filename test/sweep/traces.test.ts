import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { ClientEnd } from '../../src/index.ts';
import { crashOf } from '../../src/sweep/traces.ts';

const endOf = (text: string, changes: Partial<ClientEnd> = {}): ClientEnd => ({
  kind: 'exited',
  exitCode: 1,
  signal: null,
  milliseconds: 1,
  stdout: { text: '', bytes: 0 },
  stderr: { text, bytes: text.length },
  ...changes,
});

/** What runtimes write, as recorded with programs that fail in a function, and the line that names the error. */
const TRACES: readonly (readonly [string, string, string])[] = [
  [
    'Python',
    'Traceback (most recent call last):\n  File "x.py", line 3, in <module>\n    f()\nopenstack.exceptions.HttpException: HttpException: 503: Server Error\n',
    'openstack.exceptions.HttpException: HttpException: 503: Server Error',
  ],
  [
    'Node.js',
    "node:internal/process/esm_loader:34\n      internalBinding('errors').triggerUncaughtException(\n\nTypeError: fetch failed\n    at x (file:///x.mjs:1:1)\n\nNode.js v20.20.2\n",
    'TypeError: fetch failed',
  ],
  [
    'Go',
    'panic: runtime error: invalid memory address\n\ngoroutine 1 [running]:\nmain.main()\n\t/x.go:4\nexit status 2\n',
    'panic: runtime error: invalid memory address',
  ],
  ['Ruby', "x.rb:1:in `f': boom (RuntimeError)\n\tfrom x.rb:2:in `<main>'\n", ''],
  ['Ruby', "/usr/lib/x.rb:1:in 'Excon::Socket#read': closed (Excon::Error::Socket)\n\tfrom x.rb:2:in '<main>'\n", ''],
  ['Java', 'Exception in thread "main" java.lang.RuntimeException: boom\n\tat X.main(X.java:3)\n', ''],
  ['Rust', "thread 'main' panicked at src/main.rs:2:5:\nboom\n", ''],
  ['.NET', 'Unhandled exception. System.Exception: boom\n   at X.Main()\n', ''],
  ['PHP', 'PHP Fatal error:  Uncaught Exception: boom in x.php:1\n', ''],
  ['C++', "terminate called after throwing an instance of 'std::runtime_error'\n  what():  boom\n", ''],
  ['Deno', 'error: Uncaught (in promise) Error: boom\n', ''],
  ['a sanitizer', '==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x1\n', ''],
];

test.each(TRACES)('a trace of %s is a crash', (runtime, text, message) => {
  const crash = crashOf(endOf(text));
  expect(crash).toContain(`exit 1: an error that nothing caught (trace of ${runtime})`);
  expect(crash).toContain(message);
});

test.each([
  ['Failed to delete image: HttpException: 403: Client Error for url'],
  ['Error: the panic button was pressed, and the Traceback was lost'],
  ['curl: (22) The requested URL returned error: 503'],
  [''],
])('%j is a reported failure', (text) => {
  expect(crashOf(endOf(text))).toBeUndefined();
});

test('a trace of a program that exits with 0 is no crash', () => {
  expect(crashOf(endOf(TRACES[0]?.[1] ?? '', { exitCode: 0 }))).toBeUndefined();
});

test('a signal is a crash, and so is its exit code from a shell', () => {
  expect(crashOf(endOf('', { kind: 'signalled', exitCode: null, signal: 'SIGSEGV' }))).toBe('died of SIGSEGV');
  expect(crashOf(endOf('', { exitCode: 139 }))).toBe('exit 139: died of SIGSEGV');
  expect(crashOf(endOf('', { exitCode: 130 }))).toBeUndefined();
});

test('docs/sweep.md names every runtime whose traces are known', () => {
  const page = readFileSync(new URL('../../docs/sweep.md', import.meta.url), 'utf8');
  for (const [runtime] of TRACES) expect(page).toContain(runtime.replace('a ', ''));
});
