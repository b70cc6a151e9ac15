import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/bin/sideglance.js', import.meta.url));

/** The processes that still run; they end with this one. */
const children = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
process.on('exit', () => {
  for (const { pid } of children) {
    try {
      // Test runners start processes of their own.
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has just ended.
    }
  }
});

/** Starts a process in a group of its own. */
function start(command, options) {
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/**
 * Runs a command to its end, or kills it and what it started after `timeout` milliseconds.
 * @returns its exit code and output, and whether it `timedOut`.
 */
export async function run(command, { timeout, ...options } = {}) {
  const child = start(command, options);
  let timedOut = false;
  const timer =
    timeout &&
    setTimeout(() => {
      timedOut = true;
      process.kill(-child.pid, 'SIGKILL');
    }, timeout);
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name]?.setEncoding('utf8').on('data', (chunk) => {
      texts[name] += chunk;
    });
  }
  const [code] = await once(child, 'close');
  clearTimeout(timer);
  return { code, timedOut, ...texts };
}

/** Starts a process and waits for a line that matches; returns the match and `stop`, which ends the process. */
export async function serve(command, pattern, options) {
  const child = start(command, options);
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const match = pattern.exec(line);
    if (match === null) continue;
    child.stdout.resume();
    return { match, stop: () => stopped(child) };
  }
  throw new Error(`${command.join(' ')} ended: ${errors}`);
}

async function stopped(child) {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** The command line of Sideglance. */
export const sideglance = (...args) => [process.execPath, CLI, ...args];

/** Starts a Sideglance on a free port; returns its address and `stop`. */
export async function serveSideglance() {
  const { match, stop } = await serve(
    sideglance('serve', '--port', '0', '--journal-size', '100000'),
    /http:\/\/127\.0\.0\.1:\d+/,
  );
  return { url: match[0], stop };
}
