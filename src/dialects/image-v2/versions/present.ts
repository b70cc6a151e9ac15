import { pythonJson } from '../../glance/python-json.ts';

/** Minor versions on offer, the current one first. */
const LATEST_MINOR = 16;

/** Whether a version's name, such as `v2` or `v2.9`, is on offer. */
export const isVersion = (name: string): boolean => VERSION_NAMES.has(name);

const VERSION_NAMES: ReadonlySet<string> = new Set([
  'v2',
  ...Array.from({ length: LATEST_MINOR + 1 }, (_, minor) => `v2.${minor}`),
]);

/** The JSON text of the version list, for a service at that address. */
export const versionsText = (base: string): string =>
  pythonJson({
    versions: Array.from({ length: LATEST_MINOR + 1 }, (_, back) => ({
      id: `v2.${LATEST_MINOR - back}`,
      status: back === 0 ? 'CURRENT' : 'SUPPORTED',
      links: [{ rel: 'self', href: `${base}/v2/` }],
    })),
  });
