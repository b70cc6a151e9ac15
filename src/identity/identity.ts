import type { Caller } from '../domain/caller.ts';
import type { Clock } from '../domain/clock.ts';
import type { Ids } from '../domain/ids.ts';
import type { Limits } from '../domain/limits.ts';
import type { Directory } from './directory.ts';

/** State of an `Identity`, to start another from. */
export interface IdentityState {
  readonly directory: Directory;
}

export interface IdentityParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly limits: () => Limits;
}

/** Projects, users, credentials and tokens of one world. */
export class Identity {
  readonly #state: IdentityState;

  constructor(state: IdentityState, _parts: IdentityParts) {
    this.#state = state;
  }

  snapshot(): IdentityState {
    return this.#state;
  }

  /** Who a token stands for; `undefined` for one that is unknown, expired or revoked. */
  callerOf(_token: string): Caller | undefined {
    return undefined;
  }
}
