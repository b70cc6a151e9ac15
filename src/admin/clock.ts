import type { JsonSchema } from '../contract/schema.ts';
import { Clock, type ClockState } from '../domain/clock.ts';
import { DURATION_PATTERN, parseDuration } from '../input/duration.ts';
import { InputError } from '../input/input-error.ts';
import type { World } from '../world/world.ts';
import { boolean, dateTime, requestBody } from './schema-helpers.ts';

/** A change of a clock. `set` is applied first, then `advance`, then `freeze` or `resume`. */
export interface ClockChange {
  /** ISO 8601. */
  readonly set?: string;
  /** Seconds, or text such as `90s`, `5m`, `1h30m`. */
  readonly advance?: number | string;
  /** `true` freezes the clock at its current time, a time (ISO 8601) freezes it there, `false` resumes it. */
  readonly freeze?: boolean | string;
  readonly resume?: boolean;
}

/** The JSON Schema of `ClockChange`. */
export const CLOCK_CHANGE: JsonSchema = {
  ...requestBody({
    set: dateTime('The time to set; a frozen clock stays frozen there, a running one continues from there.'),
    advance: {
      type: ['number', 'string'],
      minimum: 0,
      pattern: DURATION_PATTERN,
      description: 'Advances the time: seconds, or text such as 90s, 5m, 1h30m.',
    },
    freeze: {
      type: ['boolean', 'string'],
      format: 'date-time',
      description: 'true freezes the clock at its current time, a time freezes it there, false resumes it.',
    },
    resume: boolean('true resumes a frozen clock from its current time.'),
  }),
  minProperties: 1,
};

/** The time that a clock shows. */
export interface ClockReading {
  /** ISO 8601 with milliseconds. */
  readonly now: string;
  readonly frozen: boolean;
}

/** Latest time that a date can represent, in milliseconds since 1970. */
const END_OF_TIME = 8.64e15;

/** Reads a clock. */
export const readClock = (clock: Clock): ClockReading => ({
  now: new Date(clock.now()).toISOString(),
  frozen: clock.state.frozenAt !== null,
});

/**
 * Changes the clock of a world.
 * @throws InputError as `changedClock`.
 */
export function setClock(world: World, change: ClockChange): ClockReading {
  world.setClock(changedClock(world.clock.state, change, { place: 'clock' }));
  return readClock(world.clock);
}

/**
 * Returns the state of a clock after a change that matches `CLOCK_CHANGE`.
 * @param at - where the change was given: the place, and the JSON pointer of the change there, for errors.
 * @throws InputError for a change that contradicts itself or leads beyond the last date.
 */
export function changedClock(
  from: ClockState,
  change: ClockChange,
  { place, pointer = '' }: { readonly place: string; readonly pointer?: string },
): ClockState {
  if (change.resume === true && change.freeze !== undefined && change.freeze !== false) {
    throw new InputError(place, [
      {
        pointer: `${pointer}/resume`,
        message: 'a clock cannot be frozen and resumed in one change',
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
  // A millisecond may pass between setting and freezing a running clock, so the time is given again.
  if (typeof change.freeze === 'string') clock.freeze(Date.parse(change.freeze));
  if (change.freeze === false || change.resume === true) clock.resume();
  return clock.state;
}
