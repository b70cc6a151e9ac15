import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CERTIFICATE_KINDS, type CertificateKind } from '../base/certificate-kinds.ts';
import { didYouMean } from '../contract/nearest.ts';
import type { KeyedCertificate } from '../http/tls/certificates.ts';
import { ServerCertificates } from '../http/tls/server-certificates.ts';
import { InputError } from '../input/input-error.ts';

/** The option `tls` of `startSideglance`. */
export interface TlsOptions {
  /** File of a certificate to present, in PEM; one is created when omitted. */
  readonly cert?: string;
  /** File of its private key, in PEM. */
  readonly key?: string;
  /** File to which the certificate of the created authority is written; in the directory for temporary files when omitted. */
  readonly ca?: string;
  /** Host names and addresses of the created certificates, in addition to those of this machine. */
  readonly hosts?: readonly string[];
  /** The certificate of all ports, or of single ones by name: `expired`, `{ identity: 'wrong-host' }`. */
  readonly certificate?: CertificateKind | Readonly<Record<string, CertificateKind>>;
}

/** TLS of a process. */
export interface Tls {
  readonly certificates: ServerCertificates;
  /** The certificate that a port presents first. */
  kindOf(port: string): CertificateKind;
  /**
   * Writes the certificate of the authority. Returns the path of the file.
   * @param port - number of the common port.
   */
  writeAuthority(port: number): string;
}

/** Default path of the certificate of the authority, by the common port. */
export const authorityFile = (port: number): string => join(tmpdir(), `sideglance-${port}-ca.pem`);

const OWN_HOSTS = ['localhost', '127.0.0.1', '::1'];

/** Where a process listens and how clients reach it. */
interface Reach {
  readonly host: string;
  readonly externalUrl?: string | undefined;
  /** Names of the ports. */
  readonly ports: readonly string[];
}

/**
 * Reads the option `tls`; `undefined` without TLS.
 * @throws InputError for files that are not a certificate with its key, and for unknown ports.
 */
export function tlsOf(option: boolean | TlsOptions | undefined, { host, externalUrl, ports }: Reach): Tls | undefined {
  if (option === undefined || option === false) return undefined;
  const { hosts = [], ca, certificate = 'valid', ...given } = option === true ? {} : option;
  const kinds = typeof certificate === 'string' ? {} : certificate;
  checkPorts(kinds, ports);
  const external = externalUrl === undefined ? [] : [new URL(externalUrl).hostname.replace(/^\[|\]$/g, '')];
  const names = [...OWN_HOSTS, ...(host === '0.0.0.0' || host === '::' ? [] : [host]), ...external, ...hosts];
  const certificates = new ServerCertificates([...new Set(names)], readGiven(given));
  return {
    certificates,
    kindOf: (port) => (typeof certificate === 'string' ? certificate : (kinds[port] ?? 'valid')),
    writeAuthority: (port) => writeAuthority(ca ?? authorityFile(port), certificates.authority),
  };
}

function checkPorts(kinds: Readonly<Record<string, CertificateKind>>, ports: readonly string[]): void {
  const issues = Object.entries(kinds).flatMap(([name, kind]) => [
    ...(ports.includes(name)
      ? []
      : [
          {
            pointer: `/certificate/${name}`,
            message: `no port is called "${name}"${didYouMean(name, ports)}`,
            found: name,
            allowed: ports,
          },
        ]),
    ...(CERTIFICATE_KINDS.includes(kind)
      ? []
      : [
          {
            pointer: `/certificate/${name}`,
            message: 'is not a kind of certificate',
            found: kind,
            allowed: CERTIFICATE_KINDS,
          },
        ]),
  ]);
  if (issues.length > 0) throw new InputError('tls', issues);
}

function readGiven({ cert, key }: Pick<TlsOptions, 'cert' | 'key'>): KeyedCertificate | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    const pointer = cert === undefined ? '/cert' : '/key';
    throw new InputError('tls', [{ pointer, message: 'is missing', allowed: 'both cert and key' }]);
  }
  const pair = { cert: readPem(cert, '/cert'), key: readPem(key, '/key') };
  try {
    process.getBuiltinModule('node:tls').createSecureContext(pair);
  } catch (error) {
    const message = `is not a certificate with its key: ${(error as Error).message}`;
    throw new InputError('tls', [
      { pointer: '/cert', message, found: cert, allowed: 'PEM files that belong together' },
    ]);
  }
  return pair;
}

function readPem(path: string, pointer: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const message = `cannot be read: ${(error as Error).message}`;
    throw new InputError('tls', [{ pointer, message, found: path, allowed: 'the path of a PEM file' }]);
  }
}

function writeAuthority(path: string, authority: string): string {
  try {
    // A new file, because the directory for temporary files is shared: a link left there must not be followed.
    rmSync(path, { force: true });
    writeFileSync(path, authority, { flag: 'wx', mode: 0o644 });
    return path;
  } catch (error) {
    const message = `cannot be written: ${(error as Error).message}`;
    throw new InputError('tls', [{ pointer: '/ca', message, found: path, allowed: 'the path of a file to write' }]);
  }
}
