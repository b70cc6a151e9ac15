import { pythonJson } from '../../glance/python-json.ts';
import type { ApiVersions } from './releases.ts';

const VERSION = /^v2(?:\.(0|[1-9]\d?))?$/;

/** Whether the service supports a version, such as `v2` or `v2.9`. @param newest - the newest minor version. */
export function isVersion(name: string, newest: number): boolean {
  const minor = VERSION.exec(name)?.[1];
  return name === 'v2' || (minor !== undefined && Number(minor) <= newest);
}

/** The JSON text of the version list, for a service at that address. */
export function versionsText(base: string, { minor, currentBefore, version1 }: ApiVersions): string {
  const entry = (id: string, status: string, path: string): object => ({
    id,
    status,
    links: [{ rel: 'self', href: `${base}/${path}/` }],
  });
  const current = entry(`v2.${minor}`, 'CURRENT', 'v2');
  const older = Array.from({ length: minor }, (_, index) => entry(`v2.${minor - 1 - index}`, 'SUPPORTED', 'v2'));
  const place = currentBefore === undefined ? 0 : minor - 1 - currentBefore;
  return pythonJson({
    versions: [
      ...older.toSpliced(place, 0, current),
      ...(version1 === undefined ? [] : ['v1.1', 'v1.0'].map((id) => entry(id, version1, 'v1'))),
    ],
  });
}
