import { attributes, junitText } from '../../coverage/formats/junit-text.ts';
import type { CaseResult, ConformReport, Reason } from '../result.ts';

/**
 * Formats reports as JUnit XML: a test suite for each client and API, and a test case for each case. Cases that are
 * inconclusive or unsupported are skipped.
 */
export function toConformJunit(reports: readonly ConformReport[]): string {
  const suites = reports.flatMap(({ client, results }) =>
    [...new Set(results.map(({ api }) => api))].map((api) => {
      const own = results.filter((result) => result.api === api);
      return {
        ...attributes({ name: `${client} ${api}`, ...countsOf(own) }),
        testcase: own.map((result) => testOf(client, result)),
      };
    }),
  );
  return junitText({ ...attributes(countsOf(reports.flatMap(({ results }) => results))), testsuite: suites });
}

function testOf(client: string, { case: id, api, profile, verdict, reasons, milliseconds }: CaseResult): object {
  const test = attributes({ classname: `${client}.${api}.${profile}`, name: id, time: milliseconds / 1000 });
  if (verdict === 'pass' || verdict === 'warn') return test;
  const message = messageOf(reasons) || verdict;
  return { ...test, [verdict === 'fail' ? 'failure' : 'skipped']: attributes({ message }) };
}

/** The reasons for a verdict in one text. */
export const messageOf = (reasons: readonly Reason[]): string =>
  reasons.map(({ rule, message }) => (rule === undefined ? message : `${rule}: ${message}`)).join('; ');

const countsOf = (results: readonly CaseResult[]): Readonly<Record<string, number>> => ({
  tests: results.length,
  failures: results.filter(({ verdict }) => verdict === 'fail').length,
  errors: 0,
  skipped: results.filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'unsupported').length,
});
