/** What can stand in the URL of an endpoint as `$(name)s`, with its values. */
export type UrlValues = Readonly<Record<string, string | undefined>>;

/** A conversion of Python's `%` operator: with a name, or without one. */
const CONVERSION = /%(?:\(([^)]*)\))?[#0 +-]*\d*(?:\.\d+)?([\s\S]?)/g;

/** Fills in the URL of an endpoint; `undefined` if it is malformed or asks for something without a value. */
export function fillUrl(url: string, values: UrlValues): string | undefined {
  if (!url.includes('%') && !url.includes('$(')) return url;
  let isFilled = true;
  const filled = url.replaceAll('$(', '%(').replaceAll(CONVERSION, (_, name?: string, conversion?: string) => {
    if (name === undefined && conversion === '%') return '%';
    const value = name === undefined ? undefined : values[name];
    if (value !== undefined && conversion === 's') return value;
    if (value !== undefined && (conversion === 'r' || conversion === 'a')) return `'${value}'`;
    isFilled = false;
    return '';
  });
  return isFilled ? filled : undefined;
}
