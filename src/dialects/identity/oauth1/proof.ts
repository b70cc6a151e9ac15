import type { Call } from '../../../contract/contract.ts';
import { notAuthenticated } from '../../../identity/problem.ts';
import type { AccessTokenRecord } from '../../../identity/records/oauth1-records.ts';
import type { Records } from '../../../identity/records/records.ts';
import { required } from '../fields.ts';
import { notFound, unexpected } from '../request-error.ts';
import { findProtocolError } from './protocol-error.ts';
import { isSigned, parseSigned } from './signed-request.ts';

/**
 * Returns the access token that a login is signed with. Keystone does not ask whether the consumer is that of the token.
 * @param now - milliseconds since 1970.
 * @throws IdentityError `missing`, `not-authenticated`; RequestError 404 for an unknown token, 500 for an unknown consumer.
 */
export function provenAccessToken(call: Call, records: Records, now: number): AccessTokenRecord {
  const signed = parseSigned(call, { signsQuery: false });
  const id = required(signed.header.get('oauth_token') || undefined, 'oauth_token', 'request');
  const accessToken = records.get('access-token', id) ?? notFound('Access token not found');
  if (now > accessToken.expires || findProtocolError(signed, now) !== undefined) return notAuthenticated();
  const consumer = records.get('consumer', signed.protocol.get('oauth_consumer_key') ?? '') ?? unexpected();
  const secrets = { consumer: String(consumer['secret']), token: accessToken.secret };
  return isSigned(signed, secrets) ? accessToken : notAuthenticated();
}
