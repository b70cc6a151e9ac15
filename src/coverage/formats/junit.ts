import XmlBuilder from 'fast-xml-builder';
import { type Cell, type CoverageReport, isReceived } from '../report.ts';
import { byOperation } from './lists.ts';

/** Prefix of the members that become attributes. */
const ATTRIBUTE = '@';

/**
 * Formats a report as JUnit XML: a test suite for each operation and a test case for each documented status, which fails
 * if the status was not returned. Cells of annexes are skipped if they were not returned.
 */
export function toJunit({ cells }: CoverageReport): string {
  const builder = new XmlBuilder({
    attributeNamePrefix: ATTRIBUTE,
    ignoreAttributes: false,
    format: true,
    suppressEmptyNode: true,
  });
  const suites = byOperation(cells).map(({ name, cells: own }) => ({
    ...attributes({ name, ...countsOf(own) }),
    testcase: own.map((cell) => testOf(name, cell)),
  }));
  const root = { ...attributes(countsOf(cells)), testsuite: suites };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ testsuites: root })}`;
}

function testOf(name: string, cell: Cell): object {
  const test = attributes({ classname: name, name: cell.status, time: 0 });
  if (isReceived(cell)) return test;
  if (isAnnex(cell)) return { ...test, skipped: '' };
  return { ...test, failure: attributes({ message: `no client received ${cell.status} from ${name}` }) };
}

const attributes = (members: Readonly<Record<string, string | number>>): object =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [ATTRIBUTE + name, String(value)]));

const isAnnex = ({ annex }: Cell): boolean => annex !== undefined;

const countsOf = (cells: readonly Cell[]): Readonly<Record<string, number>> => {
  const missed = cells.filter((cell) => !isReceived(cell));
  const skipped = missed.filter(isAnnex).length;
  return { tests: cells.length, failures: missed.length - skipped, errors: 0, skipped };
};
