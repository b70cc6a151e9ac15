import { hash } from 'node:crypto';
import type { HeaderField } from './entry.ts';
import { type JsonSecret, MENTIONS_SECRET, SECRET_NAMES, secretsIn } from './json-secrets.ts';

/** What stands in place of a secret that does not have to be compared. */
export const REDACTED = '[redacted]';

/** Headers that carry a token. */
const TOKEN_HEADERS: ReadonlySet<string> = new Set([
  'x-auth-token',
  'x-subject-token',
  'x-service-token',
  'x-storage-token',
  'x-security-token',
  'x-amz-security-token',
  'openstack-auth-receipt',
]);

/** Headers with a URL. */
const URL_HEADERS: ReadonlySet<string> = new Set(['location', 'content-location', 'referer', 'link']);

/** Headers that carry other secrets. */
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'cookie',
  'set-cookie',
  'proxy-authorization',
  'x-auth-key',
  'x-api-key',
  'x-storage-pass',
]);

/** A query parameter with a value, with the character before it. A value may hold `;`, which also separates parameters. */
const PARAMETER = /([?&;])([^=&;?]+)=([^&]+)/g;

/** Names of parameters that carry a token, or another secret. A secret may have the name of its system before it. */
const TOKEN_PARAMETER =
  /(?:^|[-_[])(?:(?:access|auth|id|oauth|refresh|security|service|session|storage|subject)[-_]?)?token\]?$/i;
/** Cursors of pages. */
const CURSOR_PARAMETER = /(?:continuation|next|page)[-_]?token$/i;
const SECRET_PARAMETER =
  /(?:^|[-_[])(?:password|passwd|pwd|passcode|passphrase|(?:client)?secret|secret[-_]?key|api[-_]?key|signature|(?:temp_url_)?sig|authorization|adminpass|oauth_verifier)\]?$/i;

/** User name and password in an address, as in `http://user:password@host/`. */
const USER_IN_ADDRESS = /(\/\/[^/?#:@]*):[^/?#@]*@/;

/** The same within a text. */
const USER_IN_TEXT = /(:\\?\/\\?\/[^/?#:@\s"\\]*):[^/?#@\s"\\]+@/g;

/**
 * Replaces a token by a digest of it, so that equal tokens can be recognized: `sha256:` and 16 hexadecimal digits.
 * Tokens are random, so the digest does not help to guess them.
 */
export const redactToken = (token: string): string =>
  REDACTED_TOKEN.test(token) ? token : `sha256:${hash('sha256', token).slice(0, 16)}`;

/** Redacting a token twice gives the same text, so that values from the journal can be used to search it. */
const REDACTED_TOKEN = /^sha256:[0-9a-f]{16}$/;

/** Replaces the secrets in a header. */
export function redactHeader({ name, value }: HeaderField): HeaderField {
  const lower = name.toLowerCase();
  if (TOKEN_HEADERS.has(lower)) return { name, value: redactToken(value) };
  if (SECRET_HEADERS.has(lower)) return { name, value: REDACTED };
  if (URL_HEADERS.has(lower)) return { name, value: redactUrl(value) };
  if (lower === 'authorization') return { name, value: redactAuthorization(value) };
  return { name, value };
}

/** Keeps the scheme; a signature keeps its access key and signed headers. */
function redactAuthorization(value: string): string {
  const [scheme = '', ...rest] = value.split(' ');
  if (/^bearer$/i.test(scheme)) return `${scheme} ${redactToken(rest.join(' '))}`;
  if (!/signature=/i.test(value)) return rest.length === 0 ? REDACTED : `${scheme} ${REDACTED}`;
  return value.replace(/(signature=)"?[^",\s]+"?/gi, `$1${REDACTED}`);
}

/** Paths of Keystone v2.0 and Rackspace that name a token. */
const TOKEN_PATH = /(\/tokens\/)([^/?]+)/;

/** Replaces a token in the path, the password of a user in the address, and the values of secret query parameters. */
export const redactUrl = (url: string): string =>
  redactParameters(
    url
      .replace(USER_IN_ADDRESS, `$1:${REDACTED}@`)
      .replace(TOKEN_PATH, (_whole, path: string, token: string) => path + redactToken(token)),
  );

/** Replaces the values of secret parameters in a query or a form. */
const redactParameters = (text: string): string =>
  text.replace(PARAMETER, (whole, before: string, name: string, value: string) => {
    const redacted = redactParameter(name, value);
    if (redacted !== undefined) return `${before}${name}=${redacted}`;
    const next = value.search(/[;?]/);
    return next < 0 ? whole : `${before}${name}=${value.slice(0, next)}${redactParameters(value.slice(next))}`;
  });

/** What stands in place of the value of a parameter; `undefined` for one that is no secret. */
function redactParameter(name: string, value: string): string | undefined {
  const decoded = decodeName(name);
  if (TOKEN_PARAMETER.test(decoded) && !CURSOR_PARAMETER.test(decoded)) return redactToken(value);
  return SECRET_PARAMETER.test(decoded) ? REDACTED : undefined;
}

/** Names may be escaped; a wrong escape stays as it is. */
const decodeName = (name: string): string => name.replace(/%[0-7][0-9a-f]/gi, decodeURIComponent);

/** The beginning of a form. Values may hold characters that should be escaped. */
const FORM = /^[\w.%+*[\]-]+=/;

/** Matches a text with a secret that is neither JSON nor a form, such as JSON with wrong quotes. */
const LOOSE_SECRET = /(?:password|passwd|passphrase|api_?key|secret(?:_?key)?|private_key)(?:['"\]]*\s*[:=]|>)/i;

/** A parameter of an address that a text contains, such as that of the first page in a list of images. */
const PARAMETER_IN_TEXT = /([?&])([\w.%+[\]-]+)=([^&"'\s<>\\#]+)/g;

/** A secret in a message of a service that quotes what it rejects, as Python writes it: `'password': 'secret'`. */
const QUOTED_SECRET = new RegExp(
  `('(?:[^'"]*/)?${SECRET_NAMES}':\\s*|On instance(?:\\[[^\\]]*\\])*\\['${SECRET_NAMES}'\\]:(?:\\\\n|\\s)*)(?:'(?:[^'\\\\]|\\\\.)*'|\\\\"(?:[^"\\\\]|\\\\[^"])*\\\\"|[[{][^\\]}]*[\\]}]?|[\\d.]+)`,
  'gi',
);

/** Replaces the secrets that a text repeats from the request. */
const redactRepeated = (text: string): string =>
  text
    .replace(PARAMETER_IN_TEXT, (whole, before: string, name: string, value: string) => {
      const redacted = redactParameter(name, value);
      return redacted === undefined ? whole : `${before}${name}=${redacted}`;
    })
    .replace(QUOTED_SECRET, (_whole, before: string) => `${before}${REDACTED}`);

/**
 * Replaces the secrets in a JSON text or a form, and leaves the rest of the text as it is. Returns other texts unchanged, except
 * that one which mentions a secret but is not valid JSON, such as the beginning of a long body, is withheld as a whole.
 */
export function redactText(text: string): string {
  if (FORM.test(text)) return redactParameters(`&${text}`).slice(1);
  const plain = redactRepeated(text.replace(USER_IN_TEXT, `$1:${REDACTED}@`));
  if (!MENTIONS_SECRET.test(plain) && !LOOSE_SECRET.test(plain)) return plain;
  return redactJson(plain);
}

/** Whether bytes that are no text, such as JSON in another encoding, mention a secret, and must not be shown. */
export function mentionsSecret(bytes: Buffer): boolean {
  const text = bytes.toString('latin1').replaceAll('\0', '');
  return MENTIONS_SECRET.test(text) || LOOSE_SECRET.test(text);
}

function redactJson(text: string): string {
  try {
    JSON.parse(text);
    return replaceSecrets(text, ({ start, end, isToken }) =>
      JSON.stringify(isToken ? redactToken(JSON.parse(text.slice(start, end)) as string) : REDACTED),
    );
  } catch {
    return REDACTED;
  }
}

/** Replaces each secret of a valid JSON text. */
export function replaceSecrets(text: string, replacement: (secret: JsonSecret) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (const secret of secretsIn(text)) {
    parts.push(text.slice(at, secret.start), replacement(secret));
    at = secret.end;
  }
  return at === 0 ? text : parts.join('') + text.slice(at);
}
