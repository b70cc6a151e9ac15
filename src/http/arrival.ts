import type { IncomingMessage, ServerResponse } from 'node:http';
import { contained } from '../base/internal-errors.ts';
import type { Reply } from '../contract/contract.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { HeaderChanges } from '../faults/alteration.ts';
import { type Decision, headerChangesOf, wireOf } from '../faults/engine/decision.ts';
import type { Wire } from '../faults/fault.ts';
import type { World } from '../world/world.ts';
import type { HttpCall } from './http-call.ts';
import type { Playback, ReadyMessage } from './playback.ts';
import { respond, sendReady } from './respond.ts';
import type { SentResponse } from './sent-response.ts';

/** What `Arrival.sendAs` needs besides the dialect and its reply. */
interface SendContext {
  readonly call: HttpCall;
  readonly requestId: string;
  /** Damage to the response on the wire. */
  readonly wire?: Wire | undefined;
  /** Changes of a rule to the headers. */
  readonly changes?: HeaderChanges | undefined;
}

/** A request with its world, and the response to send. */
export class Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The world of the request; known before anything but the address was looked at. */
  world!: World;
  /** The request as services see it, once it is known; `undefined` for the admin API. */
  call: HttpCall | undefined;
  /** Plays the responses of a recording; `undefined` if none is played, and for the admin API. */
  playback: Playback | undefined;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.request = request;
    this.response = response;
  }

  /** Sends a reply without the common headers of a dialect. */
  send(reply: Reply): SentResponse {
    const now = this.world.clock.now();
    const headers = respond(this.response, reply, { now, isHead: this.request.method === 'HEAD' });
    return { response: this.response, reply, headers, now };
  }

  /** Sends a reply with the common headers of a dialect. */
  sendAs(dialect: Dialect, reply: Reply, { call, requestId, wire, changes }: SendContext): SentResponse {
    const common = reply.isForeign ? undefined : dialect.commonHeaders?.(call, reply, requestId);
    const isHead = this.request.method === 'HEAD';
    const now = this.world.clock.now();
    const headers = respond(this.response, reply, { common, now, isHead, wire, changes });
    return { response: this.response, reply, headers, now };
  }

  /** Sends a response that is played. */
  sendPlayed(message: ReadyMessage, decision?: Decision): SentResponse {
    const { status, reason, body, headers } = message;
    if (message.onSent !== undefined)
      this.response.once('close', contained('the end of a replayed response', message.onSent));
    // A response without Date had none when it was recorded.
    if (!headers.some((name, at) => at % 2 === 0 && name.toLowerCase() === 'date')) this.response.sendDate = false;
    const isHead = this.request.method === 'HEAD';
    sendReady(this.response, message, { isHead, wire: wireOf(decision), changes: headerChangesOf(decision) });
    const reply = { status, ...(reason !== undefined && { reason }), ...(body !== undefined && { body }) };
    return { response: this.response, reply, headers, now: this.world.clock.now() };
  }

  /** Sends the response to a request that matches no operation: the one that is played, or the one that `send` sends. */
  sendUnmatched(call: HttpCall, reply: Reply, send: () => SentResponse): SentResponse {
    const message = this.playback?.begin({ call, world: this.world, isUpload: false })?.present(reply);
    return message === undefined ? send() : this.sendPlayed(message);
  }
}
