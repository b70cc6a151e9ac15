import type { Reply } from '../contract/contract.ts';
import type { Decision } from '../faults/engine/decision.ts';
import type { World } from '../world/world.ts';
import type { HttpCall } from './http-call.ts';

/** A response in the form in which it is sent. */
export interface ReadyMessage {
  readonly status: number;
  /** Reason phrase of the status line; the usual one when omitted. */
  readonly reason: string | undefined;
  readonly body: Reply['body'] | undefined;
  /** Header names and values, alternating. */
  readonly headers: readonly string[];
  /** Called once, when the response has been sent or its client is gone. */
  onSent?(): void;
}

/** What has arrived of an upload. */
export interface ArrivedUpload {
  readonly sizeBytes: number;
  readonly md5: string;
}

/** A response that is played again. */
export interface Played {
  /** What the fault engine decided, without its delays; `undefined` if no rule fired. */
  readonly decision: Decision | undefined;
  /** Whether the rule was evaluated before authentication. */
  readonly isEarly: boolean;
  /** Milliseconds from the arrival of the request to the response. */
  readonly milliseconds: number;
  /**
   * Returns the response to send.
   * @param reply - what the world replies; it has secrets and data that a recording lacks.
   * @returns `undefined` if the reply of the world is to be sent.
   */
  present(reply: Reply, upload?: ArrivedUpload): ReadyMessage | undefined;
}

/** A request whose response may be played. */
export interface PlayableRequest {
  readonly call: HttpCall;
  readonly world: World;
  /** Whether the body arrives as a stream, and is not known yet. */
  readonly isUpload: boolean;
}

/** Plays responses again. */
export interface Playback {
  /** Returns the response of a request; `undefined` for one to which the world responds by itself. */
  begin(request: PlayableRequest): Played | undefined;
}
