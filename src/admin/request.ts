import type { AdminInput } from './operation.ts';
import { ADMIN_OPERATIONS, type AdminInputOf, type AdminOperationId } from './operations/index.ts';

/** An HTTP request to the admin API. */
export interface AdminRequest {
  /** Upper case. */
  readonly method: string;
  /** Path and query below `/__admin`. */
  readonly path: string;
  /** The JSON body; `undefined` for none. */
  readonly body: unknown;
}

/** Builds the HTTP request of an operation of the admin API. */
export function adminRequest<Id extends AdminOperationId>(id: Id, input: AdminInputOf<Id>): AdminRequest {
  const { method, path } = ADMIN_OPERATIONS[id];
  const { params = {}, query = {}, body } = input as AdminInput;
  const parameters = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, String(value)]));
  return {
    method: method.toUpperCase(),
    path:
      path.replaceAll(/\{([^}]+)\}/g, (_match, name: string) => encodeURIComponent(params[name] ?? '')) +
      (parameters.length > 0 ? `?${search}` : ''),
    body,
  };
}
