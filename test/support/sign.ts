import { createHash, createHmac } from 'node:crypto';

/** A request to sign. */
export interface Signing {
  readonly method: string;
  readonly url: string;
  readonly access: string;
  readonly secret: string;
  readonly body?: string;
  /** Additional signed headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly time?: number;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Returns the headers of a request signed with an access key, as Huawei's SDKs sign it. The query must be sorted. */
export function signed({
  method,
  url,
  access,
  secret,
  body = '',
  headers = {},
  time = Date.now(),
}: Signing): Readonly<Record<string, string>> {
  const { host, pathname, search } = new URL(url);
  const date = new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
  const signedHeaders = Object.entries({ ...headers, host, 'x-sdk-date': date })
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const names = signedHeaders.map(([name]) => name).join(';');
  const canonical = [
    method,
    pathname.endsWith('/') ? pathname : `${pathname}/`,
    search.slice(1),
    ...signedHeaders.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const signature = createHmac('sha256', secret)
    .update(`SDK-HMAC-SHA256\n${date}\n${sha256(canonical)}`)
    .digest('hex');
  return {
    ...headers,
    'X-Sdk-Date': date,
    Authorization: `SDK-HMAC-SHA256 Access=${access}, SignedHeaders=${names}, Signature=${signature}`,
  };
}
