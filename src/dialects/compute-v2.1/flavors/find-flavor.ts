import type { Call, Handler, Operation, Reply } from '../../../contract/contract.ts';
import type { OfferedFlavor } from '../../../domain/servers/flavors.ts';
import type { Context } from '../../dialect.ts';
import { withPreconditions } from '../protocol/preconditions.ts';
import { flavorNotFound } from './errors.ts';

/** A handler of one flavor, which returns 404 for one that the caller may not use. @param check - comes before. */
export const withFlavor = (
  operation: Operation,
  handle: (flavor: OfferedFlavor, call: Call, context: Context) => Reply,
  check: (call: Call, context: Context) => Reply | undefined = () => undefined,
): Handler<Context, 'flavor_id'> =>
  withPreconditions(operation, (call, context) => {
    const error = check(call, context);
    if (error !== undefined) return error;
    const { flavor_id: id } = call.params;
    const flavor = context.cloud.flavors.find(context.caller, id);
    if (flavor === undefined) return flavorNotFound(id);
    return handle(flavor, call, context);
  });
