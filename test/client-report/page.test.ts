import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { CLIENTS } from '../../scripts/client-report/clients.ts';
import { FAULTS } from '../../scripts/client-report/faults.ts';
import { htmlPage } from '../../scripts/client-report/html.ts';
import { markdownPage } from '../../scripts/client-report/markdown.ts';
import { RESULTS, type ReportResults, verdictOf } from '../../scripts/client-report/results.ts';
import { packageFile } from '../../src/input/package-files.ts';

const read = (path: string): string => readFileSync(packageFile(path), 'utf8');
const results = JSON.parse(read(RESULTS)) as ReportResults;
const clientNamed = (name: string) => results.clients.find(({ client }) => client === name);

describe('the client report', () => {
  test('has the pages that its results give; run `npm run client-report -- --page`', () => {
    expect(read('docs/client-report.md')).toBe(markdownPage(results));
    expect(read('docs/client-report-requests.html')).toBe(htmlPage(results));
  });

  test('has results of each client', () => {
    expect(results.clients.map(({ client }) => client)).toEqual(CLIENTS.map(({ name }) => name));
  });

  test('names no machine: no address, no path', () => {
    expect(read(RESULTS)).not.toMatch(/(?:127\.0\.0\.1|localhost):\d|\/home\/|\/root\/|\/tmp\/|\/work\//);
  });

  test('has evidence for each failure', () => {
    const failures = results.clients.flatMap(({ client, findings }) =>
      Object.entries(findings).map(([id, finding]) => ({ client, id, ...finding })),
    );
    const bare = failures.filter(
      ({ verdict, reasons, evidence }) => verdict === 'fail' && (reasons.length === 0 || evidence.length === 0),
    );
    expect(bare).toEqual([]);
  });
});

describe.each(FAULTS.map((fault) => ({ ...fault })))(
  'the fault "$title" of $client',
  ({ client, cases, reproduction }) => {
    test('is shown by cases that the client failed', () => {
      const found = clientNamed(client);
      expect(cases.length).toBeGreaterThan(0);
      expect(cases.map((id) => [id, found && verdictOf(found, id)])).toEqual(cases.map((id) => [id, 'fail']));
    });

    test('has three lines that show it', () => {
      expect(reproduction.filter((line) => line.trim() !== '' && !line.includes('\n'))).toHaveLength(3);
    });
  },
);
