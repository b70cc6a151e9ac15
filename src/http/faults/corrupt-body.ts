import { pipeline, Readable, Transform, type TransformCallback } from 'node:stream';
import { parsePointer } from '../../base/json-pointer.ts';
import { valueAt } from '../../base/json-value.ts';
import type { Reply } from '../../contract/contract.ts';
import type { Corruption } from '../../faults/fault.ts';
import { withoutHeader } from './header-changes.ts';

/** Corrupts a response. A response without the part to corrupt stays unchanged. */
export function corrupt(reply: Reply, how: Corruption): Reply {
  switch (how.what) {
    case 'checksum':
      return withWrongDigests(reply);
    case 'json':
      return withText(reply, (text) => text.slice(0, Math.floor(text.length / 2)));
    case 'type':
      return withText(reply, (text) => withOtherType(text, how.pointer));
    case 'flip':
      return withFlippedByte(reply, how.at);
    case 'length':
      return withWrongLength(reply, how.by);
    default:
      return how satisfies never;
  }
}

const DIGEST_HEADERS = new Set(['content-md5', 'etag', 'digest', 'repr-digest']);
const DIGEST_MEMBERS = /("(?:checksum|os_hash_value|etag)":\s*")([0-9a-f])/g;

/** Replaces a hexadecimal digit by the next one. */
const otherDigit = (digit: string): string => ((Number.parseInt(digit, 16) + 1) % 16).toString(16);

function withWrongDigests(reply: Reply): Reply {
  const headers = Object.fromEntries(
    Object.entries(reply.headers ?? {}).map(([name, value]) => [
      name,
      DIGEST_HEADERS.has(name.toLowerCase()) && typeof value === 'string' ? otherDigest(value) : value,
    ]),
  );
  return withText({ ...reply, headers }, (text) =>
    text.replace(DIGEST_MEMBERS, (_whole, before: string, digit: string) => before + otherDigit(digit)),
  );
}

/** Returns another digest of the same form, hexadecimal or base64. */
const otherDigest = (digest: string): string =>
  digest.replace(/[0-9a-zA-Z]/, (character) =>
    /[0-9a-f]/.test(character) ? otherDigit(character) : character === 'A' ? 'B' : 'A',
  );

/** Changes the text of the body. Streamed data stays unchanged. */
function withText(reply: Reply, change: (text: string) => string): Reply {
  const { body } = reply;
  if (body === undefined || body instanceof Readable) return reply;
  return { ...withoutLength(reply), body: change(body.toString()) };
}

const withoutLength = (reply: Reply): Reply => withoutHeader(reply, 'content-length');

function withOtherType(text: string, pointer: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  const path = parsePointer(pointer);
  const last = path.at(-1) as string;
  const holder = valueAt(value, path.slice(0, -1));
  const found = valueAt(holder, [last]);
  if (found === undefined) return text;
  (holder as Record<string, unknown>)[last] = otherType(found);
  return JSON.stringify(value);
}

function otherType(value: unknown): unknown {
  if (Array.isArray(value)) return {};
  switch (typeof value) {
    case 'string':
      return { unexpected: value };
    case 'number':
      return String(value);
    case 'boolean':
      return value ? 'yes' : 'no';
    default:
      return value === null ? [] : [value];
  }
}

function withFlippedByte(reply: Reply, at: number): Reply {
  const { body } = reply;
  if (body === undefined) return reply;
  if (body instanceof Readable) {
    return { ...reply, body: pipeline(body, new Flip(at), () => undefined) };
  }
  const bytes = Buffer.from(body);
  flipBit(bytes, at);
  return { ...reply, body: bytes };
}

function flipBit(bytes: Buffer, at: number): void {
  if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ 1;
}

/** Flips one bit of the byte at an offset, counted from 0. */
class Flip extends Transform {
  #left: number;

  constructor(at: number) {
    super();
    this.#left = at;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const at = this.#left;
    this.#left -= chunk.length;
    if (at < 0 || at >= chunk.length) {
      done(null, chunk);
      return;
    }
    // A copy, because data in memory is streamed without one and others may use the same bytes.
    const changed = Buffer.from(chunk);
    flipBit(changed, at);
    done(null, changed);
  }
}

function withWrongLength(reply: Reply, by: number): Reply {
  const { body, headers = {} } = reply;
  const announced = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  if (body instanceof Readable && announced === undefined) return reply;
  const length = announced === undefined ? Buffer.byteLength((body ?? '') as string | Buffer) : Number(announced);
  const { headers: rest } = withoutLength(reply);
  return { ...reply, headers: { ...rest, 'Content-Length': String(Math.max(0, length + by)) } };
}
