import type { ClockState } from '../domain/clock.ts';
import type { HttpCall } from '../http/http-call.ts';
import type { RecordedExchange, RecordingHead } from '../recording/recording.ts';
import type { World } from '../world/world.ts';

/** Sets the clock of a world to the time of each recorded request, whether it ran or was frozen then. */
export class ReplayClock {
  /** Whether the recorded clock runs. */
  #isRunning: boolean;

  constructor({ start }: RecordingHead) {
    const state = start.documents['world']?.['clock'] as ClockState | undefined;
    this.#isRunning = (state?.frozenAt ?? null) === null;
  }

  /** Shows the time of a request. */
  show(world: World, { time, user }: RecordedExchange, call: HttpCall): void {
    const signed = this.#isRunning && user !== undefined ? signatureTime(call) : undefined;
    world.clock.setState({ frozenAt: signed ?? time, offset: 0 });
  }

  /** Runs actions, which may change the clock. */
  act(world: World, run: () => void): void {
    this.release(world);
    run();
    this.#isRunning = world.clock.state.frozenAt === null;
  }

  /** Lets the clock run on from the time that it shows, if the recorded one ran. */
  release({ clock }: World): void {
    if (this.#isRunning && clock.state.frozenAt !== null) clock.resume();
  }
}

/** The time in a signature, which the service compares with its own. A client signs with the time of its replay. */
function signatureTime({ headers }: HttpCall): number | undefined {
  const date = headers['x-sdk-date'];
  const parts = typeof date === 'string' ? /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) : null;
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
