/**
 * Returns the status that a Prefer header asks for (`Prefer: code=409`, possibly among other preferences). Preferences are
 * optional to honor: a code that is malformed, or that the operation does not document, is ignored.
 */
export function codePreferred(
  header: string | readonly string[],
  documented: readonly number[] | undefined,
): number | undefined {
  const text = typeof header === 'string' ? header : header.join(',');
  for (const preference of text.split(',')) {
    const code = /^\s*code\s*=\s*"?(\d{3})"?\s*(;|$)/i.exec(preference)?.[1];
    if (code !== undefined) return documented?.includes(Number(code)) ? Number(code) : undefined;
  }
  return undefined;
}
