/**
 * How much later than a test the runner gives it up, in milliseconds. Until then, the failure of the test can name its
 * recording, which the message of the runner cannot.
 */
const GRACE = 2000;

/** Returns the timeout to set in the runner. */
export const runnerTimeout = (timeout: number | undefined): number | undefined =>
  timeout === undefined ? undefined : timeout + GRACE;

/** Waits for a test. Rejects when it takes longer than `timeout` milliseconds. */
export async function withDeadline(test: unknown, timeout: number | undefined): Promise<void> {
  if (timeout === undefined) {
    await test;
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The test did not end within ${timeout} ms.`)), timeout);
  });
  await Promise.race([test, deadline]).finally(() => clearTimeout(timer));
}
