import type { Call } from '../../contract/contract.ts';

/** The token that a request carries, under its older name where need be; `undefined` for none (an empty header is none). */
export function tokenOf(call: Pick<Call, 'headers'>): string | undefined {
  const token = call.headers['x-auth-token'] ?? call.headers['x-storage-token'];
  return typeof token === 'string' && token !== '' ? token : undefined;
}
