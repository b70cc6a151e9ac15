import { createCipheriv, createHash, hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { ImageData } from './image-data.ts';

/** Data that is made from a seed as it is read. */
export type VirtualData = Extract<ImageData, { readonly kind: 'virtual' }>;

/** MD5 and SHA-512 of some bytes, in lower-case hexadecimal. */
export interface Digests {
  readonly md5: string;
  readonly sha512: string;
}

const BLOCK = 16;
const CHUNK = 256 * 1024;
const ZEROES = Buffer.alloc(CHUNK);

/** How often digests let others have a turn. */
const BYTES_A_TURN = 4 * 1024 * 1024;

/**
 * The bytes from `start` to `end`, both included, chunk by chunk. They are AES-128 in counter mode over nothing, with
 * a key made from the seed: the counter of any block is known, so any byte is as near as the first.
 */
export function* virtualChunks(data: VirtualData, start = 0, end = data.sizeBytes - 1): Generator<Buffer, void, void> {
  const past = Math.min(end + 1, data.sizeBytes);
  if (start >= past) return;
  const counter = Buffer.alloc(BLOCK);
  counter.writeBigUInt64BE(BigInt(Math.floor(start / BLOCK)), BLOCK - 8);
  const cipher = createCipheriv('aes-128-ctr', hash('md5', `virtual data ${data.seed}`, 'buffer'), counter);
  cipher.update(ZEROES.subarray(0, start % BLOCK));
  for (let at = start; at < past; at += CHUNK) {
    yield cipher.update(past - at < CHUNK ? ZEROES.subarray(0, past - at) : ZEROES);
  }
}

/** Streams the bytes from `start` to `end`, both included; holds a chunk or two at a time. */
export function streamVirtual(data: VirtualData, start?: number, end?: number): Readable {
  const chunks = virtualChunks(data, start, end);
  return new Readable({
    highWaterMark: CHUNK,
    read(): void {
      const { value } = chunks.next();
      this.push(value ?? null);
    },
  });
}

/** Digests of all of the data, worked out at once; for data of a few MiB. */
export function digestVirtualNow(data: VirtualData): Digests {
  const md5 = createHash('md5');
  const sha512 = createHash('sha512');
  for (const chunk of virtualChunks(data)) {
    md5.update(chunk);
    sha512.update(chunk);
  }
  return { md5: md5.digest('hex'), sha512: sha512.digest('hex') };
}

/** Digests of all of the data, worked out while others have their turns; takes seconds for each GiB. */
export async function digestVirtual(data: VirtualData, signal?: AbortSignal): Promise<Digests> {
  const md5 = createHash('md5');
  const sha512 = createHash('sha512');
  let sinceTurn = 0;
  for (const chunk of virtualChunks(data)) {
    md5.update(chunk);
    sha512.update(chunk);
    sinceTurn += chunk.length;
    if (sinceTurn < BYTES_A_TURN) continue;
    sinceTurn = 0;
    await turn();
    signal?.throwIfAborted();
  }
  return { md5: md5.digest('hex'), sha512: sha512.digest('hex') };
}
