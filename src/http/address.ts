import type { IncomingMessage } from 'node:http';

/** What decides on the addresses that clients see. */
export interface Addressing {
  /** The address that clients see, when it is not what the Host header says. */
  readonly externalUrl?: string;
  /** Believe `X-Forwarded-Proto`, `-Host` and `-Prefix`. */
  readonly trustProxy?: boolean;
}

/** What the address of a request says. */
export interface Address {
  readonly worldName: string;
  /** Below the world's root, without the query. */
  readonly path: string;
  /** The query, without its question mark. */
  readonly search: string;
  /** Absolute address of the world's root, no slash at the end. */
  readonly root: string;
  /** Whether it names no world. */
  readonly isPlain: boolean;
}

/** Reads the address of a request. */
export function addressOf(request: IncomingMessage, parts: Addressing): Address {
  const url = request.url as string;
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const search = mark === -1 ? '' : url.slice(mark + 1);
  const origin = originOf(request, parts);
  if (!path.startsWith('/w/')) return { worldName: 'default', path, search, root: origin, isPlain: true };
  const end = path.indexOf('/', 3);
  const worldPath = end === -1 ? path : path.slice(0, end);
  return {
    worldName: decodeName(worldPath.slice(3)),
    path: end === -1 ? '/' : path.slice(end),
    search,
    root: origin + worldPath,
    isPlain: false,
  };
}

function originOf(request: IncomingMessage, parts: Addressing): string {
  if (parts.externalUrl !== undefined) return parts.externalUrl;
  const { headers } = request;
  if (parts.trustProxy) {
    const scheme = first(headers['x-forwarded-proto']) ?? 'http';
    const host = first(headers['x-forwarded-host']) ?? headers.host ?? 'localhost';
    const prefix = (first(headers['x-forwarded-prefix']) ?? '').replace(/\/+$/, '');
    return `${scheme}://${host}${prefix}`;
  }
  return `http://${headers.host ?? 'localhost'}`;
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
