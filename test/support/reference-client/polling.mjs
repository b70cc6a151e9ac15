/** Waiting for images, tasks and jobs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { TaskError } from './http.mjs';

/** Milliseconds between the first polls. */
const PAUSE = 220;

/**
 * Polls until something has an outcome.
 * @param read returns the current state.
 * @param outcomeOf returns `true` when it is done, a text when it has failed, and `undefined` while it goes on.
 */
export async function waitFor(http, read, outcomeOf) {
  const { mistakes } = http;
  for (let poll = 0; ; poll += 1) {
    const state = await read();
    const outcome = outcomeOf(state);
    if (mistakes.has('trusts-accepted')) return state;
    if (outcome !== undefined && mistakes.has('polls-for-ever') && poll < 9) {
      await sleep(PAUSE);
      continue;
    }
    if (outcome === true) return state;
    if (outcome !== undefined) throw new TaskError(outcome);
    const pause = mistakes.has('polls-without-pause') ? 5 : PAUSE * Math.min(4, 1 + poll / 4);
    if (pause > http.left) throw new TaskError('it takes too long');
    await sleep(pause);
  }
}

const FINAL = new Set(['killed', 'deleted', 'pending_delete', 'deactivated', 'error']);

/** The outcome of waiting until an image is active. */
export function imageOutcome(image) {
  const status = String(image.status).toLowerCase();
  if (status === 'active') return true;
  if (FINAL.has(status)) return `the image is ${status}`;
  const failed = image.os_glance_failed_import;
  return typeof failed === 'string' && failed !== '' ? `the import into ${failed} has failed` : undefined;
}

/** The outcome of a task or job. */
export function taskOutcome({ status, message, fail_reason: reason }) {
  if (status === 'success' || status === 'SUCCESS') return true;
  if (status === 'failure' || status === 'FAIL') return `the task has failed: ${message || reason}`;
  return undefined;
}
