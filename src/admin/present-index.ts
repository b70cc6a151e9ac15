import { createHash } from 'node:crypto';
import { escapeHtml, htmlPage } from '../base/html.ts';
import type { Reply } from '../contract/contract.ts';

/** One operation of the admin API. */
export interface IndexedOperation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Path template, from the root of the server. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
}

/** What `GET /__admin` returns: where one is, and what one can ask for. */
export interface ApiIndex {
  readonly name: 'sideglance';
  readonly version: string;
  readonly world: string;
  /** Names of all worlds. */
  readonly worlds: readonly string[];
  /** Address of the OpenAPI document. */
  readonly openapi: string;
  readonly operations: readonly IndexedOperation[];
}

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}' +
  'table{border-collapse:collapse;width:100%}td{padding:.2rem .8rem .2rem 0;vertical-align:top}' +
  'code{font:13px ui-monospace,monospace;white-space:nowrap}h2{font-size:1.1rem;margin-top:2rem}';

/** The page may load nothing and run nothing; only its own style applies. */
const POLICY =
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Presents the index as a page, for browsers. */
export function presentPage(index: ApiIndex): Reply {
  const tags = [...new Set(index.operations.map(({ tag }) => tag))];
  const sections = tags.map((name) => {
    const rows = index.operations.filter(({ tag }) => tag === name).map(rowOf);
    return `<h2>${escapeHtml(name)}</h2><table>${rows.join('')}</table>`;
  });
  const title = `Sideglance ${index.version}: admin API of world ${index.world}`;
  const worlds = index.worlds.map(escapeHtml).join(', ');
  const links = `<p>Worlds: ${worlds}. <a href="${escapeHtml(index.openapi)}">OpenAPI 3.1</a></p>`;
  const body = htmlPage({ title, style: STYLE, body: links + sections.join('') });
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    Vary: 'Accept',
  };
  return { status: 200, headers, body };
}

function rowOf({ method, path, summary }: IndexedOperation): string {
  const isLink = method === 'GET' && !path.includes('{') && !path.endsWith('/stream');
  const shown = isLink ? `<a href="${escapeHtml(path)}">${escapeHtml(path)}</a>` : escapeHtml(path);
  return `<tr><td><code>${method} ${shown}</code></td><td>${escapeHtml(summary)}</td></tr>`;
}

/** Whether a client prefers a page to JSON, as browsers do. */
export function prefersPage(accept: string | undefined): boolean {
  const types = (accept ?? '').split(',').map((type) => type.split(';')[0]?.trim());
  const page = types.indexOf('text/html');
  const json = types.indexOf('application/json');
  return page !== -1 && (json === -1 || page < json);
}
