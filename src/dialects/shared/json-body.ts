import { hasLoneSurrogate } from '../../domain/images/image-rules.ts';
import { parsePythonText } from './python-json-body.ts';

// `ignoreBOM` passes a byte order mark on; it is not JSON, so it makes the text malformed.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Parses the JSON of a body.
 * @throws Error if the body is not UTF-8 or not JSON.
 */
export const parseJson = (body: Buffer): unknown => parsePythonText(UTF8.decode(body));

/** Returns whether a JSON value contains half a surrogate pair anywhere, which UTF-8 cannot encode. */
export function hasLoneSurrogateIn(value: unknown): boolean {
  if (typeof value === 'string') return hasLoneSurrogate(value);
  if (typeof value !== 'object' || value === null) return false;
  const members = value as Readonly<Record<string, unknown>>;
  return Object.keys(members).some((key) => hasLoneSurrogate(key) || hasLoneSurrogateIn(members[key]));
}

/** Message for a body with a lone surrogate. */
export const LONE_SURROGATE_MESSAGE = 'The body holds half a character, which is no text.';
