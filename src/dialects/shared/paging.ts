/** Percent-encodes one part of a query as Python does: all but letters, digits and `_.-~`, and a space as a plus. */
const encodeQueryPart = (text: string): string =>
  /^[\w.~-]*$/.test(text)
    ? text
    : encodeURIComponent(text)
        .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
        .replaceAll('%20', '+');

/** Encodes names and values as a query string, without the question mark. */
export function encodeQuery(parameters: Iterable<readonly [string, string]>): string {
  const parts: string[] = [];
  for (const [name, value] of parameters) parts.push(`${encodeQueryPart(name)}=${encodeQueryPart(value)}`);
  return parts.join('&');
}

/**
 * Returns the links of a page with the parameters of the request: each once, with its last value, at its first position.
 * @param path - start of both links: `/v2/images`.
 * @param lastId - id of the page's last item, if more items can follow.
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

/** Parses an integer as Python's `int()` does: with blanks around it, a sign, single underscores, and digits of any script. */
export function parseInteger(text: string): number | undefined {
  const trimmed = text.trim().replace(/[^\P{Nd}0-9]/gu, asciiDigit);
  return /^[+-]?\d+(?:_\d+)*$/.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : undefined;
}

/** Converts a digit: in Unicode the digits of a script are consecutive, from zero to nine. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}
