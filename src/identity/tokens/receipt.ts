import { hash } from 'node:crypto';

/** What a user who needs more login methods has proved so far. */
export interface Receipt {
  readonly userId: string;
  readonly methods: readonly string[];
  /** Milliseconds since 1970, in whole seconds. */
  readonly issuedAt: number;
}

/** Prefix of Fernet tokens. */
const PREFIX = 'gAAAAAB';
/** Characters of the digest at the end of a receipt. */
const DIGEST_LENGTH = 43;
const LIFETIME = 300_000;

/** Returns when a receipt expires; milliseconds since 1970. */
export const receiptExpiry = ({ issuedAt }: Receipt): number => issuedAt + LIFETIME;

const digestOf = (data: string): string => hash('sha256', `receipt ${data}`, 'base64url');

/** Returns the text of a receipt, which clients send with the next login. It contains the receipt, so that no world has to keep it. */
export function receiptText({ userId, methods, issuedAt }: Receipt): string {
  const data = Buffer.from(JSON.stringify([userId, methods, issuedAt])).toString('base64url');
  return PREFIX + data + digestOf(data);
}

/** Reads the text of a receipt; `undefined` for a text that is none, and for an expired receipt. */
export function readReceipt(text: string, now: number): Receipt | undefined {
  const data = text.slice(PREFIX.length, -DIGEST_LENGTH);
  if (text !== PREFIX + data + digestOf(data)) return undefined;
  const [userId, methods, issuedAt] = JSON.parse(Buffer.from(data, 'base64url').toString());
  const receipt: Receipt = { userId, methods, issuedAt };
  return receiptExpiry(receipt) > now ? receipt : undefined;
}
