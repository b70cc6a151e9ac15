import { createHash, X509Certificate } from 'node:crypto';

/** Number of fields after the type in the public keys of SSH, by type. */
const FIELDS: Readonly<Record<string, number>> = {
  'ssh-rsa': 2,
  'ssh-dss': 4,
  'ssh-ed25519': 1,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
};

const ED25519_BYTES = 32;

const colons = (hex: string): string => hex.replace(/..(?=.)/g, '$&:');

/** The MD5 fingerprint of a public key of SSH; `undefined` for a text that is none. */
export function sshFingerprint(publicKey: string): string | undefined {
  const [, type = '', data = ''] = /^(\S+)[ \t]+(\S+)/.exec(publicKey) ?? [];
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(data)) return undefined;
  const blob = Buffer.from(data, 'base64');
  const [name, ...fields] = fieldsOf(blob) ?? [];
  if (name?.toString() !== type || !Object.hasOwn(FIELDS, type) || fields.length !== FIELDS[type]) return undefined;
  if (!areValid(type, fields)) return undefined;
  return colons(createHash('md5').update(blob).digest('hex'));
}

/** The fields of a key, each with its length in front; `undefined` if the last one is incomplete. */
function fieldsOf(blob: Buffer): readonly Buffer[] | undefined {
  const fields: Buffer[] = [];
  let at = 0;
  while (at < blob.length) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function areValid(type: string, fields: readonly Buffer[]): boolean {
  const [first, second] = fields;
  if (type === 'ssh-ed25519') return first?.length === ED25519_BYTES;
  if (type.startsWith('ecdsa')) return first?.toString() === type.split('-').at(-1) && second?.[0] === 4;
  return fields.every(({ length }) => length > 0);
}

/** The SHA-1 fingerprint of a certificate (PEM); `undefined` for a text that is none. */
export function certificateFingerprint(pem: string): string | undefined {
  try {
    return new X509Certificate(pem).fingerprint.toLowerCase();
  } catch {
    return undefined;
  }
}
