import type { IncomingMessage } from 'node:http';

/** Options for the addresses in responses. */
export interface Addressing {
  /** The address that clients use; that of the Host header when omitted. */
  readonly externalUrl?: string;
  /** Whether `X-Forwarded-Proto`, `-Host` and `-Prefix` are trusted. */
  readonly trustProxy?: boolean;
  /** Ports that belong to one mount, by mount. */
  readonly ownPorts?: ReadonlyMap<string, number>;
}

/** The parsed address of a request. */
export interface Address {
  readonly worldName: string;
  /** The path below the root of the world, without the query. */
  readonly path: string;
  /** The query, without the question mark. */
  readonly search: string;
  /** Absolute address of the root of the world, without a trailing slash. */
  readonly root: string;
  /** Whether the address names no world. */
  readonly isPlain: boolean;
  /** Whether the root is the external address, which leads to the common port. */
  readonly isExternal: boolean;
  /** Ports that clients reach at the same host, by mount; `undefined` if links name one address for all. */
  readonly ports: ReadonlyMap<string, number> | undefined;
  /** Whether the target has a scheme and a host, as clients send it to a proxy. */
  readonly isAbsolute: boolean;
}

/** Scheme and host of a target. Services take the host of links from the Host header nevertheless. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

/** Parses the address of a request. */
export function addressOf(request: IncomingMessage, options: Addressing): Address {
  const target = request.url as string;
  const isAbsolute = !target.startsWith('/') && ORIGIN.test(target);
  const url = isAbsolute ? target.replace(ORIGIN, '') : target;
  const mark = url.indexOf('?');
  const path = (mark === -1 ? url : url.slice(0, mark)) || '/';
  const search = mark === -1 ? '' : url.slice(mark + 1);
  const origin = originOf(request, options);
  const isPlain = !path.startsWith('/w/');
  const end = isPlain ? -1 : path.indexOf('/', 3);
  const worldPath = isPlain ? '' : end === -1 ? path : path.slice(0, end);
  // Members are written out, because a spread takes several times as long, and each request gets an address.
  return {
    worldName: isPlain ? 'default' : decodeName(worldPath.slice(3)),
    path: isPlain ? path : end === -1 ? '/' : path.slice(end),
    search,
    root: origin + worldPath,
    isPlain,
    isExternal: options.externalUrl !== undefined,
    ports: reachablePorts(request, options),
    isAbsolute,
  };
}

function originOf(request: IncomingMessage, options: Addressing): string {
  if (options.externalUrl !== undefined) return options.externalUrl;
  const { headers } = request;
  if (options.trustProxy) {
    const scheme = first(headers['x-forwarded-proto']) ?? 'http';
    const host = first(headers['x-forwarded-host']) ?? headers.host ?? 'localhost';
    const prefix = (first(headers['x-forwarded-prefix']) ?? '').replace(/\/+$/, '');
    return `${scheme}://${host}${prefix}`;
  }
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  return `${scheme}://${headers.host ?? 'localhost'}`;
}

/**
 * Returns the ports of single mounts, if the client can reach them: not behind an external address or a proxy, and not where
 * the port is another one for the client, as behind a container's published port.
 */
function reachablePorts(
  { headers, socket }: IncomingMessage,
  { ownPorts, externalUrl, trustProxy }: Addressing,
): ReadonlyMap<string, number> | undefined {
  if (ownPorts === undefined || ownPorts.size === 0 || externalUrl !== undefined) return undefined;
  if (trustProxy && headers['x-forwarded-host'] !== undefined) return undefined;
  const port = /:(\d+)$/.exec(headers.host ?? '')?.[1];
  return Number(port ?? 80) === socket.localPort ? ownPorts : undefined;
}

/** Scheme, host and the rest of a root. */
const ROOT = /^(https?:\/\/(?:\[[^\]]*\]|[^/:]*))(?::\d+)?(.*)$/;

/** Returns the address of a URL below a root on the port that its mount owns, or else the URL itself. */
export function linkTo(url: string, root: string, ports: ReadonlyMap<string, number> | undefined): string {
  if (ports === undefined || !url.startsWith(root)) return url;
  const path = url.slice(root.length);
  for (const [mount, port] of ports) {
    if (path === mount || path.startsWith(`${mount}/`)) {
      return root.replace(ROOT, `$1:${port}$2`) + path.slice(mount.length);
    }
  }
  return url;
}

const first = (header: string | string[] | undefined): string | undefined => {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(',')[0]?.trim();
};

/** Decodes the name of a world in a path; what is not encoded correctly stays as it is. */
export const decodeName = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
