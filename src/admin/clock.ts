import { Clock, type ClockState } from '../domain/clock.ts';
import { parseDuration } from '../input/duration.ts';
import { InputError } from '../input/input-error.ts';

/** What a clock can be told; `set` comes first, then `advance`, then `freeze` or `resume`. */
export interface ClockChange {
  /** ISO 8601. */
  readonly set?: string;
  /** Seconds, or a text such as `90s`, `5m`, `1h30m`. */
  readonly advance?: number | string;
  /** A time stops it there. */
  readonly freeze?: boolean | string;
  readonly resume?: boolean;
}

/** What a clock shows. */
export interface ClockReading {
  /** ISO 8601 with milliseconds. */
  readonly now: string;
  readonly frozen: boolean;
}

/** Latest time that a date can hold, in milliseconds since 1970. */
const END_OF_TIME = 8.64e15;

/** The clock as it is shown. */
export const readClock = (clock: Clock): ClockReading => ({
  now: new Date(clock.now()).toISOString(),
  frozen: clock.state.frozenAt !== null,
});

/**
 * The state that a clock comes to by a change that has passed `CLOCK_CHANGE`.
 * @throws InputError for a change that contradicts itself or leads beyond all dates.
 */
export function changedClock(from: ClockState, change: ClockChange, place: string, pointer = ''): ClockState {
  if (change.resume === true && change.freeze !== undefined && change.freeze !== false) {
    throw new InputError(place, [
      {
        pointer: `${pointer}/resume`,
        message: 'a clock cannot be frozen and resumed at once',
        found: true,
        allowed: 'either freeze or resume',
      },
    ]);
  }
  const clock = new Clock(from);
  if (change.set !== undefined) clock.set(Date.parse(change.set));
  if (change.advance !== undefined) clock.advance(parseDuration(change.advance));
  if (typeof change.freeze === 'string') clock.set(Date.parse(change.freeze));
  if (Math.abs(clock.now()) > END_OF_TIME) {
    throw new InputError(place, [
      { pointer: `${pointer}/advance`, message: 'leads beyond the last date', found: change.advance },
    ]);
  }
  if (change.freeze === true) clock.freeze();
  // Between setting and stopping a clock a millisecond may pass.
  if (typeof change.freeze === 'string') clock.freeze(Date.parse(change.freeze));
  if (change.freeze === false || change.resume === true) clock.resume();
  return clock.state;
}
