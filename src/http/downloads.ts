import { once } from 'node:events';
import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { Readable } from 'node:stream';
import { type Downloads, SourceStatusError, type WebResponse } from '../domain/imports/downloads.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const isLoopback = (host: string): boolean => {
  if (host === 'localhost') return true;
  const family = isIP(host);
  return family !== 0 && LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6');
};

/** The redirects that the service follows. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Creates a downloader for HTTP and HTTPS that reads from loopback addresses and the given hosts only.
 * @param hosts - further host names or addresses, as written in a URL.
 */
export function createDownloads(hosts: readonly string[] = []): Downloads {
  const named = new Set(hosts.map((host) => host.toLowerCase()));
  const allowed = (address: string): URL | undefined => {
    if (!URL.canParse(address)) return undefined;
    const url = new URL(address);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
    return isLoopback(host) || named.has(host) ? url : undefined;
  };

  const request = async (address: string): Promise<WebResponse> => {
    const url = allowed(address);
    if (url === undefined) throw new Error(`downloads from ${address} are not allowed`);
    const sent = (url.protocol === 'https:' ? getHttps : getHttp)(url, { agent: false });
    // Bytes after the announced end are an error of the connection, although the response is complete.
    sent.on('error', () => undefined);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return dataOf(response);
    response.destroy();
    const { location } = response.headers;
    if (!REDIRECTS.has(status) || location === undefined) throw new SourceStatusError(address, status);
    return { kind: 'redirect', address: new URL(location, url).href };
  };

  return { allows: (address) => allowed(address) !== undefined, request };
}

function dataOf(response: IncomingMessage): WebResponse {
  const announced = response.headers['content-length'];
  if (announced === undefined) return { kind: 'data', stream: response, announcedBytes: null };
  return { kind: 'data', stream: Readable.from(untilClosed(response)), announcedBytes: Number(announced) };
}

/** The bytes that arrive. As in the service, a body that is shorter than announced ends without an error. */
async function* untilClosed(response: IncomingMessage): AsyncGenerator<Buffer, void, void> {
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    if (!response.destroyed || response.complete) throw error;
  }
}
