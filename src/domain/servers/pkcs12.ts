import { createCipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import type { asn1 } from 'node-forge';
import { loadForge } from '../../base/forge.ts';

/** What a PKCS #12 file holds. */
interface Pkcs12Content {
  readonly certificate: asn1.Asn1;
  /** PKCS #8. */
  readonly key: asn1.Asn1;
  /** Source of the salts. */
  readonly seed: string;
}

const ITERATIONS = 2048;
const KEY_BYTES = 32;
const IV_BYTES = 16;
const SALT_BYTES = 8;

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const KEY_BAG = '1.2.840.113549.1.12.10.1.2';
const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3';
const X509 = '1.2.840.113549.1.9.22.1';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';
const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const HMAC_SHA256 = '1.2.840.113549.2.9';
const AES_256_CBC = '2.16.840.1.101.3.4.1.42';
const SHA256 = '2.16.840.1.101.3.4.2.1';

/**
 * A file with a key and its certificate, for an empty password. The library could write one as well, but only with random
 * salts.
 */
export function pkcs12({ certificate, key, seed }: Pkcs12Content): Buffer {
  const id = set(attribute(LOCAL_KEY_ID, set(octets(createHash('sha1').update(bytesOf(certificate)).digest()))));
  const bag = attribute(CERTIFICATE_BAG, tagged(attribute(X509, tagged(octets(bytesOf(certificate))))), id);
  const sealed = encrypt(bytesOf(sequence(bag)), `${seed}\u0000certificate`);
  const shut = encrypt(bytesOf(key), `${seed}\u0000key`);
  const keyBag = attribute(KEY_BAG, tagged(sequence(shut.algorithm, octets(shut.data))), id);
  const content = bytesOf(
    sequence(
      attribute(
        ENCRYPTED_DATA,
        tagged(sequence(integer(0), attribute(DATA, sealed.algorithm, sealedBytes(sealed.data)))),
      ),
      attribute(DATA, tagged(octets(bytesOf(sequence(keyBag))))),
    ),
  );
  return bytesOf(sequence(integer(3), attribute(DATA, tagged(octets(content))), macOf(content, seed)));
}

type Node = asn1.Asn1;

/** The encoding of a value. */
const bytesOf = (node: Node): Buffer => Buffer.from(loadForge().asn1.toDer(node).getBytes(), 'latin1');

function node(type: asn1.Type, content: Node[] | string): Node {
  const { asn1: notation } = loadForge();
  return notation.create(notation.Class.UNIVERSAL, type, typeof content !== 'string', content);
}

const sequence = (...parts: Node[]): Node => node(loadForge().asn1.Type.SEQUENCE, parts);
const set = (...parts: Node[]): Node => node(loadForge().asn1.Type.SET, parts);
const octets = (bytes: Buffer): Node => node(loadForge().asn1.Type.OCTETSTRING, bytes.toString('latin1'));
const nothing = (): Node => node(loadForge().asn1.Type.NULL, '');

function integer(number: number): Node {
  const { asn1: notation } = loadForge();
  return node(notation.Type.INTEGER, notation.integerToDer(number).getBytes());
}

/** A list that begins with an identifier. */
function attribute(id: string, ...parts: Node[]): Node {
  const { asn1: notation } = loadForge();
  return sequence(node(notation.Type.OID, notation.oidToDer(id).getBytes()), ...parts);
}

/** A value with the tag 0 around its own. */
function tagged(content: Node): Node {
  const { asn1: notation } = loadForge();
  return notation.create(notation.Class.CONTEXT_SPECIFIC, 0, true, [content]);
}

/** Encrypted bytes, with the tag 0 instead of their own. */
function sealedBytes(bytes: Buffer): Node {
  const { asn1: notation } = loadForge();
  return notation.create(notation.Class.CONTEXT_SPECIFIC, 0, false, bytes.toString('latin1'));
}

/** Bytes that look random and depend on a text alone. */
const derive = (text: string, length: number): Buffer =>
  createHash('shake256', { outputLength: length }).update(text).digest();

/** Encrypts with the key that PBES2 derives from the empty password. */
function encrypt(plain: Buffer, seed: string): { readonly algorithm: Node; readonly data: Buffer } {
  const salt = derive(`${seed}\u0000salt`, SALT_BYTES);
  const iv = derive(`${seed}\u0000iv`, IV_BYTES);
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync('', salt, ITERATIONS, KEY_BYTES, 'sha256'), iv);
  const parameters = sequence(octets(salt), integer(ITERATIONS), attribute(HMAC_SHA256, nothing()));
  return {
    algorithm: attribute(PBES2, sequence(attribute(PBKDF2, parameters), attribute(AES_256_CBC, octets(iv)))),
    data: Buffer.concat([cipher.update(plain), cipher.final()]),
  };
}

const BLOCK_BYTES = 64;
/** Marks a derived key as that of a checksum. */
const FOR_MAC = 3;

/** The checksum of a file. */
function macOf(content: Buffer, seed: string): Node {
  const salt = derive(`${seed}\u0000mac`, SALT_BYTES);
  const fill = (part: Buffer): Buffer => Buffer.alloc(BLOCK_BYTES, part);
  // The empty password is the two bytes that end a text.
  let key = Buffer.concat([Buffer.alloc(BLOCK_BYTES, FOR_MAC), fill(salt), fill(Buffer.alloc(2))]);
  for (let round = 0; round < ITERATIONS; round += 1) key = createHash('sha256').update(key).digest();
  const mac = createHmac('sha256', key).update(content).digest();
  return sequence(sequence(attribute(SHA256, nothing()), octets(mac)), octets(salt), integer(ITERATIONS));
}
