import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/bin/sideglance.js', import.meta.url));

/** Limits of a server's process. */
export interface ServerLimits {
  /** Maximum size of a file, in KiB. */
  readonly maxFileKibibytes?: number;
  /** Maximum number of open files. */
  readonly maxOpenFiles?: number;
}

/** A server as a process of its own, with a token. */
export interface Server {
  readonly url: string;
  readonly child: ChildProcess;
  readonly token: string;
  /** Returns standard error so far. */
  errors(): string;
  /** Ends the process with a signal. Returns its exit code; `null` after a kill. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts a server with a state file, and logs in. Rejects with standard error if the server does not start. */
export async function startServer(
  state: string,
  limits: ServerLimits = {},
  flags: readonly string[] = [],
): Promise<Server> {
  const { maxFileKibibytes = 'unlimited', maxOpenFiles = 4096 } = limits;
  const shell = `ulimit -f ${maxFileKibibytes}; ulimit -n ${maxOpenFiles}; exec "$@"`;
  const command = [process.execPath, CLI, 'serve', '--port', '0', '--log', 'off', '--state', state, ...flags];
  const child = spawn('bash', ['-c', shell, 'bash', ...command], { stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.stderr.on('data', (chunk) => {
    texts.stderr += chunk;
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      texts.stdout += chunk;
      const [, found] = /\(port (\d+)\)/.exec(texts.stdout) ?? [];
      if (found !== undefined) resolve(found);
    });
    exited.then(([code]) => reject(new Error(`the server ended with ${code}: ${texts.stderr}`)), reject);
  });
  const url = `http://127.0.0.1:${port}`;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return (await exited)[0];
  };
  return { url, child, token: await logIn(url), errors: () => texts.stderr, end };
}

async function logIn(url: string): Promise<string> {
  const named = { name: 'demo', domain: { name: 'Default' } };
  const identity = { methods: ['password'], password: { user: { ...named, password: 'secret' } } };
  const response = await send(url, 'POST', '/identity/v3/auth/tokens', {
    body: { auth: { identity, scope: { project: named } } },
  });
  return response.headers.get('X-Subject-Token') ?? '';
}

/** Sends a request: an object as JSON, bytes as image data. */
export function send(
  url: string,
  method: string,
  path: string,
  { token = '', body }: { readonly token?: string; readonly body?: object | Buffer } = {},
): Promise<Response> {
  const isData = Buffer.isBuffer(body);
  const type = isData ? 'application/octet-stream' : 'application/json';
  return fetch(`${url}${path}`, {
    method,
    headers: { 'X-Auth-Token': token, 'Content-Type': type, Connection: 'close' },
    ...(body !== undefined && { body: isData ? new Uint8Array(body) : JSON.stringify(body) }),
  });
}
