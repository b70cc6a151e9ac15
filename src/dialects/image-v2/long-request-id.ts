import type { Cloud } from '../../cloud.ts';
import type { Call, Handler } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { FAILED, GlanceError } from '../glance/errors.ts';

/** Maximum length of a client's request id. */
const MAX_LENGTH = 64;

/** The request id that a client sends. */
export const clientRequestId = (call: Call): string | undefined => {
  const id = call.headers['x-openstack-request-id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
};

/** Whether a client sends a request id on which the service fails. */
export const hasLongRequestId = (call: Call): boolean => (clientRequestId(call)?.length ?? 0) > MAX_LENGTH;

/** Paths whose operations do not check a policy. */
const WITHOUT_POLICY = /^\/v2\/(?:info|schemas)\//;

/** Parts of the cloud whose use requires a policy check. */
const CHECKED: ReadonlySet<string | symbol> = new Set<keyof Cloud>([
  'images',
  'imports',
  'transfers',
  'tasks',
  'cache',
]);

function fail(): never {
  throw new GlanceError(500, FAILED);
}

/** A context in which each policy check fails. */
const failingContext = (context: Context): Context => ({
  ...context,
  cloud: new Proxy(context.cloud, {
    get: (cloud, name) => (CHECKED.has(name) ? fail() : Reflect.get(cloud, name, cloud)),
  }),
  caller: {
    ...context.caller,
    get isAdmin() {
      return fail();
    },
  },
});

/** Makes a handler fail on a long request id where the service checks the policy: after it has read the request. */
const failing =
  (handler: Handler<Context>): Handler<Context> =>
  (call, context) =>
    handler(call, hasLongRequestId(call) && !WITHOUT_POLICY.test(call.path) ? failingContext(context) : context);

/** Makes all handlers fail on long request ids. */
export const failingOnLongRequestIds = (
  handlers: Readonly<Record<string, Handler<Context>>>,
): Readonly<Record<string, Handler<Context>>> =>
  Object.fromEntries(Object.entries(handlers).map(([id, handler]) => [id, failing(handler)]));
