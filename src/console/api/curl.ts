/** Requests of the admin API as `curl` commands, which every action shows. */
import { type PreparedRequest, token } from './client.ts';

/** Quotes an argument for a shell. */
export const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** Returns a request as a `curl` command. The token is that of a variable, so that it does not get into histories. */
export function curlOf({ method, url, body }: PreparedRequest): string {
  const parts = ['curl', '-sS'];
  if (token.peek() !== '') parts.push('-H', '"Authorization: Bearer $SIDEGLANCE_ADMIN_TOKEN"');
  if (method !== (body === undefined ? 'GET' : 'POST')) parts.push('-X', method);
  parts.push(quote(url));
  if (body !== undefined) parts.push('--json', quote(body));
  return parts.join(' ');
}
