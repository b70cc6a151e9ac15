import { hasLoneSurrogate } from '../../domain/images/image-rules.ts';

// The mark at the front of some texts is no JSON, and stays for that reason.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The JSON value of a body.
 * @throws Error for bytes that are no UTF-8, and for text that is no JSON.
 */
export const parseJson = (body: Buffer): unknown => JSON.parse(UTF8.decode(body));

/** Whether a JSON value holds half a character somewhere, which no text may. */
export function hasLoneSurrogateIn(value: unknown): boolean {
  if (typeof value === 'string') return hasLoneSurrogate(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) => hasLoneSurrogate(key) || hasLoneSurrogateIn(item));
}

/** What is said of such a value. */
export const HALF_A_CHARACTER = 'The body holds half a character, which is no text.';
