import { lookup } from 'node:dns';
import { once } from 'node:events';
import { get as getHttp, type IncomingMessage } from 'node:http';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { type Downloads, SourceStatusError, type WebResponse } from '../domain/imports/downloads.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
LOOPBACK.addAddress('0.0.0.0', 'ipv4');
LOOPBACK.addAddress('::', 'ipv6');

const isLoopback = (host: string): boolean => {
  if (host === 'localhost') return true;
  const family = isIP(host);
  return family !== 0 && LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6');
};

/** Resolves names of other machines. Fails for those that lead to this one. */
const elsewhere =
  (resolve: LookupFunction): LookupFunction =>
  (name, options, callback) =>
    resolve(name, options, (error, found, family) => {
      const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
      const isHere = error === null && name !== 'localhost' && addresses.some(isLoopback);
      callback(isHere ? new Error(`${name} is an address of this machine`) : error, found, family);
    });

/** The redirects that the service follows. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Limits of downloads. */
export interface DownloadLimits {
  /**
   * Hosts that may be asked, besides this machine: names or addresses as written in a URL, with a port where only that port is
   * allowed: `mirror.example`, `10.0.0.7:8080`, `[fd00::7]:8080`.
   */
  readonly hosts?: readonly string[];
  /** Whether loopback addresses may be asked without being in `hosts`; default: true. */
  readonly allowsLoopback?: boolean;
  /** Time in which a download must be complete, in milliseconds; default: 5 minutes. */
  readonly timeout?: number;
  /** Maximum size of a download, in bytes; default: 1 GiB. */
  readonly maxBytes?: number;
  /** Resolves the names of hosts; default: as the system does. */
  readonly lookup?: LookupFunction;
}

/** The default time in which a download must be complete, in milliseconds. */
export const DOWNLOAD_TIMEOUT = 300_000;
/** The default maximum size of a download, in bytes. */
export const DOWNLOAD_MAX_BYTES = 2 ** 30;

/** A path of an admin API: that of this server, or of another one on an allowed host. */
const ADMIN_PATH = /\/__admin(\/|$)/i;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** Creates a downloader for HTTP and HTTPS that stays within limits, and never asks an admin API. */
export function createDownloads(limits: DownloadLimits = {}): Downloads {
  const { hosts = [], allowsLoopback = true, timeout = DOWNLOAD_TIMEOUT, maxBytes = DOWNLOAD_MAX_BYTES } = limits;
  const { lookup: resolve = lookup } = limits;
  const named = new Set(hosts.map((host) => host.toLowerCase()));
  const isAllowed = ({ protocol, hostname, port, pathname }: URL): boolean => {
    const defaultPort = DEFAULT_PORTS[protocol];
    if (defaultPort === undefined || ADMIN_PATH.test(pathname)) return false;
    const bare = hostname.replace(/^\[(.*)\]$/, '$1');
    if (allowsLoopback && isLoopback(bare)) return true;
    return named.has(bare) || named.has(hostname) || named.has(`${hostname}:${port || defaultPort}`);
  };
  const allowed = (address: string): URL | undefined => {
    if (!URL.canParse(address)) return undefined;
    const url = new URL(address);
    return isAllowed(url) ? url : undefined;
  };

  const request = async (address: string): Promise<WebResponse> => {
    const url = allowed(address);
    if (url === undefined) throw new Error(`downloads from ${address} are not allowed`);
    const signal = AbortSignal.timeout(timeout);
    const sent = getterOf(url)(url, { agent: false, signal, lookup: allowsLoopback ? resolve : elsewhere(resolve) });
    // Bytes after the announced end are an error of the connection, although the response is complete.
    sent.on('error', () => undefined);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return dataOf(response, { address, maxBytes, signal });
    response.destroy();
    const { location } = response.headers;
    if (!REDIRECTS.has(status) || location === undefined) throw new SourceStatusError(address, status);
    return { kind: 'redirect', address: new URL(location, url).href };
  };

  return { allows: (address) => allowed(address) !== undefined, request };
}

/** Encryption is loaded when needed, because few runs download anything. */
const getterOf = ({ protocol }: URL): typeof getHttp =>
  protocol === 'https:' ? process.getBuiltinModule('node:https').get : getHttp;

/** A download that is under way. */
interface Download {
  readonly address: string;
  readonly maxBytes: number;
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
}

function dataOf(response: IncomingMessage, download: Download): WebResponse {
  const length = response.headers['content-length'];
  const announcedBytes = length === undefined ? null : Number(length);
  if (announcedBytes !== null && announcedBytes > download.maxBytes) {
    response.destroy();
    throw tooLarge(download);
  }
  return { kind: 'data', stream: Readable.from(bytesOf(response, download)), announcedBytes };
}

/**
 * The bytes that arrive. As in the service, a body that is shorter than announced ends without an error.
 * @throws Error for more bytes than allowed, when the time is over, and for an unannounced body without its end.
 */
async function* bytesOf(response: IncomingMessage, download: Download): AsyncGenerator<Buffer, void, void> {
  let received = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      received += chunk.length;
      if (received > download.maxBytes) throw tooLarge(download);
      yield chunk;
    }
  } catch (error) {
    const isCut = response.destroyed && !response.complete && received <= download.maxBytes;
    const isAnnounced = response.headers['content-length'] !== undefined;
    if (download.signal.aborted) throw new Error(`${download.address} is not complete in time`, { cause: error });
    if (!isCut || !isAnnounced) throw error;
  }
}

const tooLarge = ({ address, maxBytes }: Download): Error =>
  new Error(`${address} is larger than ${maxBytes} bytes, the maximum of a download`);
