import { isObject, type Json } from '../../../base/json.ts';
import type { Call } from '../../../contract/contract.ts';
import { parsePythonJson } from '../../shared/python-json-body.ts';

/** The operation of a login by a single method, where it is not that of a password. */
const OPERATION_OF_METHOD: ReadonlyMap<unknown, string> = new Map([
  ['token', 'authToken'],
  ['application_credential', 'authApplicationCredential'],
  ['oauth1', 'authOauth1'],
]);

/**
 * Chooses among the logins that share a method and path. A body that fits none of them goes to one that rejects it.
 * @param ids - operation ids; at least one.
 */
export function chooseLogIn(ids: readonly string[], call: Call): string {
  const auth = asObject(bodyOf(call)['auth']);
  const id = ids.includes('raxAuthenticateApiKey') ? rackspaceLogIn(auth) : v3LogIn(auth);
  return ids.includes(id) ? id : (ids[0] as string);
}

function rackspaceLogIn(auth: Json): string {
  if (auth['token'] !== undefined) return 'raxAuthenticateToken';
  return auth['passwordCredentials'] !== undefined ? 'raxAuthenticatePassword' : 'raxAuthenticateApiKey';
}

function v3LogIn(auth: Json): string {
  const methods = asObject(auth['identity'])['methods'];
  if (Array.isArray(methods) && methods.length > 1) return 'authMultiFactor';
  const operation = OPERATION_OF_METHOD.get(Array.isArray(methods) ? methods[0] : undefined);
  return operation ?? (isObject(auth['scope']) ? 'authPasswordScoped' : 'authPasswordUnscoped');
}

const asObject = (value: unknown): Json => (isObject(value) ? value : {});

function bodyOf(call: Call): Json {
  try {
    return asObject(call.body && parsePythonJson(call.body));
  } catch {
    return {};
  }
}
