import { machineTime, type PortEvent } from '../recording/ports.ts';

/** Events that are kept. */
const CAPACITY = 1000;

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'time'> : never;

/** What happened at a port. The oldest events are dropped. */
export class PortLog {
  readonly #events: PortEvent[] = [];
  #dropped = 0;

  get events(): readonly PortEvent[] {
    return this.#events;
  }

  /** Number of events that were dropped. */
  get dropped(): number {
    return this.#dropped;
  }

  add(event: WithoutTime<PortEvent>): void {
    this.#events.push({ time: machineTime(), ...event });
    if (this.#events.length <= CAPACITY) return;
    this.#events.shift();
    this.#dropped += 1;
  }
}
