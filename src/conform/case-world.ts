import type { NewWorld } from '../admin/worlds.ts';
import type { Json } from '../base/json.ts';
import type { Scenario } from '../input/types/scenarios.ts';
import type { ConformCase } from './case.ts';
import type { Api } from './tasks.ts';

/** Name of the scenario that holds the faults of a case. */
export const CASE_SCENARIO = 'conformance-case';

/** The faults of a case as a scenario. */
export const scenarioOf = ({ id, title, faults }: ConformCase): Json => ({
  scenario: CASE_SCENARIO,
  description: `${id}: ${title}`,
  rules: faults,
});

/** A name for the world of a case, and the address of the server that has it. */
export interface CasePlace {
  readonly name: string;
  /** Address of the server, without a trailing slash. */
  readonly url: string;
}

/**
 * The world in which a case is played. In its faults, `{url}` is the address of the world, `{elsewhere}` the same on another
 * host name, `{secure}` the same with https, and `{mount}` the path of the API behind it.
 */
export function worldOf(one: ConformCase, { name, url }: CasePlace): NewWorld {
  const root = `${url}/w/${name}`;
  const values: Readonly<Record<string, string>> = {
    '{url}': root,
    '{elsewhere}': elsewhere(root),
    '{secure}': root.replace('http:', 'https:'),
    '{mount}': MOUNTS[one.api],
  };
  const scenario = JSON.stringify(scenarioOf(one)).replace(
    /\{(?:url|elsewhere|secure|mount)\}/g,
    (found) => values[found] ?? found,
  );
  return {
    name,
    seed: one.id,
    label: one.id,
    fixtures: one.world,
    ...(one.faults.length > 0 && { scenarios: [JSON.parse(scenario) as Scenario] }),
  };
}

/** Paths of the endpoints in service catalogs. */
const MOUNTS: Readonly<Record<Api, string>> = {
  'image-v2': 'image',
  'compute-v2.1': 'compute/v2.1',
  'rackspace-images': 'rackspace/images/v2',
  'rackspace-servers': 'rackspace/servers/v2',
  ims: 'ims',
  identity: 'identity/v3',
};

/** The same address under another name of this machine. */
function elsewhere(root: string): string {
  const url = new URL(root);
  url.hostname = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return url.href;
}
