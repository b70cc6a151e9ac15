import { channel } from 'node:diagnostics_channel';

const errors = channel('sideglance.internal-error');

/**
 * Reports an error of Sideglance itself: with its stack to standard error, and on the diagnostics channel
 * `sideglance.internal-error`. Clients get the reference alone.
 * @param during - what failed: `POST /image/v2/images`.
 * @returns the reference, which is the same for the same error.
 */
export function reportInternalError(error: unknown, during: string): string {
  const stack = stackOf(error);
  const reference = referenceOf(stack);
  process.stderr.write(
    `sideglance: internal error ${reference} during ${during}. This is an error of Sideglance, please report it.\n${stack}\n`,
  );
  if (errors.hasSubscribers) errors.publish(error);
  return reference;
}

/** Returns a function for listeners and timers: an error in it is reported, and the process goes on. */
export const contained =
  <A extends readonly unknown[]>(during: string, step: (...args: A) => void) =>
  (...args: A): void => {
    try {
      step(...args);
    } catch (error) {
      reportInternalError(error, during);
    }
  };

/** Returns the stack trace of an error, or the text of another value. */
export const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Returns eight hexadecimal digits of a text (FNV-1a). */
function referenceOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
