import type { Call, Handler, Operation, Reply } from '../../contract/contract.ts';
import type { Context } from '../dialect.ts';
import { glanceError } from '../glance/errors.ts';
import { isTaken } from './media-types.ts';
import { MAX_VERSION, MIN_VERSION, microversionOf, minorOf } from './microversion.ts';
import { isOlder, isTenant, NO_TENANT } from './paths.ts';
import { fault, NO_RESOURCE, presentServerError } from './problems.ts';
import { ServerError } from './server-error.ts';

/** The last microversions that have the image proxy, and metadata of images. */
const LAST_WITH_IMAGES = 35;
const LAST_WITH_METADATA = 38;

/** The last microversion that has an operation. */
const lastMinorOf = ({ path }: Operation): number => {
  if (path.includes('/metadata')) return LAST_WITH_METADATA;
  return path.includes('/images') ? LAST_WITH_IMAGES : Number.POSITIVE_INFINITY;
};

/** What the type of a body that is not taken gets. */
export const refuseType = (): Reply => fault(415, 'Unsupported Content-Type');

/** What a version that there is not, and the type of a body that is not taken, get whatever the call. */
export function refuseCall(call: Call): Reply | undefined {
  const version = isOlder(call) ? undefined : microversionOf(call);
  switch (version?.kind) {
    case 'malformed':
      return fault(
        400,
        `API Version String ${version.text} is of invalid format. Must be of format MajorNum.MinorNum.`,
      );
    case 'out-of-range':
      return fault(
        406,
        `Version ${version.text} is not supported by the API. Minimum is ${MIN_VERSION} and maximum is ${MAX_VERSION}.`,
      );
    default:
      return isTaken(call) ? undefined : refuseType();
  }
}

/** What a tenant that is not the token's own gets. */
export const refuseTenant = (tenant: string, projectId: string): Reply | undefined =>
  tenant === projectId
    ? undefined
    : fault(
        400,
        `Malformed request URL: URL's project_id '${tenant}' doesn't match Context's project_id '${projectId || 'None'}'`,
      );

/** What comes before a body is looked at: the tenant of the address, and the microversion that has the call. */
export function refuseEarly(call: Call, { caller: { projectId } }: Context, operation: Operation): Reply | undefined {
  const tenant = call.params['tenant_id'] ?? NO_TENANT;
  const isNamed = tenant !== NO_TENANT && tenant !== projectId;
  if (isNamed && !isTenant(tenant)) return glanceError(404, NO_RESOURCE, call);
  const refusal = refuseCall(call) ?? (isNamed ? refuseTenant(tenant, projectId) : undefined);
  return refusal ?? (minorOf(call) > lastMinorOf(operation) ? fault(404, NO_RESOURCE) : undefined);
}

/** A handler behind the gate of its operation; where the service fails, so does this. */
export const withPreconditions =
  <Param extends string>(
    operation: Operation,
    handle: (call: Call<Param>, context: Context) => Reply,
  ): Handler<Context, Param> =>
  (call, context) => {
    const refusal = refuseEarly(call, context, operation);
    if (refusal !== undefined) return refusal;
    try {
      return handle(call, context);
    } catch (error) {
      if (error instanceof ServerError) return presentServerError(error.pythonClass);
      throw error;
    }
  };
