import type { Reply } from '../contract/contract.ts';
import { progressOf } from '../domain/data/upload-progress.ts';
import type { Arrival } from './arrival.ts';
import { failRequest } from './internal-failure.ts';
import type { Exchange } from './operation-exchange.ts';
import type { Playback, Played } from './playback.ts';
import type { SentResponse } from './sent-response.ts';

/** Finds the response that is played for a request to an operation. */
export const beginPlayed = ({ call, world, ref }: Exchange, playback: Playback): Played | undefined =>
  playback.begin({ call, world, isUpload: ref.operation.body === 'stream' });

/** Sends the response that is played, if there is one. @param reply - what the world replies. */
export function sendPlayedReply(arrival: Arrival, exchange: Exchange, reply: Reply): SentResponse | undefined {
  const { played, call } = exchange;
  if (played === undefined) return undefined;
  const message = played.present(reply, progressOf(call.stream));
  if (message === undefined) return undefined;
  // The world may have rejected the request before it reached the stage at which the rule fired.
  exchange.decision ??= played.decision;
  return arrival.sendPlayed(message, exchange.decision);
}

/** Sends a response at its time: at once, unless it is played. */
export function sendWhenDue(exchange: Exchange, arrival: Arrival, send: () => void): void {
  const { played, call } = exchange;
  const wait = played === undefined ? 0 : played.milliseconds - (performance.now() - call.started);
  if (wait < 1) {
    send();
    return;
  }
  const sendOrEnd = (): void => {
    try {
      send();
    } catch (error) {
      failRequest(arrival, error, exchange);
    }
  };
  // The connection of the waiting client keeps the process alive; the timer must not keep it alive after that.
  const timer = setTimeout(() => {
    forget();
    sendOrEnd();
  }, wait).unref();
  const forget = call.onceGone(() => {
    clearTimeout(timer);
    sendOrEnd();
  });
}
