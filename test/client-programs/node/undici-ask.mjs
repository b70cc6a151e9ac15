import { setTimeout as wait } from 'node:timers/promises';
import { given, secondsGiven, writeLines } from './program.mjs';
import { logIn } from './undici-login.mjs';
import { failed, send } from './undici-send.mjs';

/**
 * Sends a request to the API with a token and, optionally, a body in JSON.
 * @param path - below the address in the catalog, or a whole address.
 * @returns the headers and the parsed body, if any.
 */
export async function ask(method, path, body, headers = {}) {
  const { endpoint, token } = await logIn(given('API'));
  return send(method, /^https?:/.test(path) ? path : `${endpoint}${path}`, {
    headers: { 'x-auth-token': token, ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** Reads all pages of a list; `nextOf` returns the address of the next page, if any. */
export async function pages(path, key, nextOf) {
  const items = [];
  for (let at = path; at !== undefined; ) {
    const { body } = await ask('GET', at);
    items.push(...body[key]);
    at = nextOf(body);
  }
  return items;
}

/** Writes the ids of items to the output. */
export const writeIds = (items) => writeLines(items.map(({ id }) => id));

/** Polls once a second until the status is `good`; fails when it is one of `bad`. Returns the last body. */
export async function poll(path, statusOf, { good, bad }) {
  const end = Date.now() + secondsGiven() * 1000;
  while (Date.now() < end) {
    const { body } = await ask('GET', path);
    const status = statusOf(body).toLowerCase();
    if (status === good) return body;
    if (bad.includes(status)) throw failed(`the status is ${status}`);
    await wait(1000);
  }
  throw failed('waited too long');
}

/** Polls once a second until an image is active. */
export const untilActive = (path, statusOf) =>
  poll(path, statusOf, { good: 'active', bad: ['error', 'killed', 'deleted', 'pending_delete', 'deactivated'] });
