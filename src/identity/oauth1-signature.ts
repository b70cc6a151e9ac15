/** Signatures of requests of OAuth 1.0 (RFC 5849, section 3.4). */
import { createHmac } from 'node:crypto';
import { percentEncode } from '../base/percent-encoding.ts';

/** The names of the signature methods. */
export const SIGNATURE_METHODS = [
  'HMAC-SHA1',
  'HMAC-SHA256',
  'HMAC-SHA512',
  'RSA-SHA1',
  'RSA-SHA256',
  'RSA-SHA512',
  'PLAINTEXT',
] as const;
/** One of `SIGNATURE_METHODS`. */
export type SignatureMethod = (typeof SIGNATURE_METHODS)[number];

/** A parameter: name and value, decoded. */
export type Parameter = readonly [name: string, value: string];

/** What a signature covers. */
export interface SignedParts {
  /** Upper case. */
  readonly httpMethod: string;
  /** Without query. */
  readonly url: string;
  /** The parameters of query and header, without `oauth_signature` and `realm`. */
  readonly parameters: readonly Parameter[];
}

/** The secrets that sign a request. */
export interface SigningSecrets {
  readonly consumer: string;
  /** Empty for a request without a token. */
  readonly token: string;
}

const HASHES: Partial<Readonly<Record<SignatureMethod, string>>> = {
  'HMAC-SHA1': 'sha1',
  'HMAC-SHA256': 'sha256',
  'HMAC-SHA512': 'sha512',
};

/** Returns the signature that a request should have; `undefined` for the methods of RSA, which need keys instead of secrets. */
export function signOauth1(method: SignatureMethod, parts: SignedParts, secrets: SigningSecrets): string | undefined {
  const key = `${percentEncode(secrets.consumer)}&${percentEncode(secrets.token)}`;
  if (method === 'PLAINTEXT') return key;
  const hash = HASHES[method];
  return hash === undefined ? undefined : createHmac(hash, key).update(baseString(parts)).digest('base64');
}

const baseString = ({ httpMethod, url, parameters }: SignedParts): string =>
  [httpMethod, baseUrl(url), normalized(parameters)].map(percentEncode).join('&');

/** Sorts parameters by their encoded names, then by their encoded values. */
const normalized = (parameters: readonly Parameter[]): string =>
  parameters
    .map(([name, value]): Parameter => [percentEncode(name), percentEncode(value)])
    .sort(([name, value], [otherName, otherValue]) => byCode(name, otherName) || byCode(value, otherValue))
    .map((parameter) => parameter.join('='))
    .join('&');

const byCode = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const DEFAULT_PORT = /^(http:.*):80$|^(https:.*):443$/;

/** The URL with scheme and host in lower case and without the default port. */
function baseUrl(url: string): string {
  const { origin = '', path = '' } = /^(?<origin>[^/]+\/\/[^/]*)(?<path>.*)$/.exec(url)?.groups ?? {};
  return origin.toLowerCase().replace(DEFAULT_PORT, '$1$2') + (path === '' ? '/' : path);
}
