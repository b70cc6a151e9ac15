import { checkPrimeSync, createHash, createPrivateKey } from 'node:crypto';

/** A generated key. */
export interface RsaKey {
  /** PEM, PKCS #1. */
  readonly privateKey: string;
  /** The line of an `authorized_keys` file, without a comment. */
  readonly publicKey: string;
}

const PRIME_BYTES = 128;
const EXPONENT = 65_537n;
const SMALL_PRIMES = [3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n, 47n, 53n, 59n, 61n, 67n, 71n, 73n];

/** Generates an RSA key of 2048 bits. The same seed generates the same key, so it protects nothing. */
export function generateRsaKey(seed: string): RsaKey {
  const p = primeOf(`${seed}\u0000p`);
  const q = primeOf(`${seed}\u0000q`);
  const modulus = p * q;
  const exponent = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const key = {
    kty: 'RSA',
    n: base64(modulus),
    e: base64(EXPONENT),
    d: base64(exponent),
    p: base64(p),
    q: base64(q),
    dp: base64(exponent % (p - 1n)),
    dq: base64(exponent % (q - 1n)),
    qi: base64(inverse(q, p)),
  };
  const privateKey = createPrivateKey({ key, format: 'jwk' }).export({ format: 'pem', type: 'pkcs1' }).toString();
  const blob = Buffer.concat([Buffer.from('ssh-rsa'), bytesOf(EXPONENT), bytesOf(modulus)].map(sshField));
  return { privateKey, publicKey: `ssh-rsa ${blob.toString('base64')}` };
}

/** A prime with the two highest bits set, so that a product of two has 2048 bits. */
function primeOf(seed: string): bigint {
  const start = createHash('shake256', { outputLength: PRIME_BYTES }).update(seed).digest();
  start.writeUInt8(start.readUInt8(0) | 0xc0, 0);
  start.writeUInt8(start.readUInt8(PRIME_BYTES - 1) | 1, PRIME_BYTES - 1);
  let candidate = BigInt(`0x${start.toString('hex')}`);
  while (!isSuitable(candidate)) candidate += 2n;
  return candidate;
}

const isSuitable = (candidate: bigint): boolean =>
  SMALL_PRIMES.every((prime) => candidate % prime !== 0n) &&
  (candidate - 1n) % EXPONENT !== 0n &&
  checkPrimeSync(candidate);

/** The inverse of a number for a modulus, by the extended algorithm of Euclid. */
function inverse(number: bigint, modulus: bigint): bigint {
  let [remainder, next] = [modulus, number % modulus];
  let [factor, nextFactor] = [0n, 1n];
  while (next !== 0n) {
    const quotient = remainder / next;
    [remainder, next] = [next, remainder - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return factor < 0n ? factor + modulus : factor;
}

function hexOf(number: bigint): string {
  const hex = number.toString(16);
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}

const base64 = (number: bigint): string => Buffer.from(hexOf(number), 'hex').toString('base64url');

/** The bytes of a positive number in an SSH key: the first bit is the sign. */
function bytesOf(number: bigint): Buffer {
  const bytes = Buffer.from(hexOf(number), 'hex');
  return bytes.readUInt8(0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]);
}

function sshField(value: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  return Buffer.concat([length, value]);
}
