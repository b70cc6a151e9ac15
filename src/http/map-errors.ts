import { reportInternalError, stackOf } from '../base/internal-errors.ts';
import { NestingError } from '../base/json-depth.ts';
import type { Reply } from '../contract/contract.ts';
import { DomainError } from '../domain/problem.ts';
import { StorageFailure } from '../domain/storage-failure.ts';
import { ClientGone } from './body.ts';
import { withReference } from './internal-failure.ts';
import type { Exchange, Stage } from './operation-exchange.ts';
import { isPending } from './reply-or-promise.ts';

/** The reply to a client that has disconnected: nothing can be sent. */
const NO_REPLY: Reply = { status: 0 };

/**
 * Converts problems of the domain into error responses of the dialect, and unexpected errors into its 500. Services fail with
 * their 500 on bodies that are nested too deeply. A client that
 * disconnects while it sends its body gets nothing: the operation does not run, or ends with an error of the stream.
 */
export const mapErrors: Stage = (exchange, next) => {
  const { call } = exchange;
  if (call.isBodyLost) return NO_REPLY;
  const present = (error: unknown): Reply => {
    const { ref, world } = exchange;
    if (error instanceof DomainError) return ref.dialect.presentProblem(error.problem, call, exchange);
    if (error instanceof ClientGone || (call.isGone && ref.operation.body === 'stream')) return NO_REPLY;
    if (error instanceof StorageFailure) return presentStorageFailure(error, exchange);
    const reply = ref.dialect.presentFailure({ error, call, cloud: world, requestId: exchange.requestId });
    if (error instanceof NestingError) return reply;
    exchange.failure = stackOf(error);
    return withReference(reply, reportInternalError(error, ref.name));
  };
  try {
    const reply = next();
    return isPending(reply) ? reply.catch(present) : reply;
  } catch (error) {
    return present(error);
  }
};

/** Rejects what would change something, while changes cannot be saved: a change that is not saved must not look as if it were. */
export const rejectUnsaved: Stage = ({ call, world }, next) => {
  const failure = call.method === 'GET' || call.method === 'HEAD' ? undefined : world.storageFailure;
  if (failure !== undefined) throw failure;
  return next();
};

/** Returns the response of a service whose database cannot be written. */
function presentStorageFailure(error: StorageFailure, exchange: Exchange): Reply {
  const { ref, call, world, requestId } = exchange;
  exchange.failure = error.message;
  if (ref.dialect.databaseFailureStatus === 500) {
    return ref.dialect.presentFailure({ error, call, cloud: world, requestId });
  }
  const request = { call, context: exchange, operation: ref.operation, operationId: ref.id };
  return ref.dialect.presentFault({ ...request, status: 503, details: {} });
}
