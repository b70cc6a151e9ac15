// Shared code of the JavaScript drivers: steps that print their result, and the admin API of the driver's world.
import assert from 'node:assert/strict';

/** Address of the world, without a trailing slash. */
export const ROOT = process.env.SIDEGLANCE_ROOT;

/** Statuses for which docs/clients.md lists the error of each client. */
export const STATUSES = [401, 403, 404, 409, 413, 500, 503];

/** Sends a request to the admin API of the world; returns the parsed body, if any. */
export async function admin(method, path, body) {
  const response = await fetch(`${ROOT}/__admin${path}`, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.clone().text()}`);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

/** Arms a fault: the next request for the operation gets the status. */
export const inject = (operation, status, more = {}) =>
  admin('POST', '/faults', { match: { operation }, undocumented: true, fault: { answer: status, ...more } });

/** Counts the injected responses with a status. */
export async function timesInjected(operation, status) {
  const { requests } = await admin('GET', `/requests?operation=${operation}&status=${status}&source=injected`);
  return requests.length;
}

let failed = 0;

/** Runs a step and prints its result. */
export async function step(title, run) {
  try {
    await run();
    console.log(`ok ${title}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${title}: ${String(error.message).slice(0, 500)}`);
  }
}

/** Reports the error that the client raises for a status, for docs/clients.md. */
export const report = (status, error) => console.log(`error ${status} ${error}`);

/** Ends the driver: with 1 when a step failed. */
export const end = () => process.exit(failed === 0 ? 0 : 1);
