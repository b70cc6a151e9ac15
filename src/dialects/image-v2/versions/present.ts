import { pythonJson } from '../../glance/python-json.ts';
import { CURRENT, type Release } from '../releases.ts';

/** Whether the service supports a version, such as `v2` or `v2.9`. */
export const isVersion = (name: string): boolean => VERSION_NAMES.has(name);

const VERSION_NAMES: ReadonlySet<string> = new Set([
  'v2',
  ...Array.from({ length: CURRENT.minor + 1 }, (_, minor) => `v2.${minor}`),
]);

/** The JSON text of the version list, for a service at that address. */
export function versionsText(base: string, { minor, version1 }: Release = CURRENT): string {
  const entry = (id: string, status: string, path: string): object => ({
    id,
    status,
    links: [{ rel: 'self', href: `${base}/${path}/` }],
  });
  return pythonJson({
    versions: [
      ...Array.from({ length: minor + 1 }, (_, index) =>
        entry(`v2.${minor - index}`, index === 0 ? 'CURRENT' : 'SUPPORTED', 'v2'),
      ),
      ...(version1 === undefined ? [] : ['v1.1', 'v1.0'].map((id) => entry(id, version1, 'v1'))),
    ],
  });
}
