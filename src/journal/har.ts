import { finish, type Steps } from '../base/slices.ts';
import type { Entry, EntryBody, EntryMessage } from './entry.ts';
import type { Har, HarContent, HarEntry, HarField, HarPostData } from './har-types.ts';

/** What a HAR file says about the program that wrote it, and the server's address. */
export interface HarOptions {
  /** Version of Sideglance. */
  readonly version: string;
  /** Address of the server without a trailing slash, because HAR files hold whole URLs. */
  readonly root: string;
}

/** Converts journal entries to HAR 1.2, as browsers, proxies and HTTP tools read it. Members with `_` are our own. */
export function* toHar(entries: Iterable<Entry>, { version, root }: HarOptions): Steps<Har> {
  const all: HarEntry[] = [];
  for (const entry of entries) {
    all.push(toHarEntry(entry, root));
    yield;
  }
  return { log: { version: '1.2', creator: { name: 'Sideglance', version }, entries: all } };
}

/** Yields the JSON text of the same archive in pieces, for many entries. */
export function* toHarText(entries: Iterable<Entry>, options: HarOptions): Iterable<string> {
  const { log } = finish(toHar([], options));
  yield JSON.stringify({ log }).replace(/\]\}\}$/, '');
  let separator = '\n';
  for (const entry of entries) {
    yield separator + JSON.stringify(toHarEntry(entry, options.root));
    separator = ',\n';
  }
  yield '\n]}}\n';
}

function toHarEntry(entry: Entry, root: string): HarEntry {
  const { firstByte, lastByte } = entry.timings;
  const url = urlOf(entry.url, root);
  return {
    startedDateTime: new Date(entry.time - Math.round(firstByte)).toISOString(),
    time: lastByte,
    request: {
      method: entry.method,
      url: url.href,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toHeaders(entry.request),
      queryString: toQuery(url),
      headersSize: -1,
      bodySize: entry.request.body?.size ?? 0,
      ...(entry.request.body !== undefined && { postData: toPostData(entry.request, entry.request.body) }),
    },
    response: {
      status: entry.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toHeaders(entry.response),
      content: toContent(entry.response),
      redirectURL: headerValue(entry.response, 'location') ?? '',
      headersSize: -1,
      bodySize: entry.response.body?.size ?? 0,
    },
    cache: {},
    timings: { send: 0, wait: firstByte, receive: Math.max(0, lastByte - firstByte) },
    connection: String(entry.connection.id),
    ...ownMembers(entry),
  };
}

/** The whole URL of a request. A path may begin with two slashes, and then names no host; `*` and other targets are no paths. */
function urlOf(target: string, root: string): URL {
  if (!target.startsWith('/') && URL.canParse(target)) return new URL(target);
  return new URL(target.startsWith('/') ? root + target : `${root}/${target}`);
}

function ownMembers(entry: Entry): Record<`_${string}`, unknown> {
  const { id, world, operation, source, outcome, attempt, fault, label, image, user, project } = entry;
  return {
    _id: id,
    _world: world,
    _operation: operation,
    _source: source,
    _outcome: outcome,
    _attempt: attempt,
    _fault: fault,
    _label: label,
    _image: image,
    _user: user,
    _project: project,
  };
}

const toHeaders = ({ headers }: EntryMessage): HarField[] => headers.map(({ name, value }) => ({ name, value }));

const toQuery = ({ searchParams }: URL): HarField[] => [...searchParams].map(([name, value]) => ({ name, value }));

const headerValue = ({ headers }: EntryMessage, lowerName: string): string | undefined =>
  headers.find(({ name }) => name.toLowerCase() === lowerName)?.value;

function toPostData(message: EntryMessage, body: EntryBody): HarPostData {
  const mimeType = headerValue(message, 'content-type') ?? 'application/octet-stream';
  return { mimeType, text: body.text ?? body.base64 ?? '', ...commentOf(body) };
}

function toContent(message: EntryMessage): HarContent {
  const { body } = message;
  const mimeType = headerValue(message, 'content-type') ?? 'application/octet-stream';
  if (body === undefined) return { size: 0, mimeType };
  const isBase64 = body.base64 !== undefined;
  return {
    size: body.size,
    mimeType,
    text: body.text ?? body.base64 ?? '',
    ...(isBase64 && { encoding: 'base64' }),
    ...commentOf(body),
  };
}

/** HAR has no member for a body that is stored in part, so the comment says it. */
function commentOf({ truncated, digests, base64 }: EntryBody): { readonly comment?: string } {
  const notes = [
    ...(truncated === true ? ['truncated'] : []),
    ...(base64 === undefined ? [] : ['base64']),
    ...Object.entries(digests ?? {}).map(([name, value]) => `${name}: ${value}`),
  ];
  return notes.length === 0 ? {} : { comment: notes.join(', ') };
}
