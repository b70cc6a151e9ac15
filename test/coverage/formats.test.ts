import { describe, expect, test } from '@jest/globals';
import { type CTRFReport, isValid } from 'ctrf';
import type { Contract } from '../../src/contract/contract.ts';
import { Coverage } from '../../src/coverage/coverage.ts';
import { toBadge } from '../../src/coverage/formats/badge.ts';
import { toCtrf } from '../../src/coverage/formats/ctrf.ts';
import { toHtml } from '../../src/coverage/formats/html.ts';
import { toJunit } from '../../src/coverage/formats/junit.ts';
import { toMarkdown, toText } from '../../src/coverage/formats/text.ts';
import { mergeReports, selectCells } from '../../src/coverage/report.ts';
import { parseReport, serializeReport } from '../../src/coverage/report-file.ts';

const base = { summary: 'x', source: 'test', success: 200 } as const;
const contract: Contract = {
  name: 'tiny',
  title: 'Tiny API',
  mount: '/tiny',
  operations: {
    show: { ...base, method: 'get', path: '/things/{id}', statuses: [200, 404, 503] },
    list: { ...base, method: 'get', path: '/things', statuses: [200] },
    extra: { ...base, method: 'get', path: '/extra', statuses: [200, 404], annex: 'extras' },
  },
};

function reportOf(...counted: readonly (readonly [operation: string, status: number])[]) {
  const coverage = new Coverage([contract]);
  for (const [operation, status] of counted) {
    coverage.count({ operation, status, source: status === 503 ? 'injected' : 'natural', label: 'a <test>' });
  }
  coverage.countFault('tiny.show', 'cut');
  return coverage.report();
}

const REPORT = reportOf(['tiny.show', 200], ['tiny.show', 503], ['tiny.extra', 200], ['tiny.show', 418]);

describe('a coverage report', () => {
  test('counts annexes apart from documented cells', () => {
    expect([REPORT.totals, REPORT.annexes]).toMatchObject([
      { cells: 4, received: 2, receivedNatural: 1, receivedInjected: 1 },
      { cells: 2, received: 1 },
    ]);
  });

  test('names each cell that was not returned, in text and Markdown', () => {
    const table = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join(' ')).join('\n');
    const text = toText(REPORT, table);
    expect(text).toContain('Not returned:\nOPERATION STATUSES\ntiny.show 404\ntiny.list 200');
    expect(text).toContain('50.0 % of the documented responses were returned: 2 of 4');
    expect(text).toContain('tiny.show cut 1');
    const markdown = toMarkdown(REPORT);
    expect(markdown).toContain('| all | 2 | 4 | 50.0 % | 1 | 0 | 1 |');
    expect(markdown).toContain('## Not returned\n\n| OPERATION | STATUSES |\n| --- | --- |\n| tiny.show | 404 |');
    expect(markdown).toContain('| tiny.show | 418 | 1 |');
  });

  test('as Markdown keeps labels that clients send in their cells, and as text', () => {
    const labels = [{ label: 'a|b\n<img src=x> & c', cells: [{ operation: 'tiny.show', status: 200, count: 3 }] }];
    expect(toMarkdown({ ...REPORT, labels })).toContain('| a\\|b &lt;img src=x> &amp; c | 1 | 3 |');
  });

  test('as JUnit has a failure for each cell that was not returned, and skips annexes', () => {
    const xml = toJunit(REPORT);
    expect(xml).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites tests="6" failures="2" errors="0" skipped="1">/,
    );
    expect(xml).toContain('<testsuite name="tiny.show" tests="3" failures="1" errors="0" skipped="0">');
    expect(xml).toMatch(
      /<testcase classname="tiny\.show" name="404" time="0">\s*<failure message="no client received 404 from tiny\.show"\/>/,
    );
    expect(xml).toMatch(/<testcase classname="tiny\.extra" name="404" time="0">\s*<skipped\/>/);
    expect(xml).toContain('<testcase classname="tiny.show" name="200" time="0"/>');
  });

  test('as CTRF is valid by the schema of the format', () => {
    const ctrf: CTRFReport = toCtrf(REPORT, { version: '1.2.3', now: Date.UTC(2026, 10, 21) });
    expect(isValid(ctrf)).toBe(true);
    expect(ctrf.results.summary).toMatchObject({ tests: 6, passed: 3, failed: 2, skipped: 1 });
    expect(ctrf.results.tests.find(({ name }) => name === 'tiny.show 404')).toMatchObject({ status: 'failed' });
  });

  test('as HTML is one file without scripts, with a class for each cell and texts escaped', () => {
    const html = toHtml(REPORT);
    expect(html).toContain('<span class="natural" title="natural: 1, by profile: 0, injected: 0">200</span>');
    expect(html).toContain('<span class="injected" title="natural: 0, by profile: 0, injected: 1">503</span>');
    expect(html).toContain('<span class="never" title="natural: 0, by profile: 0, injected: 0">404</span>');
    expect(html).toContain('<td>a &lt;test&gt;</td>');
    expect(html).not.toMatch(/<script|<link|src=|https?:/);
  });

  test('as a badge shows the share of documented cells, rounded down', () => {
    expect(toBadge(REPORT)).toMatch(/^<svg [\s\S]*50%/);
    expect(toBadge(reportOf())).toContain('0%');
  });
});

describe('reports of several processes', () => {
  test('are added up cell by cell', () => {
    const merged = mergeReports([REPORT, reportOf(['tiny.show', 200], ['tiny.list', 200], ['tiny.show', 418])]);
    expect(merged.totals).toMatchObject({ cells: 4, received: 3 });
    expect(merged.cells.find(({ operation, status }) => operation === 'show' && status === 200)).toMatchObject({
      natural: 2,
    });
    expect(merged.undocumented).toMatchObject([{ status: 418, natural: 2 }]);
    expect(merged.faults).toMatchObject([{ kind: 'cut', count: 2 }]);
    expect(merged.labels).toHaveLength(1);
    expect(merged.labels[0]?.cells).toContainEqual({ operation: 'tiny.show', status: 200, count: 2 });
    expect(mergeReports([REPORT])).toEqual(REPORT);
  });

  test('are read back as they were written', () => {
    expect(parseReport(serializeReport(REPORT), 'a.json')).toEqual(REPORT);
  });

  test.each([
    ['{', /a\.json.*is not valid JSON/s],
    ['{"format":"sideglance-coverage/9"}', /\/format/],
    [serializeReport(REPORT).replace('"status": 200', '"status": "200"'), /\/cells\/0\/status/],
  ])('%.40s is rejected with the place of the error', (text, message) => {
    expect(() => parseReport(text, 'a.json')).toThrow(message);
  });
});

describe('a selection of cells', () => {
  test('has its own totals, faults and labels', () => {
    const selected = selectCells(REPORT, ({ operation }) => operation === 'list');
    expect(selected).toMatchObject({
      totals: { cells: 1, received: 0 },
      annexes: { cells: 0 },
      faults: [],
      labels: [],
    });
    expect(selectCells(REPORT, ({ status }) => status === 503).labels[0]?.cells).toEqual([
      { operation: 'tiny.show', status: 503, count: 1 },
    ]);
  });
});
