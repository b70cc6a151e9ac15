import type { Call } from '../../contract/contract.ts';

/** The token of a request, from X-Auth-Token or its older name; `undefined` if it is missing or empty. */
export function tokenOf(call: Pick<Call, 'headers'>): string | undefined {
  const token = call.headers['x-auth-token'] ?? call.headers['x-storage-token'];
  return typeof token === 'string' && token !== '' ? token : undefined;
}
