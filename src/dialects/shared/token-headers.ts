import type { Call } from '../../contract/contract.ts';

/** The token of a request, from X-Auth-Token or its older name; `undefined` if it is missing or empty. */
export function tokenOf(call: Pick<Call, 'headers'>): string | undefined {
  const token = call.headers['x-auth-token'] ?? call.headers['x-storage-token'];
  // Joined values of a repeated header can end with a blank.
  const plain = typeof token === 'string' ? token.trim() : '';
  return plain === '' ? undefined : plain;
}
