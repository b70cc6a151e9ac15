/** The names that can stand in the URL of an endpoint as `$(name)s`. */
export const URL_NAMES = [
  'tenant_id',
  'user_id',
  'project_id',
  'public_port',
  'admin_port',
  'public_endpoint',
  'public_bind_host',
  'admin_bind_host',
  'compute_host',
] as const;

/** The name for the address of the world, in the endpoints of fixtures alone. */
type RootName = 'sideglance_root';

/** Values of the names; endpoints that ask for others are in no catalog. */
export type UrlValues = { readonly [Name in (typeof URL_NAMES)[number] | RootName]?: string | undefined };

/** Values that an installation has by default. */
export const DEFAULT_URL_VALUES: UrlValues = {
  public_port: '5000',
  admin_port: '35357',
  public_bind_host: '0.0.0.0',
  admin_bind_host: '0.0.0.0',
};

/** A conversion of Python's `%` operator: with a name, or without one. */
const CONVERSION = /%(?:\(([^)]*)\))?[#0 +-]*\d*(?:\.\d+)?([\s\S]?)/g;

/** Fills in the URL of an endpoint; `undefined` if it is malformed or asks for something without a value. */
export function fillUrl(url: string, values: UrlValues): string | undefined {
  if (!url.includes('%') && !url.includes('$(')) return url;
  let isFilled = true;
  const filled = url.replaceAll('$(', '%(').replaceAll(CONVERSION, (_, name?: string, conversion?: string) => {
    if (name === undefined && conversion === '%') return '%';
    const value = name === undefined ? undefined : (values as Readonly<Record<string, string | undefined>>)[name];
    if (value !== undefined && conversion === 's') return value;
    if (value !== undefined && (conversion === 'r' || conversion === 'a')) return `'${value}'`;
    isFilled = false;
    return '';
  });
  return isFilled ? filled : undefined;
}
