import { createHash, createPrivateKey, createPublicKey, createSign } from 'node:crypto';
import {
  bits,
  explicit,
  integer,
  nothing,
  objectId,
  octets,
  positive,
  sequence,
  setOf,
  utcTime,
  utf8,
} from '../../base/der.ts';
import { pkcs12 } from './pkcs12.ts';
import { generateRsaKey } from './rsa-key.ts';

/** A generated certificate with its key. */
export interface GeneratedCertificate {
  /** PEM. */
  readonly certificate: string;
  /** PKCS #12 with an empty password, in base64. */
  readonly privateKey: string;
}

const DAY_MILLISECONDS = 86_400_000;
const VALID_DAYS = 3650;

const COMMON_NAME = objectId('2.5.4.3');
const SHA256_WITH_RSA = sequence(objectId('1.2.840.113549.1.1.11'), nothing());
const EXTENDED_KEY_USAGE = objectId('2.5.29.37');
const CLIENT_AUTHENTICATION = objectId('1.3.6.1.5.5.7.3.2');
const SUBJECT_NAME = objectId('2.5.29.17');
const PRINCIPAL_NAME = objectId('1.3.6.1.4.1.311.20.2.3');
const SUBJECT_KEY = objectId('2.5.29.14');

/** A distinguished name of one common name. */
const nameOf = (text: string): Buffer => sequence(setOf(sequence(COMMON_NAME, utf8(text))));

/** Who a certificate is for, and when. */
export interface CertificateRequest {
  readonly userId: string;
  /** The same seed generates the same key, so it protects nothing. */
  readonly seed: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Generates a certificate with which a user logs in to Windows, signed with its own key. */
export function generateCertificate({ userId, seed, now }: CertificateRequest): GeneratedCertificate {
  const privateKey = createPrivateKey(generateRsaKey(seed).privateKey);
  const publicKey = createPublicKey(privateKey);
  const body = sequence(
    explicit(0, integer(2)),
    positive(serialOf(seed)),
    SHA256_WITH_RSA,
    nameOf(userId),
    sequence(utcTime(now), utcTime(now + VALID_DAYS * DAY_MILLISECONDS)),
    nameOf(userId),
    publicKey.export({ format: 'der', type: 'spki' }),
    explicit(3, extensionsOf(userId, publicKey.export({ format: 'der', type: 'pkcs1' }))),
  );
  const signature = createSign('sha256').update(body).sign(privateKey);
  const certificate = sequence(body, SHA256_WITH_RSA, bits(signature));
  const key = privateKey.export({ format: 'der', type: 'pkcs8' });
  return { certificate: pemOf(certificate), privateKey: pkcs12({ certificate, key, seed }).toString('base64') };
}

/** A serial number of 20 bytes. */
function serialOf(seed: string): Buffer {
  const bytes = createHash('sha1').update(`${seed}\u0000serial`).digest();
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytes;
}

function extensionsOf(userId: string, publicKey: Buffer): Buffer {
  const principal = explicit(0, PRINCIPAL_NAME, explicit(0, utf8(`${userId}@localhost`)));
  return sequence(
    sequence(EXTENDED_KEY_USAGE, octets(sequence(CLIENT_AUTHENTICATION))),
    sequence(SUBJECT_NAME, octets(sequence(principal))),
    sequence(SUBJECT_KEY, octets(octets(createHash('sha1').update(publicKey).digest()))),
  );
}

const pemOf = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
