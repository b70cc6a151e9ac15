import type { CertificateKind } from '../../base/certificate-kinds.ts';
import {
  type Authority,
  createAuthority,
  generateKeys,
  issueCertificate,
  type KeyedCertificate,
  type KeyPair,
} from './certificates.ts';

const DAY = 86_400_000;
const YEAR = 365 * DAY;
const OTHER_HOST = 'wrong-host.invalid';

/** The certificates of one process. Each is created when a port first presents it. */
export class ServerCertificates {
  readonly #hosts: readonly string[];
  readonly #given: KeyedCertificate | undefined;
  readonly #issued = new Map<CertificateKind, KeyedCertificate>();
  #authority: Authority | undefined;
  #serverKeys: KeyPair | undefined;

  /**
   * @param hosts - host names and addresses by which clients reach the server.
   * @param given - a certificate to present as the valid one.
   */
  constructor(hosts: readonly string[], given?: KeyedCertificate) {
    this.#hosts = hosts;
    this.#given = given;
  }

  /** The certificate of the authority, PEM. */
  get authority(): string {
    return this.#signer.cert;
  }

  /** Returns a certificate of a kind. */
  of(kind: CertificateKind): KeyedCertificate {
    let certificate = this.#issued.get(kind);
    if (certificate === undefined) {
      certificate = this.#issue(kind);
      this.#issued.set(kind, certificate);
    }
    return certificate;
  }

  get #signer(): Authority {
    this.#authority ??= createAuthority('Sideglance test authority', Date.now());
    return this.#authority;
  }

  /** The keys of all certificates but a given one, because generating keys takes most of the time. */
  get #keys(): KeyPair {
    this.#serverKeys ??= generateKeys();
    return this.#serverKeys;
  }

  #issue(kind: CertificateKind): KeyedCertificate {
    // By the clock of the machine, which clients check certificates by.
    const now = Date.now();
    const usual = { hosts: this.#hosts, from: now - DAY, to: now + YEAR };
    switch (kind) {
      case 'valid':
        return this.#given ?? issueCertificate(this.#signer, usual, this.#keys);
      case 'expired':
        return issueCertificate(this.#signer, { ...usual, from: now - 30 * DAY, to: now - DAY }, this.#keys);
      case 'not-yet-valid':
        return issueCertificate(this.#signer, { ...usual, from: now + DAY }, this.#keys);
      case 'wrong-host':
        return issueCertificate(this.#signer, { ...usual, hosts: [OTHER_HOST] }, this.#keys);
      case 'self-signed':
        return issueCertificate(undefined, usual, this.#keys);
      case 'unknown-authority':
        return issueCertificate(createAuthority('Unknown test authority', now), usual, this.#keys);
      default:
        return kind satisfies never;
    }
  }
}
