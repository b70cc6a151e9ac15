import type { JsonSchema } from '../../contract/schema.ts';
import { CLOCK_CHANGE, type ClockChange, readClock, setClock } from '../clock.ts';
import { operation } from '../operation.ts';
import { boolean, dateTime, responseBody } from '../schema-helpers.ts';

const CLOCK: JsonSchema = responseBody({
  now: dateTime('The time in this world.'),
  frozen: boolean('Whether the clock is frozen.'),
});

/** Operations on the clock of a world. */
export const clockOperations = {
  /** Returns the time. */
  read: operation({
    id: 'getClock',
    method: 'get',
    path: '/clock',
    summary: 'Returns the time of a world',
    success: 200,
    statuses: [200],
    response: CLOCK,
    call: () => ({}),
    run: (_input, { world }) => readClock(world.clock),
  }),
  /** Applies `set` first, then `advance`, then `freeze` or `resume`. */
  change: operation({
    id: 'setClock',
    method: 'put',
    path: '/clock',
    summary: 'Sets, advances, freezes or resumes the clock of a world',
    success: 200,
    statuses: [200, 400],
    request: CLOCK_CHANGE,
    response: CLOCK,
    call: (change: ClockChange) => ({ body: change }),
    run: ({ body }, { world }) => setClock(world, body),
  }),
};
