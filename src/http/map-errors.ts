import type { Reply } from '../contract/contract.ts';
import { DomainError } from '../domain/problem.ts';
import type { Stage } from './operation-exchange.ts';
import { isPending } from './reply-or-promise.ts';

/** Converts problems of the domain into error responses of the dialect, and unexpected errors into its 500. */
export const mapErrors: Stage = (exchange, next) => {
  const present = (error: unknown): Reply => {
    const { ref, call, world } = exchange;
    if (error instanceof DomainError) return ref.dialect.presentProblem(error.problem, call, exchange);
    exchange.failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return ref.dialect.presentFailure({ error, call, cloud: world, requestId: exchange.requestId });
  };
  try {
    const reply = next();
    return isPending(reply) ? reply.catch(present) : reply;
  } catch (error) {
    return present(error);
  }
};
