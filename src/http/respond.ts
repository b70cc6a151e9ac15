import { type ServerResponse, STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import type { Reply } from '../contract/contract.ts';
import type { HeaderChanges } from '../faults/alteration.ts';
import type { Wire } from '../faults/fault.ts';
import { changeHeaders } from './faults/header-changes.ts';
import { isOnResponse, sendFaulty } from './faults/response-faults.ts';
import { pipeBody } from './pipe-body.ts';
import type { ReadyMessage } from './playback.ts';

/** Reason phrases that the Python services send, for statuses to which Node gives newer ones. */
const REASONS: Readonly<Record<number, string>> = {
  413: 'Request Entity Too Large',
  416: 'Request Range Not Satisfiable',
};

let dateSecond = Number.NaN;
let dateText = '';

/** Formats an HTTP date. The text is cached until the second changes. */
export function httpDate(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = new Date(second * 1000).toUTCString();
  }
  return dateText;
}

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** How a reply is sent. */
export interface SendOptions {
  /** Headers that the dialect adds to every response; those of the reply take precedence. */
  readonly common?: Headers | undefined;
  /** The time of the Date header, in milliseconds since 1970. */
  readonly now: number;
  /** Whether the request is a HEAD request, which gets no body. */
  readonly isHead: boolean;
  /** Damage to the response on the wire. */
  readonly wire?: Wire | undefined;
  /** Changes of a rule to the headers. */
  readonly changes?: HeaderChanges | undefined;
}

/**
 * Sends a reply. `writeHead` with a flat list and a single `end` is the fastest way in Node.
 * @returns names and values of the headers, alternating.
 */
export function respond(response: ServerResponse, reply: Reply, options: SendOptions): readonly string[] {
  const { common, now, changes } = options;
  const natural = flatHeaders(reply, common, now);
  const headers = changes === undefined ? natural : changeHeaders(natural, changes);
  if (reply.isForeign) response.sendDate = false;
  const { status, reason, body } = reply;
  sendReady(response, { status, reason, headers, body }, options);
  return headers;
}

/** Sends a response with exactly the given headers, besides those of the connection. */
export function sendReady(
  response: ServerResponse,
  { status, reason: given, headers, body }: ReadyMessage,
  { isHead, wire, changes }: Omit<SendOptions, 'common' | 'now'>,
): void {
  if (changes !== undefined) omitDefaults(response, changes);
  if (isHead && body instanceof Readable) body.destroy();
  const reason = given ?? REASONS[status];
  const sent = isHead ? undefined : body;
  if (wire !== undefined && isOnResponse(wire)) {
    sendFaulty(response, { status, reason: reason ?? STATUS_CODES[status] ?? '', headers, body: sent }, wire);
    return;
  }
  if (status === 0) {
    response.destroy();
    return;
  }
  // Node does not change the list.
  if (reason === undefined) response.writeHead(status, headers as string[]);
  else response.writeHead(status, reason, headers as string[]);
  sendBody(response, sent);
}

/** Keeps Node from adding headers of its own, such as Date and Connection, that a rule removes or renames. */
function omitDefaults(response: ServerResponse, { headers = {}, renameHeaders = {} }: HeaderChanges): void {
  for (const [name, value] of Object.entries(headers)) if (value === null) response.removeHeader(name);
  for (const name of Object.keys(renameHeaders)) response.removeHeader(name);
}

function sendBody(response: ServerResponse, body: Reply['body']): void {
  if (body === undefined) {
    response.end();
  } else if (body instanceof Readable) {
    // Head first: a client that waits for the head must not have to wait for the first bytes of a slow stream.
    response.flushHeaders();
    pipeBody(body, response);
  } else {
    response.end(typeof body === 'string' ? encoded(body) : body);
  }
}

/** Texts of these lengths are encoded once, if they are sent more than once. */
const [MIN_ENCODED, MAX_ENCODED] = [4096, 256 * 1024];
/** How many texts are compared with the next one. */
const MAX_RECENT = 8;

/** A text that was sent recently, and its bytes once it has been sent twice. */
interface RecentText {
  readonly text: string;
  bytes: Buffer | undefined;
}

const recentTexts = new Array<RecentText | undefined>(MAX_RECENT).fill(undefined);

/** Returns the bytes of a page that was sent before: to encode it takes longer than to send it. */
function encoded(text: string): string | Buffer {
  if (text.length < MIN_ENCODED || text.length > MAX_ENCODED) return text;
  const slot = text.length % MAX_RECENT;
  const recent = recentTexts[slot];
  if (recent?.text !== text) {
    recentTexts[slot] = { text, bytes: undefined };
    return text;
  }
  recent.bytes ??= Buffer.from(text);
  return recent.bytes;
}

let measuredText = '';
let measuredLength = 0;

/** Returns the length of a body in bytes. Counting the bytes of a page takes long, so the latest length is remembered. */
export function lengthOf(body: string | Buffer): number {
  if (typeof body !== 'string') return body.length;
  if (body !== measuredText) {
    measuredText = body;
    measuredLength = Buffer.byteLength(body);
  }
  return measuredLength;
}

/** All headers of a response as a flat list of names and values. */
function flatHeaders(reply: Reply, common: Headers | undefined, now: number): string[] {
  const flat: string[] = [];
  const { headers, body, status } = reply;
  const has = headers === undefined ? NOTHING : pushAll(flat, headers);
  for (const name in common) {
    if (headers === undefined || !hasHeader(headers, name)) push(flat, name, common[name] as Headers[string]);
  }
  if (!has.date && !reply.isForeign) flat.push('Date', httpDate(now));
  if (!has.length && !(body instanceof Readable) && (body !== undefined || !BODILESS.has(status))) {
    flat.push('Content-Length', String(body === undefined ? 0 : lengthOf(body)));
  }
  return flat;
}

const NOTHING = { date: false, length: false };

/** Statuses whose responses have neither a body nor a Content-Length. */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

/** Adds headers to the list. Returns whether Date and Content-Length are among them. */
function pushAll(flat: string[], headers: Headers): { readonly date: boolean; readonly length: boolean } {
  let date = false;
  let length = false;
  for (const name in headers) {
    // Only names of these lengths are compared, which saves the lower case of all others.
    const lower = name.length === 4 || name.length === 14 ? name.toLowerCase() : '';
    if (lower === 'date') date = true;
    else if (lower === 'content-length') length = true;
    push(flat, name, headers[name] as Headers[string]);
  }
  return { date, length };
}

function push(flat: string[], name: string, value: string | readonly string[]): void {
  if (typeof value === 'string') flat.push(name, value);
  else for (const one of value) flat.push(name, one);
}

function hasHeader(headers: Headers, name: string): boolean {
  if (name in headers) return true;
  const lower = name.toLowerCase();
  for (const other in headers) if (other.toLowerCase() === lower) return true;
  return false;
}
