/** Tells in docs/problems.md how many responses are compared by fault and by state. */
import { DIALECTS } from '../../src/dialects/index.ts';
import { DIFFERENCES } from '../../test/conformance/both-ways/differences.ts';
import { BOTH_WAYS } from '../../test/conformance/both-ways/tables.ts';
import { naturalStatuses } from '../../test/conformance/by-state/table.ts';

interface Counts {
  readonly api: string;
  /** Responses that a request or a state can cause, so that they can be had without a fault and with one. */
  readonly both: number;
  readonly compared: number;
  readonly errors: number;
  readonly differences: number;
}

const sum = (counts: readonly Counts[], key: 'both' | 'compared' | 'errors' | 'differences'): number =>
  counts.reduce((total, each) => total + each[key], 0);

function countsOf({ name, contract }: (typeof DIALECTS)[number]): Counts {
  const table = BOTH_WAYS[name];
  const cells = Object.entries(contract.operations).flatMap(([id, operation]) =>
    naturalStatuses(operation, table[id]).map((status) => ({ status, isCompared: table[id]?.[status] !== undefined })),
  );
  const compared = cells.filter(({ isCompared }) => isCompared);
  return {
    api: name,
    both: cells.length,
    compared: compared.length,
    errors: compared.filter(({ status }) => status >= 400).length,
    differences: Object.keys(DIFFERENCES[name] ?? {}).length,
  };
}

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

/** Returns the paragraph, with a table of the APIs and a list of the differences. */
export function comparisonTable(): string {
  const counts = DIALECTS.map(countsOf);
  const total: Counts = {
    api: 'all',
    both: sum(counts, 'both'),
    compared: sum(counts, 'compared'),
    errors: sum(counts, 'errors'),
    differences: sum(counts, 'differences'),
  };
  const rows = [...counts, total].map(({ api, both, compared, errors, differences }) =>
    line([api, both, compared, errors, differences]),
  );
  const listed = Object.entries(DIFFERENCES).flatMap(([api, differences]) =>
    Object.entries(differences).map(([cell, { reason }]) => `- \`${api}.${cell}\`: ${reason}`),
  );
  return `A response that a request or a state can cause is also one that a scenario can inject. The tests
(\`test/conformance/*-both-ways.test.ts\`) get each of these responses both ways, and compare status, headers and
body; ids and times count as equal. For an error they also check that one of its problems gives the natural response,
and that each problem gives the status. The responses that are not compared are those of operations of Keystone's
administration and of metadata definitions.

${[line(['API', 'can be had both ways', 'compared', 'of these errors', 'differences']), '|---|---|---|---|---|', ...rows].join('\n')}

Differences, and why:

${listed.join('\n')}`;
}
