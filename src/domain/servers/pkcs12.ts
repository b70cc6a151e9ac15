import { createCipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { explicit, implicitBytes, integer, nothing, objectId, octets, sequence, setOf } from '../../base/der.ts';

/** What a PKCS #12 file holds. */
interface Pkcs12Content {
  /** DER. */
  readonly certificate: Buffer;
  /** DER, PKCS #8. */
  readonly key: Buffer;
  /** Source of the salts. */
  readonly seed: string;
}

const ITERATIONS = 2048;
const KEY_BYTES = 32;
const IV_BYTES = 16;
const SALT_BYTES = 8;

const DATA = objectId('1.2.840.113549.1.7.1');
const ENCRYPTED_DATA = objectId('1.2.840.113549.1.7.6');
const KEY_BAG = objectId('1.2.840.113549.1.12.10.1.2');
const CERTIFICATE_BAG = objectId('1.2.840.113549.1.12.10.1.3');
const X509 = objectId('1.2.840.113549.1.9.22.1');
const LOCAL_KEY_ID = objectId('1.2.840.113549.1.9.21');
const PBES2 = objectId('1.2.840.113549.1.5.13');
const PBKDF2 = objectId('1.2.840.113549.1.5.12');
const HMAC_SHA256 = sequence(objectId('1.2.840.113549.2.9'), nothing());
const AES_256_CBC = objectId('2.16.840.1.101.3.4.1.42');
const SHA256 = sequence(objectId('2.16.840.1.101.3.4.2.1'), nothing());

/** A file with a key and its certificate, for an empty password. */
export function pkcs12({ certificate, key, seed }: Pkcs12Content): Buffer {
  const id = setOf(sequence(LOCAL_KEY_ID, setOf(octets(createHash('sha1').update(certificate).digest()))));
  const certificateBag = sequence(CERTIFICATE_BAG, explicit(0, sequence(X509, explicit(0, octets(certificate)))), id);
  const sealed = encrypt(sequence(certificateBag), `${seed}\u0000certificate`);
  const shut = encrypt(key, `${seed}\u0000key`);
  const keyBag = sequence(KEY_BAG, explicit(0, sequence(shut.algorithm, octets(shut.data))), id);
  const content = sequence(
    sequence(
      ENCRYPTED_DATA,
      explicit(0, sequence(integer(0), sequence(DATA, sealed.algorithm, implicitBytes(0, sealed.data)))),
    ),
    sequence(DATA, explicit(0, octets(sequence(keyBag)))),
  );
  return sequence(integer(3), sequence(DATA, explicit(0, octets(content))), macOf(content, seed));
}

/** Bytes that look random and depend on a text alone. */
const bytesOf = (text: string, length: number): Buffer =>
  createHash('shake256', { outputLength: length }).update(text).digest();

/** Encrypts with the key that PBES2 derives from the empty password. */
function encrypt(plain: Buffer, seed: string): { readonly algorithm: Buffer; readonly data: Buffer } {
  const salt = bytesOf(`${seed}\u0000salt`, SALT_BYTES);
  const iv = bytesOf(`${seed}\u0000iv`, IV_BYTES);
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync('', salt, ITERATIONS, KEY_BYTES, 'sha256'), iv);
  const derivation = sequence(PBKDF2, sequence(octets(salt), integer(ITERATIONS), HMAC_SHA256));
  return {
    algorithm: sequence(PBES2, sequence(derivation, sequence(AES_256_CBC, octets(iv)))),
    data: Buffer.concat([cipher.update(plain), cipher.final()]),
  };
}

const BLOCK_BYTES = 64;
/** Marks a derived key as that of a checksum. */
const FOR_MAC = 3;

/** The checksum of a file. */
function macOf(content: Buffer, seed: string): Buffer {
  const salt = bytesOf(`${seed}\u0000mac`, SALT_BYTES);
  const fill = (part: Buffer): Buffer => Buffer.alloc(BLOCK_BYTES, part);
  // The empty password is the two bytes that end a text.
  let key = Buffer.concat([Buffer.alloc(BLOCK_BYTES, FOR_MAC), fill(salt), fill(Buffer.alloc(2))]);
  for (let round = 0; round < ITERATIONS; round += 1) key = createHash('sha256').update(key).digest();
  const mac = createHmac('sha256', key).update(content).digest();
  return sequence(sequence(SHA256, octets(mac)), octets(salt), integer(ITERATIONS));
}
