import type { Socket } from 'node:net';
import { reportInternalError } from '../base/internal-errors.ts';
import { DEFAULT_WORLD } from '../world/world-name.ts';
import { decodeName } from './address.ts';
import { connectionOf } from './connection.ts';
import { isSkipped } from './journal-exchange.ts';
import type { WorldFinder } from './resolve-world.ts';

/** An error of Node's parser. */
export interface ParserError extends NodeJS.ErrnoException {
  /** What was wrong, in a few words. */
  readonly reason?: string;
  /** The bytes that arrived last. */
  readonly rawPacket?: Buffer;
}

/** Bytes that are not a request, and the response to them. */
export interface InvalidRequest {
  readonly error: ParserError;
  readonly socket: Socket;
  readonly status: number;
  /** Names and values of the response in turn. */
  readonly headers: readonly string[];
}

/** Method and target at the beginning of a request, with what separates them from the version. */
const REQUEST_LINE = /^([!-~]{1,32}) ([!-~]{1,2048})[ \r\n]/;
/** The longest beginning of a request that is searched for its method and target, in bytes. */
const MAX_LINE = 2100;

/**
 * Records bytes that are not a request in the journal of the world that they name, or else of the default one. Headers are not
 * recorded: they are what could not be read. Never throws.
 */
export function journalInvalid(invalid: InvalidRequest, worlds: WorldFinder): void {
  try {
    record(invalid, worlds);
  } catch (error) {
    reportInternalError(error, 'the journal entry of an invalid request');
  }
}

function record({ error, socket, status, headers }: InvalidRequest, worlds: WorldFinder): void {
  const [, method = '', url = ''] = REQUEST_LINE.exec(beginningOf(error)) ?? [];
  const world = worldOf(url, worlds);
  if (world === undefined) return;
  const { journal } = world;
  if (isSkipped(journal)) return;
  const connection = connectionOf(socket);
  connection.requests += 1;
  const entry = journal.begin();
  entry.time = world.clock.now();
  entry.started = performance.now();
  entry.method = method;
  entry.url = url;
  entry.status = status;
  entry.responseHeaders = headers;
  entry.label = journal.label;
  entry.connection = connection.id;
  entry.requestOnConnection = connection.requests;
  entry.invalid = describe(error);
  if (!journal.isOff) journal.record(entry);
  journal.observer?.(entry, world.name);
}

const beginningOf = ({ rawPacket }: ParserError): string => rawPacket?.subarray(0, MAX_LINE).toString('latin1') ?? '';

function worldOf(url: string, worlds: WorldFinder) {
  const [, name] = /^\/w\/([^/?#]+)/.exec(url) ?? [];
  return (name === undefined ? undefined : worlds.get(decodeName(name))) ?? worlds.get(DEFAULT_WORLD);
}

const describe = ({ reason, message, code = '' }: ParserError): string => `${reason ?? message} (${code})`;
