import { hash } from 'node:crypto';

/** Form of a token: Keystone's Fernet tokens, Rackspace's 32 hexadecimal digits, or Huawei's long PKI tokens. */
export type TokenFormat = 'fernet' | 'hex' | 'pki';

/** Lengths of the tokens after their prefix. */
const FERNET_LENGTH = 176;
const HEX_LENGTH = 32;
const PKI_LENGTH = 1500;

/** Hashes a seed to a text of the given length. */
function expand(seed: string, length: number, encoding: 'base64url' | 'base64'): string {
  let text = '';
  for (let block = 0; text.length < length; block += 1) text += hash('sha512', `${seed} ${block}`, encoding);
  return text.replaceAll('=', '').slice(0, length);
}

/**
 * Returns the text of a token. It contains no data, but has the length and alphabet of a real one, to test clients that
 * limit the size of headers.
 * @param seed - a UUID; the same one gives the same text.
 * @param tag - the end of the text: the tag of the token's world, or empty.
 */
export function tokenText(format: TokenFormat, seed: string, tag: string): string {
  switch (format) {
    case 'fernet':
      return `gAAAAAB${expand(seed, FERNET_LENGTH - tag.length, 'base64url')}${tag}`;
    case 'hex':
      return seed.replaceAll('-', '').slice(0, HEX_LENGTH - tag.length) + tag;
    case 'pki':
      return `MII${expand(seed, PKI_LENGTH - tag.length, 'base64url')}${tag}`;
    default:
      return format satisfies never;
  }
}

/** Returns a secret for an application credential: 86 characters. */
export const secretText = (seed: string): string => expand(seed, 86, 'base64url');

/** Returns an audit id: the 16 bytes of a UUID in base64url. */
export const auditIdOf = (uuid: string): string => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
