/** Checks of Nova before it handles a request. */
import type { Call, Handler, Operation, Reply } from '../../../contract/contract.ts';
import type { Context } from '../../dialect.ts';
import { glanceErrorReply } from '../../glance/errors.ts';
import { fault, NO_RESOURCE, presentServerError } from './errors.ts';
import { hasAcceptedType } from './media-types.ts';
import { MIN_VERSION, maxVersionOf, microversionOf, minorOf } from './microversion.ts';
import { isOffered } from './minor-ranges.ts';
import { isLegacy, isTenant, NO_TENANT } from './paths.ts';
import { ServerError } from './server-error.ts';
import { checkQuery } from './utf8-query.ts';

/** 415 for the Content-Type of a request. */
export const unsupportedType = (): Reply => fault(415, 'Unsupported Content-Type');

/** Rejects an invalid microversion or Content-Type, which every request is checked for. */
export function checkHeaders(call: Call): Reply | undefined {
  const version = isLegacy(call) ? undefined : microversionOf(call);
  switch (version?.kind) {
    case 'malformed':
      return fault(
        400,
        `API Version String ${version.text} is of invalid format. Must be of format MajorNum.MinorNum.`,
      );
    case 'out-of-range':
      return fault(
        406,
        `Version ${version.text} is not supported by the API. Minimum is ${MIN_VERSION} and maximum is ${maxVersionOf(call)}.`,
      );
    default:
      return hasAcceptedType(call) ? undefined : unsupportedType();
  }
}

/** Rejects a tenant that is not the project of the token. */
export const checkTenant = (tenant: string, projectId: string): Reply | undefined =>
  tenant === projectId
    ? undefined
    : fault(
        400,
        `Malformed request URL: URL's project_id '${tenant}' doesn't match Context's project_id '${projectId || 'None'}'`,
      );

/** Makes all checks that come before the body: headers, tenant, query, and whether the microversion has the operation. */
export const checkPreconditions = (call: Call, context: Context, operation: Operation): Reply | undefined =>
  checkAddress(call, context) ??
  (isOffered(operation, minorOf(call)) ? undefined : fault(404, NO_RESOURCE)) ??
  checkQuery(call, operation);

/** Makes the checks that come before the body is parsed: headers and tenant. */
export function checkAddress(call: Call, { caller: { projectId } }: Context): Reply | undefined {
  const tenant = call.params['tenant_id'] ?? NO_TENANT;
  const isOther = tenant !== NO_TENANT && tenant !== projectId;
  if (isOther && !isTenant(tenant)) return glanceErrorReply(404, NO_RESOURCE, call);
  return checkHeaders(call) ?? (isOther ? checkTenant(tenant, projectId) : undefined);
}

/** Adds the preconditions of an operation to its handler, and presents a `ServerError` as 500. */
export const withPreconditions =
  <Param extends string>(
    operation: Operation,
    handle: (call: Call<Param>, context: Context) => Reply,
  ): Handler<Context, Param> =>
  (call, context) => {
    const error = checkPreconditions(call, context, operation);
    if (error !== undefined) return error;
    try {
      return handle(call, context);
    } catch (error) {
      if (error instanceof ServerError) return presentServerError(error.pythonClass, call);
      throw error;
    }
  };
