import { Readable } from 'node:stream';
import { MEBIBYTE } from '../../base/size.ts';
import type { BlobStore, ImageData } from '../data/image-data.ts';
import type { VirtualData } from '../data/virtual-data.ts';
import { type SourceBehavior, sourceAt, type Web } from '../web.ts';
import { type Downloads, SourceStatusError, type WebResponse } from './downloads.ts';
import { Redirects } from './redirects.ts';

/** Seconds after which the service gives up a connection without a response: that of Linux with its default settings. */
const CONNECT_TIMEOUT = 127;

/** Virtual data up to this size is read and hashed; larger data is used as it is, without digests. */
const MAX_HASHED_BYTES = 64 * MEBIBYTE;

/** An address with a host, as the service reads it. URLs of browsers may leave out or turn slashes. */
const HAS_HOST = /^\s*https?:\/\/[^/?#]/i;

/** An opened source. */
export interface Source {
  readonly data:
    | { readonly kind: 'stream'; readonly stream: Readable }
    /** Data that is too large to be read. */
    | { readonly kind: 'virtual'; readonly data: VirtualData };
  /** Content-Length; `null` for a response without one. */
  readonly announcedBytes: number | null;
  /** Speed of the data; `undefined` for data that arrives at once. */
  readonly bytesPerSecond: number | undefined;
}

/** What sources use of their world. */
export interface SourcesDependencies {
  /** Files elsewhere that the world defines. */
  readonly web: () => Web;
  readonly blobs: Pick<BlobStore, 'open'>;
  /** Gives all other addresses. */
  readonly downloads: Downloads;
}

/** A download, as it is started. */
export interface SourceRequest {
  readonly address: string;
  /** Behavior that a rule asks for, on top of that of each address; its redirects come first. */
  readonly fault?: SourceBehavior | undefined;
  /** Called with the seconds, by the clock of the world, that pass before each response or until it is given up. */
  readonly onWait: (seconds: number) => void;
}

/** Opens data at other addresses: those that the world defines, and real ones. Follows redirects between both. */
export class Sources {
  readonly #dependencies: SourcesDependencies;

  constructor(dependencies: SourcesDependencies) {
    this.#dependencies = dependencies;
  }

  /** Whether the service accepts an address: before it starts an import, it resolves the name of the host. */
  allows(address: string, fault: SourceBehavior = {}): boolean {
    if (!HAS_HOST.test(address)) return false;
    const source = sourceAt(this.#dependencies.web(), address);
    const isKnown = source !== undefined || this.#dependencies.downloads.allows(address);
    return isKnown && (fault.error ?? source?.error) !== 'dns';
  }

  /**
   * Opens the data at an address.
   * @throws Error if the address gives no data.
   */
  async open({ address, fault = {}, onWait }: SourceRequest): Promise<Source> {
    const redirects = new Redirects();
    const { redirect: _redirect, redirects: _redirects, ...lasting } = fault;
    let at = address;
    let asked = fault;
    for (;;) {
      const behavior = { ...sourceAt(this.#dependencies.web(), at), ...asked };
      onWait(behavior.seconds ?? (behavior.error === 'timeout' ? CONNECT_TIMEOUT : 0));
      redirects.pass(behavior.redirects ?? 0);
      const response = await this.#request(at, behavior);
      if (response.kind === 'data') return sourceOf(response, behavior);
      if (response.kind === 'local') return this.#localSource(response.data, behavior);
      at = redirects.follow(at, response.address);
      if (!this.allows(at, lasting)) throw new Error(`a redirect to ${at} is not allowed`);
      asked = lasting;
    }
  }

  /** Requests one address. @throws Error if there is no response, or an error. */
  async #request(address: string, behavior: SourceBehavior): Promise<WebResponse | LocalResponse> {
    const { error, status = 200, redirect, data } = behavior;
    if (error !== undefined) throw new Error(`${address} gives no response: ${error}`);
    if (redirect !== undefined) return { kind: 'redirect', address: redirect };
    if (status < 200 || status >= 300) throw new SourceStatusError(address, status);
    return data === undefined ? this.#dependencies.downloads.request(address) : { kind: 'local', data };
  }

  /** The source of data that the world defines. */
  #localSource(data: ImageData, behavior: SourceBehavior): Source {
    const sizeBytes = data.kind === 'bytes' ? data.bytes.length : data.sizeBytes;
    const { contentLength: announcedBytes = sizeBytes, bytesPerSecond } = behavior;
    const arriving = Math.min(sizeBytes, lengthOf(behavior, announcedBytes));
    if (data.kind === 'virtual' && arriving > MAX_HASHED_BYTES) {
      return { data: { kind: 'virtual', data: { ...data, sizeBytes: arriving } }, announcedBytes, bytesPerSecond };
    }
    const stream = this.#dependencies.blobs.open(data, 0, arriving - 1);
    return { data: { kind: 'stream', stream }, announcedBytes, bytesPerSecond };
  }
}

/** A response with data that the world defines. */
interface LocalResponse {
  readonly kind: 'local';
  readonly data: ImageData;
}

/** Maximum number of bytes that a client receives: it stops at the announced size. */
const lengthOf = ({ truncateAfter }: SourceBehavior, announcedBytes: number | null): number =>
  Math.min(truncateAfter ?? Number.POSITIVE_INFINITY, announcedBytes ?? Number.POSITIVE_INFINITY);

/** The source of a real response, damaged as a rule asks. */
function sourceOf(response: Extract<WebResponse, { readonly kind: 'data' }>, behavior: SourceBehavior): Source {
  const { contentLength: announcedBytes = response.announcedBytes, bytesPerSecond } = behavior;
  const length = lengthOf(behavior, announcedBytes);
  const stream = Number.isFinite(length) ? Readable.from(firstBytes(response.stream, length)) : response.stream;
  return { data: { kind: 'stream', stream }, announcedBytes, bytesPerSecond };
}

/** The first bytes of a stream, which is closed after them. */
async function* firstBytes(stream: Readable, length: number): AsyncGenerator<Buffer, void, void> {
  let remaining = length;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (remaining > 0) yield chunk.subarray(0, remaining);
    remaining -= chunk.length;
    if (remaining <= 0) return;
  }
}
