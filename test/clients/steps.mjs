// What the drivers in JavaScript share: steps that are printed one by one, and the admin API of their world.
import assert from 'node:assert/strict';

/** The world's address, no slash at the end. */
export const ROOT = process.env.SIDEGLANCE_ROOT;

/** Statuses for which every client has an error of its own. */
export const STATUSES = [401, 403, 404, 409, 413, 500, 503];

/** One call of the world's admin API; answers the JSON of the reply, if there is one. */
export async function admin(method, path, body) {
  const response = await fetch(`${ROOT}/__admin${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.clone().text()}`);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

/** Arms one fault: the next call of that operation gets that status. */
export const inject = (operation, status, more = {}) =>
  admin('POST', '/faults', { match: { operation }, undocumented: true, fault: { answer: status, ...more } });

/** How often the client was given that status by a fault. */
export async function timesInjected(operation, status) {
  const { requests } = await admin('GET', `/requests?operation=${operation}&status=${status}&source=injected`);
  return requests.length;
}

let failed = 0;

/** Runs a step at once, and prints how it went. */
export async function step(title, run) {
  try {
    await run();
    console.log(`ok ${title}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${title}: ${String(error.message).slice(0, 500)}`);
  }
}

/** Tells what the client made of a status, for the table of the documentation. */
export const tell = (status, error) => console.log(`met ${status} ${error}`);

export const end = () => process.exit(failed === 0 ? 0 : 1);
