/** Query strings as the Python services write them into links. */

/** One part of a query, percent-encoded; only letters, digits and `_.-~` stay as they are, a space becomes a plus. */
const encodeQueryPart = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

/** A query string of names and values, without the question mark. */
export function encodeQuery(parameters: Iterable<readonly [string, string]>): string {
  const parts: string[] = [];
  for (const [name, value] of parameters) parts.push(`${encodeQueryPart(name)}=${encodeQueryPart(value)}`);
  return parts.join('&');
}

/**
 * The links of a page that goes on from a marker: the request's own parameters, each once with its last value, in the
 * place where it first stood.
 * @param path - what both links start with: `/v2/images`.
 * @param lastId - id of the page's last item, when there may be more behind it.
 */
export function pageLinks(
  path: string,
  query: URLSearchParams,
  lastId: string | undefined,
): { readonly first: string; readonly next?: string } {
  const parameters = new Map<string, string>();
  for (const [name, value] of query) parameters.set(name, value);
  parameters.delete('marker');
  const first = encodeQuery(parameters);
  const link = (search: string): string => (search === '' ? path : `${path}?${search}`);
  if (lastId === undefined) return { first: link(first) };
  parameters.set('marker', lastId);
  return { first: link(first), next: link(encodeQuery(parameters)) };
}

/** A whole number as Python's `int()` reads it: blanks around it, a sign, single underscores between digits, of any script. */
export function parseInteger(text: string): number | undefined {
  const trimmed = text.trim().replace(/[^\P{Nd}0-9]/gu, asciiDigit);
  return /^[+-]?\d+(?:_\d+)*$/.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : undefined;
}

/** Digits of a script stand together in order, from nought to nine, perhaps several times. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let nought = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(nought - 1))) nought -= 1;
  return String((code - nought) % 10);
}
