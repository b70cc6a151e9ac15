import { existsSync, readFileSync } from 'node:fs';
import { type IncomingMessage, request as send } from 'node:http';
import { request as sendSecurely } from 'node:https';
import { rootCertificates } from 'node:tls';
import { type AdminInputOf, type AdminOperationId, type AdminOutputOf, adminRequest, authorityFile } from '../index.ts';

/** A world of a running Sideglance. */
export interface AdminTarget {
  /** Address of the Sideglance, without a trailing slash. */
  readonly url: string;
  readonly world: string;
  readonly adminToken?: string;
  /** Ends requests that take too long. */
  readonly signal?: AbortSignal;
}

/** Why a command fails: printed to stderr without a stack, unless it is empty. Exit code 1 unless it has another. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

/** Exit code after a signal, as shells have it for SIGINT. */
export const INTERRUPTED = 130;

/** Returns the address of a world's root. */
export const rootOf = ({ url, world }: Pick<AdminTarget, 'url' | 'world'>): string =>
  world === 'default' ? url : `${url}/w/${encodeURIComponent(world)}`;

/**
 * Sends an operation to the admin API.
 * @returns the body of the response; `undefined` for a response without a body.
 * @throws CommandError for an error response (exit code 2 for bad input) and when the server cannot be reached.
 */
export async function callAdmin<Id extends AdminOperationId>(
  target: AdminTarget,
  id: Id,
  input: AdminInputOf<Id>,
): Promise<AdminOutputOf<Id>> {
  const { method, path, body } = adminRequest(id, input);
  const response = await openAdmin(target, { method, path, body });
  const text = await textOf(response);
  if (isSuccess(response)) return (text === '' ? undefined : JSON.parse(text)) as AdminOutputOf<Id>;
  throw failureOf(response, text, target);
}

/** A request to the admin API. */
export interface AdminCall {
  readonly method: string;
  /** Path and query below `/__admin`. */
  readonly path: string;
  readonly body?: unknown;
}

/**
 * Sends a request to the admin API, and returns its response once the head has arrived.
 * @throws CommandError when the server cannot be reached.
 */
export function openAdmin(target: AdminTarget, { method, path, body }: AdminCall): Promise<IncomingMessage> {
  const address = new URL(`${rootOf(target)}/__admin${path}`);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(text !== undefined && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
    ...(target.adminToken !== undefined && { Authorization: `Bearer ${target.adminToken}` }),
  };
  const signal = target.signal === undefined ? {} : { signal: target.signal };
  return new Promise((resolve, reject) => {
    const request =
      address.protocol === 'https:'
        ? sendSecurely(address, { method, headers, agent: false, ...signal, ...trustFor(address) })
        : send(address, { method, headers, agent: false, ...signal });
    request.once('response', resolve);
    request.once('error', ({ message }) => reject(unreachable(target, message)));
    request.end(text);
  });
}

/** The usual authorities, and the one that a server on this machine has created for its certificates. */
function trustFor({ port }: URL): { readonly ca?: (string | Buffer)[] } {
  const own = authorityFile(port === '' ? 443 : Number(port));
  if (!existsSync(own)) return {};
  const extra = process.env['NODE_EXTRA_CA_CERTS'];
  const files = [own, ...(extra !== undefined && existsSync(extra) ? [extra] : [])];
  return { ca: [...rootCertificates, ...files.map((file) => readFileSync(file))] };
}

function unreachable({ url }: AdminTarget, reason: string): CommandError {
  const why = /ECONNREFUSED/.test(reason) ? '' : ` (${reason})`;
  return new CommandError(`cannot reach ${url}${why}; start a server with: sideglance serve`);
}

const isSuccess = ({ statusCode = 0 }: IncomingMessage): boolean => statusCode >= 200 && statusCode < 300;

async function textOf(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const part of response) text += part;
  return text;
}

/** Returns the error for an error response: exit code 2 for bad input. */
function failureOf({ statusCode = 0 }: IncomingMessage, text: string, { url }: AdminTarget): CommandError {
  return new CommandError(messageOf(text) ?? `${statusCode} from ${url}`, statusCode === 400 ? 2 : 1);
}

/** Throws the error that an error response stands for. @throws CommandError for all but a success. */
export async function assertSuccess(response: IncomingMessage, target: AdminTarget): Promise<void> {
  if (!isSuccess(response)) throw failureOf(response, await textOf(response), target);
}

function messageOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { readonly error?: { readonly message?: string } }).error?.message;
  } catch {
    return undefined;
  }
}
