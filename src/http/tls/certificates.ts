import { createHash, createPublicKey, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import {
  bits,
  explicit,
  implicitBytes,
  integer,
  objectId,
  octets,
  positive,
  sequence,
  setOf,
  tagged,
  utcTime,
  utf8,
} from '../../base/der.ts';

/** A certificate with its private key. */
export interface KeyedCertificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

/** A certificate authority, which signs certificates. */
export interface Authority {
  /** Its own certificate, PEM. */
  readonly cert: string;
  readonly name: string;
  readonly privateKey: KeyObject;
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

const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));
const COMMON_NAME = objectId('2.5.4.3');
const SERVER_AUTHENTICATION = objectId('1.3.6.1.5.5.7.3.1');

const YES = tagged(0x01, Buffer.of(0xff));
/** A critical extension is one that clients must understand. */
const extension = (id: string, content: Buffer, isCritical = false): Buffer =>
  sequence(objectId(id), ...(isCritical ? [YES] : []), octets(content));

const nameOf = (text: string): Buffer => sequence(setOf(sequence(COMMON_NAME, utf8(text))));

/** Bits of a key usage, of which the last ones may be unused. */
const usage = (byte: number, unused: number): Buffer => tagged(0x03, Buffer.of(unused, byte));

/** The identifier of a key: the digest of its bits. */
function keyId(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return createHash('sha1').update(point).digest();
}

const subjectKey = (key: KeyObject): Buffer => extension('2.5.29.14', octets(keyId(key)));
const authorityKey = (key: KeyObject): Buffer => extension('2.5.29.35', sequence(implicitBytes(0, keyId(key))));

function hostBytes(host: string): Buffer {
  switch (isIP(host)) {
    case 4:
      return implicitBytes(7, Buffer.from(host.split('.').map(Number)));
    case 6:
      return implicitBytes(7, ipv6Bytes(host));
    default:
      return implicitBytes(2, Buffer.from(host, 'latin1'));
  }
}

/** The 16 bytes of an IPv6 address, in which `::` stands for zeros. */
function ipv6Bytes(address: string): Buffer {
  const groups = (part: string | undefined): readonly number[] =>
    part === undefined || part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [before, after] = address.split('::');
  const [head, tail] = [groups(before), groups(after)];
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0);
  return Buffer.from([...head, ...zeros, ...tail].flatMap((group) => [group >> 8, group & 0xff]));
}

/** The content of a certificate that its issuer signs. */
interface CertificateContent {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly from: number;
  readonly to: number;
  readonly extensions: readonly Buffer[];
}

function sign({ name, privateKey }: Pick<Authority, 'name' | 'privateKey'>, content: CertificateContent): string {
  const { subject, publicKey, from, to, extensions } = content;
  const serial = randomBytes(16);
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  const body = sequence(
    explicit(0, integer(2)),
    positive(serial),
    ECDSA_WITH_SHA256,
    nameOf(name),
    sequence(utcTime(from), utcTime(to)),
    nameOf(subject),
    publicKey.export({ format: 'der', type: 'spki' }),
    explicit(3, sequence(...extensions)),
  );
  const signature = createSign('sha256').update(body).sign(privateKey);
  const der = sequence(body, ECDSA_WITH_SHA256, bits(signature));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

const generateKeys = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

/**
 * Creates a certificate authority with a new key, which is kept in memory only.
 * @param now - milliseconds since 1970 by the clock of the machine, which clients check certificates by.
 */
export function createAuthority(name: string, now: number): Authority {
  const { publicKey, privateKey } = generateKeys();
  const extensions = [
    extension('2.5.29.19', sequence(YES), true),
    extension('2.5.29.15', usage(0b0000_0110, 1), true),
    subjectKey(publicKey),
    authorityKey(publicKey),
  ];
  const [from, to] = [now - DAY_MILLISECONDS, now + AUTHORITY_DAYS * DAY_MILLISECONDS];
  const cert = sign({ name, privateKey }, { subject: name, publicKey, from, to, extensions });
  return { cert, name, privateKey };
}

/** Issues a certificate for a server; self-signed without an authority. */
export function issueCertificate(
  authority: Authority | undefined,
  { hosts, from, to }: ServerCertificate,
): KeyedCertificate {
  const { publicKey, privateKey } = generateKeys();
  const subject = hosts[0] ?? 'sideglance';
  const issuer = authority ?? { name: subject, privateKey };
  const extensions = [
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.15', usage(0b1000_0000, 7), true),
    extension('2.5.29.37', sequence(SERVER_AUTHENTICATION)),
    extension('2.5.29.17', sequence(...hosts.map(hostBytes))),
    subjectKey(publicKey),
    authorityKey(createPublicKey(issuer.privateKey)),
  ];
  const cert = sign(issuer, { subject, publicKey, from, to, extensions });
  return { cert, key: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string };
}
