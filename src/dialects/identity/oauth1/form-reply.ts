import type { Reply } from '../../../contract/contract.ts';
import { VARY } from '../errors.ts';

/** A new token of OAuth 1.0 with its secret. */
interface NewToken {
  readonly id: string;
  readonly secret: string;
  readonly expiresAt: string;
}

/** Shows a new token, as text of a form. */
export const formReply = ({ id, secret, expiresAt }: NewToken): Reply => ({
  status: 201,
  headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...VARY },
  body: `oauth_token=${id}&oauth_token_secret=${secret}&oauth_expires_at=${expiresAt}`,
});
