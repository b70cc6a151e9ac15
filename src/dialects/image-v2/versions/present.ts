import { pythonJson } from '../../glance/python-json.ts';

/** The current minor version; the service supports all minor versions up to it. */
const LATEST_MINOR = 16;

/** Whether the service supports a version, such as `v2` or `v2.9`. */
export const isVersion = (name: string): boolean => VERSION_NAMES.has(name);

const VERSION_NAMES: ReadonlySet<string> = new Set([
  'v2',
  ...Array.from({ length: LATEST_MINOR + 1 }, (_, minor) => `v2.${minor}`),
]);

/** The JSON text of the version list, for a service at that address. */
export const versionsText = (base: string): string =>
  pythonJson({
    versions: Array.from({ length: LATEST_MINOR + 1 }, (_, index) => ({
      id: `v2.${LATEST_MINOR - index}`,
      status: index === 0 ? 'CURRENT' : 'SUPPORTED',
      links: [{ rel: 'self', href: `${base}/v2/` }],
    })),
  });
