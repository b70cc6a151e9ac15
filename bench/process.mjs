// What the benchmarks of processes share: starting a server, and reading its CPU time and memory (from /proc, so on Linux).
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { get } from 'node:http';

const MEBIBYTE_IN_KIB = 1024;
const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
process.on('SIGINT', () => process.exit(1));

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Returns the CPU time of all threads of a process, in microseconds. */
export function cpuOf({ pid }) {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  }
  return nanoseconds / 1000;
}

/** Returns the memory of a process, in MiB. */
export const memoryOf = ({ pid }) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / MEBIBYTE_IN_KIB;

const answers = (url) =>
  new Promise((resolve) => {
    get(url, { agent: false }, (response) => response.resume().on('end', () => resolve(response.statusCode < 500))).on(
      'error',
      () => resolve(false),
    );
  });

/**
 * Starts a server.
 * @param command - program and arguments; a script of Node without the program.
 * @param path - is requested until the server answers.
 * @param url - address of a server that does not print it.
 */
export async function start(command, path, { env = {}, url } = {}) {
  const began = performance.now();
  const [program, ...args] = url === undefined ? [process.execPath, ...command] : command;
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PORT: '0', ...env },
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const address = url ?? (await addressOf(child, command));
  // A server that prints no address is not ready yet.
  while (!(await answers(address + path)))
    if (url !== undefined) await new Promise((resolve) => setTimeout(resolve, 50));
  return { child, url: address, milliseconds: performance.now() - began };
}

const addressOf = (child, command) =>
  new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk) => {
      text += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (!found) return;
      resolve(found[0]);
      child.stdout.off('data', read).resume();
    };
    child.stdout.on('data', read);
    child.once('exit', (code) => reject(new Error(`${command.join(' ')} ended with ${code}`)));
  });

export const stop = ({ child }) =>
  new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
