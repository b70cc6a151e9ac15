import { compileGlob, type TextTest } from '../base/glob.ts';
import type { ImageData } from './data/image-data.ts';

/** Ways in which a source gives no response. */
export const CONNECTION_ERRORS = ['refused', 'reset', 'dns', 'timeout'] as const;
/** One of `CONNECTION_ERRORS`. */
export type ConnectionError = (typeof CONNECTION_ERRORS)[number];

/** How a source differs from one that returns its data at once, completely, with status 200 and its Content-Length. */
export interface SourceBehavior {
  /** Gives no response. `dns`: its name cannot be resolved. */
  readonly error?: ConnectionError;
  /** Status of the response. */
  readonly status?: number;
  /** Address to which the response redirects. */
  readonly redirect?: string;
  /** Number of redirects, each to another address, before the response. */
  readonly redirects?: number;
  /** Content-Length in bytes; `null` for a response without it. Default: the size of the data. */
  readonly contentLength?: number | null;
  /** Number of bytes after which the connection ends. */
  readonly truncateAfter?: number;
  readonly bytesPerSecond?: number;
  /** Seconds before the response, by the clock of the world. For a timeout: until it is given up. */
  readonly seconds?: number;
  /** Replaces the data. */
  readonly data?: ImageData;
}

/** Files elsewhere: what an address returns, by address. `*` in an address matches any number of characters. */
export type Web = Readonly<Record<string, SourceBehavior>>;

/** The web of a world without files elsewhere. */
export const NO_WEB: Web = {};

interface CompiledWeb {
  readonly exact: ReadonlyMap<string, SourceBehavior>;
  readonly patterns: readonly (readonly [TextTest, SourceBehavior])[];
}

/** Compiled once for each web, which all worlds share that have not changed theirs. */
const compiledWebs = new WeakMap<Web, CompiledWeb>();

/** Finds what an address returns: the entry of the address itself, or else the first pattern that matches. */
export function sourceAt(web: Web, address: string): SourceBehavior | undefined {
  let compiled = compiledWebs.get(web);
  if (compiled === undefined) {
    compiled = compileWeb(web);
    compiledWebs.set(web, compiled);
  }
  const normal = normalAddress(address);
  if (normal === undefined) return undefined;
  return compiled.exact.get(normal) ?? compiled.patterns.find(([matches]) => matches(normal))?.[1];
}

/**
 * The form of an HTTP address in which two are compared: host in lower case, no default port, no fragment; `undefined` for
 * anything else.
 */
export function normalAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  url.hash = '';
  return url.href;
}

/** Whether the address of an entry is a pattern. */
export const isPattern = (address: string): boolean => address.includes('*');

function compileWeb(web: Web): CompiledWeb {
  const entries = Object.entries(web);
  const exact = entries.filter(([address]) => !isPattern(address));
  const patterns = entries.filter(([address]) => isPattern(address));
  return {
    exact: new Map(exact.map(([address, source]) => [normalAddress(address) ?? address, source])),
    patterns: patterns.map(([pattern, source]) => [testOf(normalPattern(pattern)), source]),
  };
}

/** The pattern with its scheme and host in lower case, as in addresses that are compared. */
export const normalPattern = (pattern: string): string =>
  pattern.replace(/^[^/]*\/\/[^/]*/, (origin) => origin.toLowerCase());

/** Only `*` is special: `?` begins the query of an address. */
function testOf(pattern: string): TextTest {
  if (!pattern.includes('?')) return compileGlob(pattern);
  // A character that no address contains stands for the question mark.
  const test = compileGlob(pattern.replaceAll('?', '\n'));
  return (address) => test(address.replaceAll('?', '\n'));
}
