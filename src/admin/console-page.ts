import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Reply } from '../contract/contract.ts';
import type { HttpCall } from '../http/http-call.ts';
import { packageFile } from '../input/package-files.ts';

/** Path of the page from the bundle that contains this module; bundles define it. */
declare const CONSOLE_FILE: string;

/** The console as one HTML page: scripts and styles are inside. */
export interface ConsolePage {
  readonly html: string;
  /** The policy that the page declares, for the Content-Security-Policy header. */
  readonly policy: string;
  /** Value of the ETag header. */
  readonly etag: string;
}

let page: ConsolePage | undefined;

/** Returns the console, which is read on first use; `undefined` if it is not built. */
export function consolePage(): ConsolePage | undefined {
  page ??= readPage();
  return page;
}

function readPage(): ConsolePage | undefined {
  const file =
    typeof CONSOLE_FILE === 'undefined'
      ? packageFile('dist/console/index.html')
      : fileURLToPath(new URL(CONSOLE_FILE, import.meta.url));
  if (!existsSync(file)) return undefined;
  const html = readFileSync(file, 'utf8');
  const [, policy = "default-src 'none'"] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  return { html, policy, etag: `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"` };
}

/**
 * Returns the reply to a browser that opens the address of the admin API: the console. The page itself needs no token, because it
 * contains nothing of the server; its requests do.
 */
export function consoleReply({ method, path, headers }: HttpCall): Reply | undefined {
  if ((method !== 'GET' && method !== 'HEAD') || (path !== '' && path !== '/') || !prefersPage(headers.accept)) {
    return undefined;
  }
  const found = consolePage();
  if (found === undefined) return undefined;
  const { html, policy, etag } = found;
  const common = { ETag: etag, 'Cache-Control': 'no-cache', Vary: 'Accept' };
  if (hasTag(headers['if-none-match'], etag)) return { status: 304, headers: common };
  return {
    status: 200,
    headers: {
      ...common,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    },
    body: html,
  };
}

const hasTag = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);

/** Whether a client prefers a page to JSON, as browsers do. */
function prefersPage(accept: string | undefined): boolean {
  const types = (accept ?? '').split(',').map((type) => type.split(';')[0]?.trim());
  const html = types.indexOf('text/html');
  const json = types.indexOf('application/json');
  return html !== -1 && (json === -1 || html < json);
}
