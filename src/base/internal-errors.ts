import { channel } from 'node:diagnostics_channel';

const errors = channel('sideglance.internal-error');

/** Publishes an error of Sideglance itself, which a client sees as a 500, on the diagnostics channel `sideglance.internal-error`. */
export function publishInternalError(error: unknown): void {
  if (errors.hasSubscribers) errors.publish(error);
}
