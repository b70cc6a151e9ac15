import { load } from './program.mjs';

const { request } = load('undici');

/** An error of the program: a response that says that the request failed. */
export function failed(message) {
  const error = new Error(message);
  error.name = 'RequestFailed';
  return error;
}

/**
 * Sends one request.
 * @returns the headers and the parsed body; with `isStream`, the body as a stream.
 * @throws Error for each status above 399.
 */
export async function send(method, url, { headers, body, isStream = false }) {
  const response = await request(url, { method, headers, body });
  const { statusCode } = response;
  if (statusCode > 399) throw failed(`${statusCode}: ${(await response.body.text()).slice(0, 300)}`);
  if (isStream) return { headers: response.headers, stream: response.body };
  const text = await response.body.text();
  return { headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}
