import type { Operation } from '../../../contract/contract.ts';

/** The microversions that have an operation: the first and the last minor number. */
interface MinorRange {
  readonly first?: number;
  readonly last?: number;
}

/** Operations that some microversions lack, by the end of their path. The first match applies. */
const RANGES: readonly (MinorRange & Partial<Pick<Operation, 'method'>> & { readonly path: RegExp })[] = [
  { path: /\/images\/.*\/metadata/, last: 38 },
  { path: /\{tenant_id\}\/images/, last: 35 },
  { path: /\/os-hypervisors\/(?:statistics|\{hypervisor_id\}\/uptime)$/, last: 87 },
  { path: /\/os-hypervisors\/\{hypervisor_id\}\/(?:search|servers)$/, last: 52 },
  { path: /\/flavors\/\{flavor_id\}$/, method: 'put', first: 55 },
];

const ranges = new WeakMap<Operation, MinorRange>();

function rangeOf(operation: Operation): MinorRange {
  let range = ranges.get(operation);
  if (range === undefined) {
    const { path, method } = operation;
    range = RANGES.find((each) => each.path.test(path) && (each.method ?? method) === method) ?? {};
    ranges.set(operation, range);
  }
  return range;
}

/** Whether a microversion has an operation. @param minor - microversion. */
export function isOffered(operation: Operation, minor: number): boolean {
  const { first = 1, last = Number.POSITIVE_INFINITY } = rangeOf(operation);
  return minor >= first && minor <= last;
}
