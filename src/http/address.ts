import type { IncomingMessage } from 'node:http';

/** Options for the addresses in responses. */
export interface Addressing {
  /** The address that clients use; that of the Host header when omitted. */
  readonly externalUrl?: string;
  /** Whether `X-Forwarded-Proto`, `-Host` and `-Prefix` are trusted. */
  readonly trustProxy?: boolean;
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
  if (!path.startsWith('/w/')) return { worldName: 'default', path, search, root: origin, isPlain: true, isAbsolute };
  const end = path.indexOf('/', 3);
  const worldPath = end === -1 ? path : path.slice(0, end);
  return {
    worldName: decodeName(worldPath.slice(3)),
    path: end === -1 ? '/' : path.slice(end),
    search,
    root: origin + worldPath,
    isPlain: false,
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

const first = (header: string | string[] | undefined): string | undefined => {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(',')[0]?.trim();
};

const decodeName = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
