/** Paths of Keystone that say no more than that what they were for has been removed. */
import type { Call, Reply } from '../../contract/contract.ts';
import { keystoneError } from './errors.ts';

interface RemovedPath {
  readonly path: RegExp;
  readonly status: number;
  readonly message: string;
}

const REMOVED_PATHS: readonly RemovedPath[] = [
  {
    path: /^\/v3\/OS-SIMPLE-CERT\/(ca|certificates)$/,
    status: 410,
    message: 'This API is no longer available due to the removal of support for PKI tokens.',
  },
  {
    path: /^\/v3\/auth\/tokens\/OS-PKI\/revoked$/,
    status: 403,
    message: 'You are not authorized to perform the requested action.',
  },
];

const removedAt = ({ path }: Call): RemovedPath | undefined => REMOVED_PATHS.find((removed) => removed.path.test(path));

/** The methods of a path whose purpose has been removed; `undefined` for other paths. */
export const removedMethods = (call: Call): readonly string[] | undefined =>
  removedAt(call) === undefined ? undefined : ['GET'];

/** The reply to a request that reads such a path; it asks for no token. */
export function presentRemoved(call: Call): Reply | undefined {
  const removed = call.method === 'GET' || call.method === 'HEAD' ? removedAt(call) : undefined;
  return removed && keystoneError({ status: removed.status, message: removed.message, call });
}
