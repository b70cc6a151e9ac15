import { createHmac } from 'node:crypto';

/** The keys that sign a request of OAuth 1.0. */
export interface Oauth1Keys {
  readonly consumer: string;
  readonly consumerSecret: string;
  readonly token?: string;
  readonly tokenSecret?: string;
}

/** A request to sign. */
export interface Oauth1Request {
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly query?: Readonly<Record<string, string>>;
  /** Parameters of the header that replace or add to the usual ones; `undefined` leaves one out. */
  readonly parameters?: Readonly<Record<string, string | undefined>>;
  readonly hash?: string;
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** Signs a POST as clients of OAuth 1.0 do; returns its `Authorization` header. */
export function oauth1Header(
  keys: Oauth1Keys,
  { url, now, query = {}, parameters, hash = 'sha1' }: Oauth1Request,
): string {
  const all: Readonly<Record<string, string | undefined>> = {
    oauth_consumer_key: keys.consumer,
    oauth_nonce: 'abc123',
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(Math.floor(now / 1000)),
    oauth_version: '1.0',
    oauth_token: keys.token,
    ...parameters,
  };
  const sent = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const signed = [...sent, ...Object.entries(query)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const key = `${encode(keys.consumerSecret)}&${encode(keys.tokenSecret ?? '')}`;
  const signature = createHmac(hash, key)
    .update(`POST&${encode(url)}&${encode(signed)}`)
    .digest('base64');
  const header: readonly (readonly [string, string])[] =
    parameters !== undefined && 'oauth_signature' in parameters ? sent : [...sent, ['oauth_signature', signature]];
  return `OAuth ${header.map(([name, value]) => `${name}="${encode(value)}"`).join(', ')}`;
}
