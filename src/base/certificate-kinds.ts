/** The certificates that a port can present. All but `valid` make a careful client refuse the connection. */
export const CERTIFICATES = {
  valid: 'signed by the authority that clients trust',
  expired: 'valid until yesterday',
  'not-yet-valid': 'valid from tomorrow on',
  'wrong-host': 'for another host',
  'self-signed': 'signed with its own key',
  'unknown-authority': 'signed by an authority that clients do not know',
} as const;

/** One of `CERTIFICATES`. */
export type CertificateKind = keyof typeof CERTIFICATES;

/** All kinds of certificate. */
export const CERTIFICATE_KINDS = Object.keys(CERTIFICATES) as readonly CertificateKind[];
