import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { percentEncode } from '../base/percent-encoding.ts';

/** The parts of a request that a signature covers. */
export interface SignedRequest {
  /** Upper case. */
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer | undefined;
}

/** A parsed Authorization header of a signed request. */
export interface SignatureHeader {
  readonly accessKey: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Date, region and service; only in the older form. */
  readonly scope?: { readonly date: string; readonly region: string; readonly service: string };
}

/** The name of the signing algorithm, with which the Authorization header starts. */
export const ALGORITHM = 'SDK-HMAC-SHA256';
const TERMINATOR = 'sdk_request';

/** Parses `SDK-HMAC-SHA256 Access=…` (current SDKs) or `… Credential=…` (older ones); `undefined` for anything else. */
export function parseSignature(authorization: string): SignatureHeader | undefined {
  if (!authorization.startsWith(`${ALGORITHM} `)) return undefined;
  const parts = parametersOf(authorization.slice(ALGORITHM.length + 1));
  const signedHeaders = parts.get('SignedHeaders')?.toLowerCase().split(';') ?? [];
  const signature = parts.get('Signature') ?? '';
  if (signedHeaders.length === 0 || !/^[0-9a-f]{64}$/.test(signature)) return undefined;
  const access = parts.get('Access');
  if (access) return { accessKey: access, signedHeaders, signature };
  const credential = parseCredential(parts.get('Credential') ?? '');
  return credential && { ...credential, signedHeaders, signature };
}

function parametersOf(list: string): ReadonlyMap<string, string> {
  return new Map(
    list.split(',').map((part) => {
      const [name, ...value] = part.trim().split('=');
      return [name ?? '', value.join('=')];
    }),
  );
}

/** Parses the older form: key, date, region and service, separated by slashes. */
function parseCredential(credential: string): Pick<SignatureHeader, 'accessKey' | 'scope'> | undefined {
  const [accessKey, date, region, service, end, ...more] = credential.split('/');
  if (!accessKey || !date || !region || !service || end !== TERMINATOR || more.length > 0) return undefined;
  return { accessKey, scope: { date, region, service } };
}

/** Parses an `X-Sdk-Date` (`20191115T033655Z`) to milliseconds since 1970; `undefined` for any other text. */
export function parseSdkDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const time = Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`);
  return Number.isNaN(time) ? undefined : time;
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function canonicalPath(path: string): string {
  const encoded = path
    .split('/')
    .map((segment) => percentEncode(decode(segment)))
    .join('/');
  return encoded.endsWith('/') ? encoded : `${encoded}/`;
}

function canonicalQuery(search: string): string {
  if (search === '') return '';
  return search
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      const name = at === -1 ? part : part.slice(0, at);
      const value = at === -1 ? '' : part.slice(at + 1);
      return [percentEncode(decode(name)), percentEncode(decode(value))] as const;
    })
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Returns the text that client and server hash: method, path, query, signed headers and the hash of the body, by line. */
export function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[]): string {
  const mark = request.target.indexOf('?');
  const path = mark === -1 ? request.target : request.target.slice(0, mark);
  const search = mark === -1 ? '' : request.target.slice(mark + 1);
  const names = [...signedHeaders].sort();
  const lines = names.map((name) => {
    const value = request.headers[name];
    return `${name}:${(typeof value === 'string' ? value : (value ?? []).join(',')).trim()}\n`;
  });
  const declared = request.headers['x-sdk-content-sha256'];
  const bodyHash = typeof declared === 'string' ? declared : hash('sha256', request.body ?? '', 'hex');
  return [request.method, canonicalPath(path), canonicalQuery(search), lines.join(''), names.join(';'), bodyHash].join(
    '\n',
  );
}

/** The key and date of a signature. */
export interface SigningKey {
  /** The `X-Sdk-Date` of the request. */
  readonly sdkDate: string;
  readonly secretKey: string;
}

/** Computes the signature of a request, in the older or the current form as `header` has it; lower-case hexadecimal. */
export function sign(request: SignedRequest, header: SignatureHeader, { sdkDate, secretKey }: SigningKey): string {
  const requestHash = hash('sha256', canonicalRequest(request, header.signedHeaders), 'hex');
  const { scope } = header;
  if (scope === undefined) {
    return createHmac('sha256', secretKey).update([ALGORITHM, sdkDate, requestHash].join('\n')).digest('hex');
  }
  const steps = [scope.date, scope.region, scope.service, TERMINATOR];
  const key = steps.reduce<string | Buffer>(
    (secret, step) => createHmac('sha256', secret).update(step).digest(),
    `SDK${secretKey}`,
  );
  return createHmac('sha256', key)
    .update([ALGORITHM, sdkDate, steps.join('/'), requestHash].join('\n'))
    .digest('hex');
}

/** Returns whether the signature in the header was created with this key. */
export function isSignedBy(request: SignedRequest, header: SignatureHeader, key: SigningKey): boolean {
  const expected = sign(request, header, key);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(header.signature));
}
