/** Generates docs/releases.md: what each release of the services changes for clients, by operation. */
import { RELEASES, type Release } from '../src/base/release.ts';
import type { Contract, ReleaseChange } from '../src/contract/contract.ts';
import { changesBetween } from '../src/contract/release-changes.ts';

const INTRO = `# Releases
A world doubles one [release](apis.md#releases) of Keystone, Glance and Nova. This page lists what each release changes for
clients, as far as Sideglance doubles it: what it was before, and what it is since. [Upgrade check](upgrade-check.md) tells
which of these changes your client meets.
`;

/** Returns the page. */
export function releasesPage(contracts: readonly Contract[]): string {
  const steps = RELEASES.slice(1).map((to, index) => stepSection({ from: RELEASES[index] as Release, to }, contracts));
  return [INTRO, ...steps].join('\n');
}

interface Step {
  readonly from: Release;
  readonly to: Release;
}

function stepSection(step: Step, contracts: readonly Contract[]): string {
  const sections = contracts.flatMap((contract) => {
    const changes = changesBetween(contract, step);
    return changes.length === 0 ? [] : [`### ${step.to}: ${contract.name}\n${changes.map(changeItem).join('\n')}\n`];
  });
  return [`## From ${step.from} to ${step.to}`, ...sections].join('\n');
}

/** A change as an item of a list. */
function changeItem({ operations, what, before, after }: ReleaseChange): string {
  const names = operations.map((name) => `\`${name}\``).join(', ');
  return [`- ${what}${names === '' ? '' : ` (${names})`}`, `  - before: ${before}`, `  - since: ${after}`].join('\n');
}
