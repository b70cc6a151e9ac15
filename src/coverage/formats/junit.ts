import { type Cell, type CoverageReport, isReceived } from '../report.ts';
import { attributes, junitText } from './junit-text.ts';
import { byOperation } from './lists.ts';

/**
 * Formats a report as JUnit XML: a test suite for each operation and a test case for each documented status, which fails
 * if the status was not returned. Cells of annexes are skipped if they were not returned.
 */
export function toJunit({ cells }: CoverageReport): string {
  const suites = byOperation(cells).map(({ name, cells: own }) => ({
    ...attributes({ name, ...countsOf(own) }),
    testcase: own.map((cell) => testOf(name, cell)),
  }));
  return junitText({ ...attributes(countsOf(cells)), testsuite: suites });
}

function testOf(name: string, cell: Cell): object {
  const test = attributes({ classname: name, name: cell.status, time: 0 });
  if (isReceived(cell)) return test;
  if (isAnnex(cell)) return { ...test, skipped: '' };
  return { ...test, failure: attributes({ message: `no client received ${cell.status} from ${name}` }) };
}

const isAnnex = ({ annex }: Cell): boolean => annex !== undefined;

const countsOf = (cells: readonly Cell[]): Readonly<Record<string, number>> => {
  const missed = cells.filter((cell) => !isReceived(cell));
  const skipped = missed.filter(isAnnex).length;
  return { tests: cells.length, failures: missed.length - skipped, errors: 0, skipped };
};
