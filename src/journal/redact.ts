import { hash } from 'node:crypto';
import type { HeaderField } from './entry.ts';
import { type JsonSecret, MENTIONS_SECRET, secretsIn } from './json-secrets.ts';

/** What stands in place of a secret that does not have to be compared. */
const REDACTED = '[redacted]';

/** Headers that carry a token. */
const TOKEN_HEADERS: ReadonlySet<string> = new Set([
  'x-auth-token',
  'x-subject-token',
  'x-service-token',
  'x-storage-token',
  'x-security-token',
  'openstack-auth-receipt',
]);

/** Headers that carry other secrets. */
const SECRET_HEADERS: ReadonlySet<string> = new Set(['cookie', 'set-cookie', 'proxy-authorization', 'x-auth-key']);

/** Query parameters that carry a token or a secret. */
const SECRET_PARAMETER = /([?&](?:x-auth-token|token|password|secret|signature)=)([^&]+)/gi;

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

/** Replaces a token in the path, and the values of secret query parameters. */
export const redactUrl = (url: string): string =>
  url
    .replace(TOKEN_PATH, (_whole, path: string, token: string) => path + redactToken(token))
    .replace(SECRET_PARAMETER, (_whole, name: string, value: string) =>
      /token=$/i.test(name) ? `${name}${redactToken(value)}` : `${name}${REDACTED}`,
    );

/**
 * Replaces the secrets in a JSON text, or in a response of OAuth 1.0a, and leaves the rest of the text as it is. Returns other texts unchanged, except
 * that one which mentions a secret but is not valid JSON, such as the beginning of a long body, is withheld as a whole.
 */
export function redactText(text: string): string {
  if (text.startsWith('oauth_token=')) return text.replace(/(oauth_token_secret=)[^&]+/, `$1${REDACTED}`);
  if (!MENTIONS_SECRET.test(text)) return text;
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
