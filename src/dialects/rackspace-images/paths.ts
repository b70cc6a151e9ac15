/** Path segments that follow the version; any other segment in their place is a tenant. */
const ROOTS: ReadonlySet<string> = new Set(['images', 'schemas', 'tasks']);

/** Path segments that are followed by a name that the client chooses. */
const BEFORE_NAMES: ReadonlySet<string> = new Set(['tags', 'members']);

/** Returns the segments of a path after the version, without a final `.json`. */
function segmentsOf(path: string): string[] {
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments[0] === 'v2') segments.shift();
  const last = segments.pop();
  // A tag or a tenant can end in `.json` itself.
  if (last !== undefined) segments.push(BEFORE_NAMES.has(segments.at(-1) ?? '') ? last : last.replace(/\.json$/, ''));
  return segments;
}

const startsWithTenant = ([first = '', second = '']: readonly string[]): boolean =>
  !ROOTS.has(first) && ROOTS.has(second);

/** Normalises the three forms of a path: `/images`, as the guide prints it, `/v2/images`, and `/v2/{tenant}/images`. */
export function normalisePath(path: string): string {
  const segments = segmentsOf(path);
  return `/v2/${(startsWithTenant(segments) ? segments.slice(1) : segments).join('/')}`;
}

/** Returns the tenant in a path. */
export function tenantOf(path: string): string | undefined {
  if (path.startsWith('/v2/images')) return undefined;
  const segments = segmentsOf(path);
  return startsWithTenant(segments) ? segments[0] : undefined;
}
