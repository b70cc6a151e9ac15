/** Keystone decodes Fernet tokens from base64 and ignores much of what is not base64, so that one token has many spellings. */

/** Start of the tokens that are base64. */
const FERNET_START = 'gAAAA';
const USUAL = /^[\w-]*$/;

/** Number of base64 digits that are decoded together. */
const GROUP = 4;

/**
 * Returns the usual spelling of a token: without padding, without what follows padding that completes the token, and without
 * characters that are not base64. A text that cannot be decoded is returned as it is.
 */
export function usualSpelling(token: string): string {
  if (USUAL.test(token) || !token.includes(FERNET_START)) return token;
  const padded = token + '='.repeat((GROUP - (token.length % GROUP)) % GROUP);
  let digits = '';
  let padding = 0;
  for (const character of padded.replaceAll('+', '-').replaceAll('/', '_')) {
    const position = digits.length % GROUP;
    if (character === '=') {
      padding += 1;
      if (position >= 2 && position + padding >= GROUP) return digits;
    } else if (/[\w-]/.test(character)) {
      digits += character;
      padding = 0;
    }
  }
  return digits.length % GROUP === 0 ? digits : token;
}
