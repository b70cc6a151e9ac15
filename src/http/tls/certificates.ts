import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { pki } from 'node-forge';
import { commonName, loadForge } from '../../base/forge.ts';

/** A certificate with its private key. */
export interface KeyedCertificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

/** A pair of RSA keys, both PEM. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A certificate authority, which signs certificates. */
export interface Authority {
  /** Its own certificate, PEM. */
  readonly cert: string;
  readonly name: string;
  readonly keys: KeyPair;
}

/** What a server certificate says. */
export interface ServerCertificate {
  /** Host names and IP addresses. */
  readonly hosts: readonly string[];
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Milliseconds since 1970. */
  readonly to: number;
}

const DAY_MILLISECONDS = 86_400_000;
const AUTHORITY_DAYS = 3650;
const KEY_BITS = 2048;

/** Types of names in a certificate (RFC 5280, GeneralName). */
const DNS_NAME = 2;
const IP_ADDRESS = 7;

/** Generates a key pair. */
export const generateKeys = (): KeyPair =>
  generateKeyPairSync('rsa', {
    modulusLength: KEY_BITS,
    publicKeyEncoding: { format: 'pem', type: 'spki' },
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
  });

/**
 * Creates a certificate authority with a new key, which is kept in memory only.
 * @param now - milliseconds since 1970 by the clock of the machine, which clients check certificates by.
 */
export function createAuthority(name: string, now: number): Authority {
  const keys = generateKeys();
  const [from, to] = [now - DAY_MILLISECONDS, now + AUTHORITY_DAYS * DAY_MILLISECONDS];
  const extensions = [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ];
  const cert = sign({ name, keys }, { subject: name, publicKey: keys.publicKey, from, to, extensions });
  return { cert, name, keys };
}

/**
 * Issues a certificate for a server; self-signed without an authority.
 * @param keys - keys of the server; new ones when omitted.
 */
export function issueCertificate(
  authority: Authority | undefined,
  { hosts, from, to }: ServerCertificate,
  keys = generateKeys(),
): KeyedCertificate {
  const subject = hosts[0] ?? 'sideglance';
  const issuer = authority ?? { name: subject, keys };
  const extensions = [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: hosts.map(alternativeName) },
  ];
  const cert = sign(issuer, { subject, publicKey: keys.publicKey, from, to, extensions });
  return { cert, key: keys.privateKey };
}

const alternativeName = (host: string) =>
  isIP(host) === 0 ? { type: DNS_NAME, value: host } : { type: IP_ADDRESS, ip: host };

/** The content of a certificate that its issuer signs. */
interface CertificateContent {
  readonly subject: string;
  /** PEM. */
  readonly publicKey: string;
  readonly from: number;
  readonly to: number;
  readonly extensions: readonly object[];
}

/** Signs a certificate, PEM. */
function sign({ name, keys }: Pick<Authority, 'name' | 'keys'>, content: CertificateContent): string {
  const { pki: keysAndCertificates, md } = loadForge();
  const { subject, publicKey, from, to, extensions } = content;
  const certificate = keysAndCertificates.createCertificate();
  certificate.publicKey = keysAndCertificates.publicKeyFromPem(publicKey);
  certificate.serialNumber = serialNumber();
  certificate.validity.notBefore = new Date(from);
  certificate.validity.notAfter = new Date(to);
  certificate.setSubject(commonName(subject));
  certificate.setIssuer(commonName(name));
  certificate.setExtensions([
    ...extensions,
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: keyIdentifier(keys.publicKey) },
  ]);
  certificate.sign(keysAndCertificates.privateKeyFromPem(keys.privateKey), md.sha256.create());
  return keysAndCertificates.certificateToPem(certificate);
}

/** A random serial number, in hexadecimal. Its first bits make it positive and keep its length. */
function serialNumber(): string {
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  return serial.toString('hex');
}

/** The identifier of a public key: the digest of its bits, one character for each byte. */
function keyIdentifier(publicKey: string): string {
  const { pki: keysAndCertificates, md } = loadForge();
  const key = keysAndCertificates.publicKeyFromPem(publicKey) as pki.rsa.PublicKey;
  return keysAndCertificates.getPublicKeyFingerprint(key, { type: 'RSAPublicKey', md: md.sha1.create() }).getBytes();
}
