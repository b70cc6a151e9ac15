import { reportInternalError, stackOf } from '../base/internal-errors.ts';
import { jsonReply, type Reply } from '../contract/contract.ts';
import type { World } from '../world/world.ts';
import type { Arrival } from './arrival.ts';
import type { HttpCall } from './http-call.ts';
import { journalExchange, journalUnmatched } from './journal-exchange.ts';
import type { Exchange } from './operation-exchange.ts';
import { respond } from './respond.ts';
import type { SentResponse } from './sent-response.ts';

/** The header of each response that an internal error of Sideglance caused. */
const ERROR_HEADER = 'X-Sideglance-Error';

/** Adds the header to a 500 of a service, which otherwise looks like an error of the service. */
export const withReference = (reply: Reply, reference: string): Reply => ({
  ...reply,
  headers: { ...reply.headers, [ERROR_HEADER]: `internal error ${reference} of Sideglance, see its standard error` },
});

/** The reply to a request that Sideglance failed to process. */
export const internalErrorReply = (reference: string): Reply =>
  withReference(
    jsonReply(500, {
      error: {
        code: 500,
        title: 'Internal Server Error',
        message: `Sideglance failed to process this request: an error of Sideglance, not of the service. The stack trace of ${reference} is on its standard error.`,
        reference,
      },
    }),
    reference,
  );

/**
 * Ends a request that failed outside of the stages of its operation: 500 with a reference, or a closed connection if the
 * response has begun. Never throws.
 */
export function failRequest(arrival: Arrival, error: unknown, exchange?: Exchange): void {
  const { request, response, call } = arrival;
  // The path of an operation may contain a token.
  const during = exchange?.ref.name ?? `${request.method} ${request.url?.split('?', 1)[0]}`;
  const reference = reportInternalError(error, during);
  try {
    if (response.headersSent) {
      if (!response.writableEnded) response.destroy();
      return;
    }
    const reply = internalErrorReply(reference);
    const headers = respond(response, reply, { now: Date.now(), isHead: request.method === 'HEAD' });
    if (!request.readableEnded) (call?.stream ?? request).resume();
    record({ call, exchange, world: arrival.world, failure: stackOf(error) }, { response, reply, headers });
  } catch (another) {
    reportInternalError(another, `the response to ${during}`);
    response.destroy();
  }
}

/** What is known of a request that failed. */
interface FailedRequest {
  readonly call: HttpCall | undefined;
  readonly exchange: Exchange | undefined;
  readonly world: World;
  readonly failure: string;
}

/** Records a request that failed. Those to the admin API are not in the journal. */
function record({ call, exchange, world, failure }: FailedRequest, response: Omit<SentResponse, 'now'>): void {
  if (call === undefined) return;
  const sent = { ...response, now: world.clock.now() };
  if (exchange !== undefined) {
    exchange.failure = failure;
    journalExchange(exchange, sent);
  } else {
    journalUnmatched(call, world, { ...sent, dialect: '', nearest: [], failure });
  }
}
