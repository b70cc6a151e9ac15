import { createHash } from 'node:crypto';
import { commonName, loadForge } from '../../base/forge.ts';
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

/** Identifiers of the alternative name by which Windows finds a user, and of the extension that holds it. */
const PRINCIPAL_NAME = '1.3.6.1.4.1.311.20.2.3';
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';

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
  const { pki, md } = loadForge();
  const privateKey = pki.privateKeyFromPem(generateRsaKey(seed).privateKey);
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.setRsaPublicKey(privateKey.n, privateKey.e);
  certificate.serialNumber = serialOf(seed);
  certificate.validity.notBefore = new Date(now);
  certificate.validity.notAfter = new Date(now + VALID_DAYS * DAY_MILLISECONDS);
  certificate.setSubject(commonName(userId));
  certificate.setIssuer(commonName(userId));
  certificate.setExtensions([
    { name: 'extKeyUsage', clientAuth: true },
    { id: SUBJECT_ALTERNATIVE_NAME, value: principalName(userId) },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(privateKey, md.sha256.create());
  const file = pkcs12({
    certificate: pki.certificateToAsn1(certificate),
    key: pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(privateKey)),
    seed,
  });
  return { certificate: pki.certificateToPem(certificate).replaceAll('\r', ''), privateKey: file.toString('base64') };
}

/** A serial number of 20 bytes, in hexadecimal. */
function serialOf(seed: string): string {
  const bytes = createHash('sha1').update(`${seed}\u0000serial`).digest();
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytes.toString('hex');
}

/** The alternative name of a user. */
function principalName(userId: string) {
  const { asn1, util } = loadForge();
  const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class;
  const text = asn1.create(UNIVERSAL, asn1.Type.UTF8, false, util.encodeUtf8(`${userId}@localhost`));
  const id = asn1.create(UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(PRINCIPAL_NAME).getBytes());
  const name = asn1.create(CONTEXT_SPECIFIC, 0, true, [id, asn1.create(CONTEXT_SPECIFIC, 0, true, [text])]);
  return asn1.create(UNIVERSAL, asn1.Type.SEQUENCE, true, [name]);
}
