import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** A request as far as a signature covers it. */
export interface SignedRequest {
  /** Upper case. */
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer | undefined;
}

/** What the Authorization header of a signed request says. */
export interface SignatureHeader {
  readonly accessKey: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** The older form also names day, region and service. */
  readonly scope?: { readonly date: string; readonly region: string; readonly service: string };
}

export const ALGORITHM = 'SDK-HMAC-SHA256';
const TERMINATOR = 'sdk_request';

/** Reads `SDK-HMAC-SHA256 Access=…` (present SDKs) or `… Credential=…` (older ones); `undefined` for anything else. */
export function parseSignature(authorization: string): SignatureHeader | undefined {
  if (!authorization.startsWith(`${ALGORITHM} `)) return undefined;
  const parts = new Map(
    authorization
      .slice(ALGORITHM.length + 1)
      .split(',')
      .map((part) => {
        const [name, ...value] = part.trim().split('=');
        return [name ?? '', value.join('=')] as const;
      }),
  );
  const signedHeaders = parts.get('SignedHeaders')?.toLowerCase().split(';') ?? [];
  const signature = parts.get('Signature') ?? '';
  if (signedHeaders.length === 0 || !/^[0-9a-f]{64}$/.test(signature)) return undefined;
  const access = parts.get('Access');
  if (access) return { accessKey: access, signedHeaders, signature };
  const [accessKey, date, region, service, end, ...more] = parts.get('Credential')?.split('/') ?? [];
  if (!accessKey || !date || !region || !service || end !== TERMINATOR || more.length > 0) return undefined;
  return { accessKey, signedHeaders, signature, scope: { date, region, service } };
}

/** Milliseconds since 1970 of an `X-Sdk-Date` (`20191115T033655Z`); `undefined` for text of another form. */
export function parseSdkDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const time = Date.parse(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`);
  return Number.isNaN(time) ? undefined : time;
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

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
    .map((segment) => encode(decode(segment)))
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
      return [encode(decode(name)), encode(decode(value))] as const;
    })
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** The text that both sides hash: method, path, query, signed headers and the hash of the body, a line each. */
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

/** Signs as the given header says; lower-case hexadecimal. */
export function sign(request: SignedRequest, header: SignatureHeader, sdkDate: string, secretKey: string): string {
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

/** Whether the signature is the one that this secret key makes. */
export function isSignedBy(
  request: SignedRequest,
  header: SignatureHeader,
  sdkDate: string,
  secretKey: string,
): boolean {
  const expected = sign(request, header, sdkDate, secretKey);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(header.signature));
}
