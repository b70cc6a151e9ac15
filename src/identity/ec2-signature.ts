/** The signatures of requests to Amazon's APIs, in versions 0, 1, 2 and 4. */

import { createHmac, hash } from 'node:crypto';
import { ownMember } from '../base/own-member.ts';
import { percentEncode } from '../base/percent-encoding.ts';

/** A request that was signed, as a service passes it on. */
export interface Ec2Request {
  readonly verb: string;
  readonly host: string;
  readonly path: string;
  /** The parameters of the query or form. */
  readonly params: Readonly<Record<string, string>>;
  /** Names as the client wrote them. Only version 4 signs headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body in hexadecimal; only version 4 signs it. */
  readonly bodyHash: string | undefined;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

type Hash = 'sha1' | 'sha256';

const hmac = (algorithm: Hash, key: string | Buffer, text: string): Buffer =>
  createHmac(algorithm, key).update(text).digest();

const byCode = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const canonicalQuery = (params: Readonly<Record<string, string>>): string =>
  Object.keys(params)
    .sort(byCode)
    .map((name) => `${percentEncode(name)}=${percentEncode(params[name] ?? '')}`)
    .join('&');

function signVersion0({ params }: Ec2Request, secret: string): string | undefined {
  const { Action: action, Timestamp: timestamp } = params;
  if (action === undefined || timestamp === undefined) return undefined;
  return hmac('sha1', secret, action + timestamp).toString('base64');
}

function signVersion1({ params }: Ec2Request, secret: string): string {
  const names = Object.keys(params).sort((one, other) => byCode(one.toLowerCase(), other.toLowerCase()));
  return hmac('sha1', secret, names.map((name) => name + params[name]).join('')).toString('base64');
}

/** Keystone takes every signature of version 2 for one of SHA-256, whatever its `SignatureMethod`. */
function signVersion2({ verb, host, path, params }: Ec2Request, secret: string): string {
  const query = canonicalQuery({ ...params, SignatureMethod: 'HmacSHA256' });
  return hmac('sha256', secret, [verb, host, path, query].join('\n')).toString('base64');
}

/** What a signature of version 4 says about itself, in the header `Authorization` or in the query. */
interface Version4 {
  /** Date, region, service and terminator. */
  readonly scope: readonly string[];
  readonly signedHeaders: string;
  readonly date: string;
}

function version4Of({ headers, params }: Ec2Request): Version4 | undefined {
  const authorization = headers['Authorization'];
  const parameter = (name: string): string =>
    authorization === undefined
      ? (params[`X-Amz-${name}`] ?? '')
      : (new RegExp(`${name}=([^,]*)`).exec(authorization)?.[1] ?? '');
  const scope = parameter('Credential').split('/').slice(1);
  const date = headers['X-Amz-Date'] ?? params['X-Amz-Date'];
  const [day] = scope;
  if (day === undefined || scope.length < 3 || date?.startsWith(day) !== true) return undefined;
  return { scope, signedHeaders: parameter('SignedHeaders'), date };
}

/** The signed headers by line. Those that the request lacks are left out. */
function headerLines(headers: Ec2Request['headers'], signedHeaders: string): string {
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.trim().toLowerCase(), value.trim()]));
  const names = signedHeaders.split(';').filter((name) => values.has(name));
  return `${names.map((name) => `${name}:${values.get(name)}`).join('\n')}\n`;
}

function signVersion4(request: Ec2Request, secret: string): string | undefined {
  const parts = version4Of(request);
  const { bodyHash, headers, params, path } = request;
  if (parts === undefined || bodyHash === undefined) return undefined;
  const verb = request.verb.toUpperCase();
  const { scope, signedHeaders, date } = parts;
  const query = verb === 'POST' ? '' : canonicalQuery(params);
  const lines = headerLines(headers, signedHeaders);
  const canonical = [verb, path, query, lines, signedHeaders, bodyHash].join('\n');
  return signScoped([ALGORITHM, date, scope.join('/'), hash('sha256', canonical, 'hex')].join('\n'), scope, secret);
}

/** Signs a text with the key of a date, region and service. @param scope - begins with these three. */
export function signScoped(text: string, scope: readonly string[], secret: string): string {
  const steps = [...scope.slice(0, 3), 'aws4_request'];
  const key = steps.reduce<string | Buffer>((last, step) => hmac('sha256', last, step), `AWS4${secret}`);
  return hmac('sha256', key, text).toString('hex');
}

const SIGNERS: Readonly<Record<string, (request: Ec2Request, secret: string) => string | undefined>> = {
  0: signVersion0,
  1: signVersion1,
  2: signVersion2,
};

const isVersion4 = ({ headers, params }: Ec2Request): boolean =>
  headers['Authorization']?.startsWith(ALGORITHM) ?? params['X-Amz-Algorithm'] === ALGORITHM;

/** Returns the signature that a request should have; `undefined` if what its version needs is missing, or the version is unknown. */
export function signEc2(request: Ec2Request, secret: string): string | undefined {
  const sign = ownMember(SIGNERS, request.params['SignatureVersion'] ?? '');
  if (sign !== undefined) return sign(request, secret);
  return isVersion4(request) ? signVersion4(request, secret) : undefined;
}

const S3_SERVICES: readonly string[] = ['s3', 'iam', 'sts'];

/** Returns the signature of a text that a client of S3 signed; `undefined` for a text of version 4 that is malformed. */
export function signS3(text: Buffer, secret: string): string | undefined {
  if (!text.subarray(0, 4).equals(Buffer.from('AWS4'))) {
    return createHmac('sha1', secret).update(text).digest('base64');
  }
  const [algorithm, , credential, ...rest] = text.toString().split('\n');
  const scope = credential?.split('/') ?? [];
  const isWhole = rest.length === 1 && scope.length === 4 && scope[3] === 'aws4_request';
  if (algorithm !== ALGORITHM || !isWhole || !S3_SERVICES.includes(scope[2] ?? '')) return undefined;
  return signScoped(text.toString(), scope, secret);
}
