const VERSIONS = [
  { id: 'v2.2', status: 'CURRENT', path: '/v2/' },
  { id: 'v2.1', status: 'SUPPORTED', path: '/v2/' },
  { id: 'v2.0', status: 'SUPPORTED', path: '/v2/' },
  { id: 'v1.1', status: 'DEPRECATED', path: '/v1/' },
  { id: 'v1.0', status: 'DEPRECATED', path: '/v1/' },
] as const;

const textOf = (base: string, versions: readonly (typeof VERSIONS)[number][]): string =>
  JSON.stringify({
    versions: versions.map(({ id, status, path }) => ({ status, id, links: [{ href: base + path, rel: 'self' }] })),
  });

/**
 * JSON text of all versions.
 * @param base - absolute URL of the service.
 */
export const versionListText = (base: string): string => textOf(base, VERSIONS);

/**
 * JSON text of one version.
 * @param base - absolute URL of the service.
 * @returns `undefined` for an unknown version.
 */
export function versionText(base: string, id: string): string | undefined {
  const version = VERSIONS.find((each) => each.id === id);
  return version && textOf(base, [version]);
}
