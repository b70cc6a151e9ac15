import type { ClientRun } from '../client-runs/run-client.ts';
import type { Entry } from '../journal/entry.ts';
import type { SweepVerdict } from './verdict.ts';

/** A verdict, and what shows it. */
export interface Judgement {
  readonly verdict: SweepVerdict;
  /** In one line. */
  readonly reason: string;
}

/** Whether the client has not heard of an image or object: no complete, successful response names it. */
export const isUnknown = (id: string, entries: readonly Entry[]): boolean =>
  !entries.some(
    (entry) => entry.status > 0 && entry.status < 400 && entry.outcome === 'complete' && isNamedBy(entry, id),
  );

/** Whether a request or its response names an image or object: in its path, as what it created, in a header or in the body. */
const isNamedBy = ({ image, response }: Entry, id: string): boolean =>
  image === id ||
  response.headers.some(({ value }) => value.includes(id)) ||
  response.body?.text?.includes(id) === true;

/** How a client ended: `exit 1`, `died of SIGABRT`. */
export function describeEnd({ end }: ClientRun): string {
  if (end.kind === 'exited') return `exit ${end.exitCode}`;
  return end.kind === 'signalled' ? `died of ${end.signal}` : end.kind;
}
