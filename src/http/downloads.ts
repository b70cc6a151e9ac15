import { once } from 'node:events';
import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { Downloads } from '../domain/imports/downloads.ts';

const MAX_REDIRECTS = 5;

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const isLoopback = (host: string): boolean => {
  if (host === 'localhost') return true;
  const family = isIP(host);
  return family !== 0 && LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6');
};

/**
 * Creates a downloader for HTTP and HTTPS that reads from loopback addresses and the given hosts only. Redirects to other
 * hosts are rejected.
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

  const open = async (address: string, redirects = 0): Promise<IncomingMessage> => {
    const url = allowed(address);
    if (url === undefined) throw new Error(`downloads from ${address} are not allowed`);
    const request = (url.protocol === 'https:' ? getHttps : getHttp)(url, { agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const status = response.statusCode ?? 0;
    if (status === 200) return response;
    response.destroy();
    const { location } = response.headers;
    if (status < 300 || status >= 400 || location === undefined) throw new Error(`${address} returned ${status}`);
    if (redirects === MAX_REDIRECTS) throw new Error(`${address} redirects too often`);
    return open(new URL(location, url).href, redirects + 1);
  };

  return { allows: (address) => allowed(address) !== undefined, open: (address) => open(address) };
}
